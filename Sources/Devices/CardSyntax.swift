internal import Diagnostics
internal import Expressions
internal import Netlists

/// How the card of one kind of element is written: what its messages and its page in the manual are made of.
package struct CardSyntax: Sendable {
  /// What users call it: `resistor`.
  package var title: String
  /// The line in the manual's notation: `Rxxx n+ n- value [name=value ...]`.
  package var form: String
  /// A line that works.
  package var example: String
  /// The nodes in order.
  package var nodes: [String]
  /// The parameter that may stand behind the nodes without its name.
  package var value: CardParameter?
  /// What is given as `name=value`.
  package var parameters: [CardParameter]
  /// Further spellings of the value and the parameters.
  package var aliases: [String: String]
  /// Words of ngspice that say nothing about the equations, read with a warning: ratings.
  package var ignored: [String]
  /// What a `.model` of such elements says, where there is one.
  package var model: ModelSyntax?

  package init(
    title: String, form: String, example: String, nodes: [String], value: CardParameter? = nil,
    parameters: [CardParameter] = [], aliases: [String: String] = [:], ignored: [String] = [],
    model: ModelSyntax? = nil
  ) {
    self.title = title
    self.form = form
    self.example = example
    self.nodes = nodes
    self.value = value
    self.parameters = parameters
    self.aliases = aliases
    self.ignored = ignored
    self.model = model
  }

  /// The name that a word left of `=` means.
  func name(of word: String) -> String {
    aliases[word.lowercased()] ?? word.lowercased()
  }

  /// Every name that may stand left of `=`.
  var assignableNames: [String] {
    (value.map { [$0.name] } ?? []) + parameters.map(\.name)
  }
}

/// A value of a card with its unit and a word about it.
package struct CardParameter: Sendable {
  package var name: String
  package var unit: String
  package var documentation: String

  package init(_ name: String, unit: String = "", _ documentation: String) {
    self.name = name
    self.unit = unit
    self.documentation = documentation
  }
}

/// A card whose words have found their places.
struct BoundCard {
  var card: Card
  var nodes: [Located<NameTemplate>]
  /// Words behind the nodes that are no `name=value`.
  var rest: ArraySlice<Field>
  /// `name=value` by lower-case name.
  var assignments: [String: Assignment]
  /// The model that the card names, for elements that name one.
  var model: Int?

  /// The place of the whole line.
  var range: SourceRange { card.text.range }
}
