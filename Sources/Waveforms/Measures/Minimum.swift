/// `min`: the smallest value.
struct Minimum: WindowStatistic {
  static let keyword = "min"
  static let meaning = "smallest value"

  private(set) var value: Double?

  mutating func observe(_ piece: SegmentPiece) {
    if let peak = piece.maximum(sign: -1, above: value.map { -$0 } ?? -.infinity) { value = -peak.value }
  }
}

/// `min_at`: where on the axis the smallest value is reached first.
struct MinimumPlace: WindowStatistic {
  static let keyword = "min_at"
  static let meaning = "time or swept value of the smallest value"

  private(set) var value: Double?
  private var smallest = Double.infinity

  mutating func observe(_ piece: SegmentPiece) {
    guard let peak = piece.maximum(sign: -1, above: -smallest) else { return }
    smallest = -peak.value
    value = piece.axis(at: peak.time)
  }
}
