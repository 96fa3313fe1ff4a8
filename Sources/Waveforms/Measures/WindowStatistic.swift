/// A number about one signal over a window: `max`, `avg`, `integ` and their like. One file and one line of
/// `MeasureCatalogue` each.
package protocol WindowStatistic: Sendable {
  /// The word behind the measure's name.
  static var keyword: String { get }
  /// What it is, for the manual and for messages.
  static var meaning: String { get }

  init()
  /// Takes the next part of the window, in order.
  mutating func observe(_ piece: SegmentPiece)
  /// nil before the first piece, or where the window has no width and the statistic needs one.
  var value: Double? { get }
}
