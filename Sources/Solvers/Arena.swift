internal import Glibc

/// Memory with fixed addresses, freed all at once: what C and the inner loops hold pointers into.
package final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var zeroedBlocks: [UnsafeMutableRawPointer] = []

  package init() {}

  deinit {
    for block in blocks { block.deallocate() }
    for block in zeroedBlocks { free(block) }
  }

  /// `count` doubles set to `value`, aligned to a cache line; at least one, so that the pointer is always good.
  package func doubles(_ count: Int, filledWith value: Double = 0) -> UnsafeMutablePointer<Double> {
    value == 0 ? zeroed(count) : allocate(count, filledWith: value)
  }

  package func indices(_ count: Int, filledWith value: Int32 = 0) -> UnsafeMutablePointer<Int32> {
    allocate(count, filledWith: value)
  }

  /// The elements of `values`, in order.
  package func copy<T: BitwiseCopyable>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let count = values.count
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<T>.stride, alignment: 64)
    blocks.append(block)
    let pointer = block.bindMemory(to: T.self, capacity: max(count, 1))
    values.withUnsafeBufferPointer { from in
      if let from = from.baseAddress { pointer.initialize(from: from, count: count) }
    }
    return pointer
  }

  /// Zeros that take no memory before something else is written: the system gives pages of zeros by itself.
  private func zeroed(_ count: Int) -> UnsafeMutablePointer<Double> {
    let alignment = 64
    let count = max(count, 1)
    guard let block = calloc(count * MemoryLayout<Double>.stride + alignment, 1) else {
      return allocate(count, filledWith: 0)
    }
    zeroedBlocks.append(block)
    let misalignment = Int(bitPattern: block) & (alignment - 1)
    let start = block + (misalignment == 0 ? 0 : alignment - misalignment)
    return start.bindMemory(to: Double.self, capacity: count)
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

  package func allocate<T: BitwiseCopyable>(_ count: Int, filledWith value: T) -> UnsafeMutablePointer<T> {
    let count = max(count, 1)
    let block = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: 64)
    blocks.append(block)
    let pointer = block.bindMemory(to: T.self, capacity: count)
    pointer.initialize(repeating: value, count: count)
    return pointer
  }
}
