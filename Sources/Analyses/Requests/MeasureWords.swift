internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// The words of a measure, taken one by one.
struct MeasureWords {
  private var items: ArraySlice<CardItem>

  init(_ items: some Sequence<CardItem>) { self.items = Array(items)[...] }

  /// Whether the kind of measure, the next word, is `err1` or its kin.
  var measuresErrors: Bool {
    guard case .field(let field)? = items.first, let word = field.name.plain else { return false }
    return ErrorKind(keyword: word) != nil
  }

  mutating func next() -> CardItem? { items.popFirst() }

  /// The next word if it is no assignment.
  mutating func field() -> Field? {
    guard case .field(let field)? = items.first else { return nil }
    items.removeFirst()
    return field
  }

  /// The first word that is no assignment, wherever it stands: `avg from=1m to=2m v(a)`.
  mutating func extractField() -> Field? {
    for index in items.indices {
      guard case .field(let field) = items[index] else { continue }
      items.remove(at: index)
      return field
    }
    return nil
  }

  /// The next word if it is a number or an expression.
  mutating func number() -> Field? {
    guard case .field(let field)? = items.first, field.isExpression || SpiceNumber.parseField(field.text.bytes) != nil
    else { return nil }
    items.removeFirst()
    return field
  }

  /// The next word if it is an assignment whose name fits.
  mutating func assignment(where fits: (String) -> Bool = { _ in true }) -> Assignment? {
    guard case .assignment(let assignment)? = items.first, fits(assignment.name.value) else { return nil }
    items.removeFirst()
    return assignment
  }

  mutating func assignment(named names: [String]) -> Assignment? { assignment { names.contains($0) } }

  /// An assignment of that name, wherever it stands.
  mutating func extract(named name: String) -> Assignment? {
    for index in items.indices {
      guard case .assignment(let assignment) = items[index], assignment.name.value == name else { continue }
      items.remove(at: index)
      return assignment
    }
    return nil
  }

  /// An assignment of that name among those before the next word.
  mutating func extractAssignment(named name: String) -> Assignment? {
    for index in items.indices {
      guard case .assignment(let assignment) = items[index] else { return nil }
      if assignment.name.value == name {
        items.remove(at: index)
        return assignment
      }
    }
    return nil
  }
}

extension Field {
  fileprivate var isExpression: Bool {
    if case .expression = kind { true } else { false }
  }
}
