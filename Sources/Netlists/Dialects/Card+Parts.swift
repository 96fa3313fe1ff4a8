internal import Diagnostics
internal import Expressions

/// LTspice's elements that bring parts of their own: `C1 a b 4u7 Rser=0.1`, `L1 a b 10u Rser=0.5 Cpar=1p`, `V1 a 0 5 Rser=50`.
///
/// The parts become elements beside the first: those in series between it and its second node, those in parallel across
/// the whole.
extension Card {
  /// The card without its parts, then the parts; the card alone where it has none.
  var withParts: [Card] {
    guard fields.count >= 2, assignments.contains(where: { Part(rawValue: $0.name.value) != nil }) else {
      return [self]
    }
    var element = self
    element.assignments.removeAll { Part(rawValue: $0.name.value) != nil }
    var cards: [Card] = []
    let last = fields[1]
    var inner = 0
    for assignment in assignments {
      guard let part = Part(rawValue: assignment.name.value) else { continue }
      if part.isInSeries {
        inner += 1
        let node = innerNode(inner)
        cards.append(self.part(part, assignment, from: node, to: element.fields[1]))
        // The chain grows from the second node inwards.
        element.fields[1] = node
      } else {
        cards.append(self.part(part, assignment, from: fields[0], to: last))
      }
    }
    return [element] + cards
  }

  private enum Part: String {
    case rser, lser, rpar, cpar

    var isInSeries: Bool { self == .rser || self == .lser }
    /// The letter of the element that the part is.
    var letter: String { self == .lser ? "l" : self == .cpar ? "c" : "r" }
  }

  private func part(_ part: Part, _ assignment: Assignment, from first: Field, to second: Field) -> Card {
    let value = Field(
      kind: .expression(assignment.expression), text: assignment.value,
      name: NameTemplate([.placeholder(assignment.expression)]))
    return Card(
      keyword: Located("\(part.letter).\(keyword.value).\(part.rawValue)", assignment.name.range),
      name: NameTemplate([.text("\(part.letter).")] + name.parts + [.text(".\(part.rawValue)")]),
      fields: [first, second, value], assignments: [], text: assignment.value)
  }

  private func innerNode(_ number: Int) -> Field {
    let text = SourceText(
      file: keyword.range.file, bytes: Array("\(keyword.value)#\(number)".utf8), origin: keyword.range.start)
    return Field(kind: .word, text: text, name: NameTemplate(name.parts + [.text("#\(number)")]))
  }
}
