/// `pp`: the largest value less the smallest.
struct PeakToPeak: WindowStatistic {
  static let keyword = "pp"
  static let meaning = "largest value less the smallest"

  private var maximum = Maximum()
  private var minimum = Minimum()

  var value: Double? {
    guard let largest = maximum.value, let smallest = minimum.value else { return nil }
    return largest - smallest
  }

  mutating func observe(_ piece: SegmentPiece) {
    maximum.observe(piece)
    minimum.observe(piece)
  }
}
