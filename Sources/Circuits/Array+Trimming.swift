extension Array {
  /// The same elements in no more memory than they take.
  var trimmed: [Element] {
    guard capacity > count + count / 8 else { return self }
    var copy: [Element] = []
    copy.reserveCapacity(count)
    copy.append(contentsOf: self)
    return copy
  }
}
