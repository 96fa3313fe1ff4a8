/// Memory with fixed addresses, freed all at once: what C and the inner loops hold pointers into.
package final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  package init() {}

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// `count` doubles set to `value`, aligned to a cache line; at least one, so that the pointer is always good.
  package func doubles(_ count: Int, filledWith value: Double = 0) -> UnsafeMutablePointer<Double> {
    allocate(count, filledWith: value)
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
    for (index, value) in values.enumerated() { (pointer + index).initialize(to: value) }
    return pointer
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
