internal import Diagnostics
internal import Expressions

/// `.ic v(a)=1`, `.nodeset v(a)=1`; Xyce also writes pairs without a sign, `.ic v(a) 1 b {x}`, and calls `.ic` `.dcvolt`.
extension StatementParser {
  mutating func keepInitialConditions(_ line: DirectiveLine, as keyword: String) throws(NetlistError) {
    var card = try Card.directive(line, keyword: keyword, diagnostics: &diagnostics)
    if card.assignments.isEmpty, card.fields.count.isMultiple(of: 2) {
      card.assignments = stride(from: 0, to: card.fields.count, by: 2).map { index in
        let (target, value) = (card.fields[index], card.fields[index + 1])
        let written = target.text.string.lowercased()
        let name = written.contains("(") || written.hasPrefix("@") ? written : "v(\(written))"
        return Assignment(
          name: Located(name, target.range), value: value.text,
          expression: value.text.expression(diagnostics: &diagnostics))
      }
      card.fields = []
    }
    add(.directive(card))
  }
}
