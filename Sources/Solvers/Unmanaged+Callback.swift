extension Unmanaged {
  /// What C's callbacks do with the object that they were given as a pointer, without counting references; SUNDIALS' flag for
  /// a grave fault where there is none.
  @inline(__always)
  static func with(_ pointer: UnsafeMutableRawPointer?, _ work: (Instance) -> Int32) -> Int32 {
    guard let pointer else { return -1 }
    return Unmanaged<Instance>.fromOpaque(pointer)._withUnsafeGuaranteedRef(work)
  }
}
