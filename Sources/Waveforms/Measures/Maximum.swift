/// `max`: the largest value.
struct Maximum: WindowStatistic {
  static let keyword = "max"
  static let meaning = "largest value"

  private(set) var value: Double?

  mutating func observe(_ piece: SegmentPiece) {
    if let peak = piece.maximum(sign: 1, above: value ?? -.infinity) { value = peak.value }
  }
}

/// `max_at`: where on the axis the largest value is reached first.
struct MaximumPlace: WindowStatistic {
  static let keyword = "max_at"
  static let meaning = "time or swept value of the largest value"

  private(set) var value: Double?
  private var largest = -Double.infinity

  mutating func observe(_ piece: SegmentPiece) {
    guard let peak = piece.maximum(sign: 1, above: largest) else { return }
    largest = peak.value
    value = piece.axis(at: peak.time)
  }
}
