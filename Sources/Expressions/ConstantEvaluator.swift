package import Diagnostics

/// What names mean where a constant is wanted: parameters, loop variables, `.func`s.
package protocol ConstantScope {
  /// The value of `name` (lower case), or nil if the scope does not know it.
  func value(of name: String) -> Double?
  func function(_ name: String) -> FunctionDefinition?
  /// Every name known, for suggestions.
  var names: [String] { get }
}

extension Expression {
  /// The value of a constant expression; nil after reporting an unknown name, a probe or a domain fault with its place.
  package func constant(in scope: some ConstantScope, diagnostics: inout DiagnosticBag) -> Double? {
    nil  // contract
  }
}
