/// `integ`: the integral over the axis. Along a `.dc` chain that returns, the way back counts negative.
struct Integral: WindowStatistic {
  static let keyword = "integ"
  static let meaning = "integral over time or the swept value"

  private(set) var value: Double?

  mutating func observe(_ piece: SegmentPiece) {
    value = (value ?? 0) + piece.integral { $0 }
  }
}
