package import Diagnostics

/// A word or an assignment of a card.
package enum CardItem: Sendable {
  case field(Field)
  case assignment(Assignment)

  package var range: SourceRange {
    switch self {
    case .field(let field): field.range
    case .assignment(let assignment): assignment.name.range
    }
  }
}

extension Card {
  /// Words and assignments in the order written: `trig v(a) val=1 targ v(b) val=1`.
  package var items: [CardItem] {
    var items: [CardItem] = []
    items.reserveCapacity(fields.count + assignments.count)
    var rest = assignments[...]
    for field in fields {
      while let assignment = rest.first, assignment.name.range.start < field.range.start {
        items.append(.assignment(rest.removeFirst()))
      }
      items.append(.field(field))
    }
    return items + rest.map(CardItem.assignment)
  }
}
