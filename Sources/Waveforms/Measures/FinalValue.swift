/// `final`: the value at the end of the window. Xyce's `eqn` of an expression of signals.
struct FinalValue: WindowStatistic {
  static let keyword = "final"
  static let meaning = "value at the end of the window"

  private(set) var value: Double?

  mutating func observe(_ piece: SegmentPiece) { value = piece.last }
}
