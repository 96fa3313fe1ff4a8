internal import Netlists

/// What `.model NAME TYPE(...)` may say of one kind of element.
package struct ModelSyntax: Sendable {
  /// The types that mean it, in lower case: `r`, `res`.
  package var types: [String]
  package var parameters: [CardParameter]
  /// Words that the element's equations call otherwise: further spellings, and what an element gives by the same name.
  package var aliases: [String: String]
  /// Words of other programs that say nothing about the equations, read with a warning: ratings, the maker's name.
  package var ignored: [String]

  package init(
    types: [String], parameters: [CardParameter], aliases: [String: String] = [:], ignored: [String] = []
  ) {
    self.types = types
    self.parameters = parameters
    self.aliases = aliases
    self.ignored = ignored
  }

  /// The type as the manual writes it.
  var type: String { types.first?.uppercased() ?? "" }

  /// The parameter of the equations that a word left of `=` means, if it means one.
  func parameter(named word: String) -> String? {
    let word = word.lowercased()
    return aliases[word] ?? (parameters.contains { $0.name == word } ? word : nil)
  }
}
