package import Diagnostics
package import Expressions
package import Netlists

/// One kind of element: its letter, how its card is written, and what equations a card stands for.
package protocol ElementKind: Sendable {
  static var letter: Character { get }
  static var syntax: CardSyntax { get }
  /// What `card` says, its model interned in `binder`; nil after reporting what is wrong.
  static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement?
}
