internal import Kernels

/// What makes two models one: equal keys mean equal equations.
enum ModelKey: Hashable, Sendable {
  /// An element written in Swift, by its title.
  case element(String)
  /// A `.memristor`, by the place of its text: one compilation per text.
  case block(file: Int32, start: UInt32)
  /// A B source or controlled source, by its equations: sources that differ only in nodes and in the values of
  /// parameters share one.
  case behavioural(BehaviouralSource.Structure)
  /// Several devices of another model side by side.
  case several(of: Int)
}
