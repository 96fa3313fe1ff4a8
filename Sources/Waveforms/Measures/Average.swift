/// `avg`: the integral divided by the length of the axis that was passed.
struct Average: WindowStatistic {
  static let keyword = "avg"
  static let meaning = "mean"

  private var sum = 0.0
  private var length = 0.0

  var value: Double? { length > 0 ? sum / length : nil }

  mutating func observe(_ piece: SegmentPiece) {
    let passed = piece.axisLength
    sum += piece.integral { $0 } * (passed < 0 ? -1 : 1)
    length += abs(passed)
  }
}

/// `rms`: the square root of the mean square.
struct RootMeanSquare: WindowStatistic {
  static let keyword = "rms"
  static let meaning = "root of the mean square"

  private var sum = 0.0
  private var length = 0.0

  var value: Double? { length > 0 ? (sum / length).squareRoot() : nil }

  mutating func observe(_ piece: SegmentPiece) {
    let passed = piece.axisLength
    sum += piece.integral { $0 * $0 } * (passed < 0 ? -1 : 1)
    length += abs(passed)
  }
}
