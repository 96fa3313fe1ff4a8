internal import Glibc

/// Memory with fixed addresses, freed all at once: what C and the inner loops hold pointers into.
///
/// Small blocks lie one behind the other in larger ones: a circuit of a few devices asks for hundreds, and reads them
/// together.
package final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []
  /// Where the next small block goes, and the bytes left behind it; all of them are 0.
  private var next: UnsafeMutableRawPointer?
  private var left = 0
  private var chunkSize = 512

  /// A cache line.
  private static let alignment = 64
  private static let largestSmall = 4096
  private static let largestChunk = 32768

  package init() {}

  deinit {
    for block in blocks { free(block) }
  }

  /// `count` doubles set to `value`, aligned to a cache line; at least one, so that the pointer is always good.
  ///
  /// Many zeros take no memory before something else is written: the system gives pages of zeros by itself.
  package func doubles(_ count: Int, filledWith value: Double = 0) -> UnsafeMutablePointer<Double> {
    value == 0 ? zeros(count, of: Double.self) : allocate(count, filledWith: value)
  }

  /// `count` zeros, aligned to a cache line, with a place -1 before them.
  package func doublesBehindGround(_ count: Int) -> UnsafeMutablePointer<Double> {
    let line = Self.alignment / MemoryLayout<Double>.stride
    return doubles(line + count) + line
  }

  package func indices(_ count: Int, filledWith value: Int32 = 0) -> UnsafeMutablePointer<Int32> {
    allocate(count, filledWith: value)
  }

  /// The elements of `values`, in order.
  package func copy<T: BitwiseCopyable>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let count = values.count
    let pointer = zeros(count, of: T.self)
    values.withUnsafeBufferPointer { from in
      if let from = from.baseAddress { pointer.initialize(from: from, count: count) }
    }
    return pointer
  }

  package func allocate<T: BitwiseCopyable>(_ count: Int, filledWith value: T) -> UnsafeMutablePointer<T> {
    let pointer = zeros(count, of: T.self)
    pointer.initialize(repeating: value, count: max(count, 1))
    return pointer
  }

  /// Room for `count` values, all bytes 0.
  private func zeros<T: BitwiseCopyable>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let size = max(count, 1) * MemoryLayout<T>.stride
    return (size <= Self.largestSmall ? small(size) : fresh(size)).bindMemory(to: type, capacity: max(count, 1))
  }

  /// A small block of zeros.
  private func small(_ size: Int) -> UnsafeMutableRawPointer {
    let size = (size + Self.alignment - 1) & ~(Self.alignment - 1)
    if size > left {
      left = max(size, chunkSize)
      next = fresh(left)
      chunkSize = min(2 * chunkSize, Self.largestChunk)
    }
    guard let block = next else { return fresh(size) }
    next = block + size
    left -= size
    return block
  }

  /// A block of zeros of its own.
  private func fresh(_ size: Int) -> UnsafeMutableRawPointer {
    guard let block = calloc(size + Self.alignment, 1) else {
      // Ends the program with the words for it.
      let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.alignment)
      block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      blocks.append(block)
      return block
    }
    blocks.append(block)
    let misalignment = Int(bitPattern: block) & (Self.alignment - 1)
    return block + (misalignment == 0 ? 0 : Self.alignment - misalignment)
  }

  /// Says that the values at `pointer` are not needed any more before others are written: many of them give their
  /// memory back until then.
  package func discard(_ pointer: UnsafeMutablePointer<Double>, count: Int) {
    let page = 4096
    let least = 1 << 20
    guard count * MemoryLayout<Double>.stride >= least else { return }
    let start = (Int(bitPattern: pointer) + page - 1) / page * page
    let end = Int(bitPattern: pointer + count) / page * page
    guard let pages = UnsafeMutableRawPointer(bitPattern: start) else { return }
    madvise(pages, end - start, MADV_DONTNEED)
  }
}
