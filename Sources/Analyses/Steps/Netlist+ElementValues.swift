internal import Diagnostics
internal import Expressions
package import Netlists

/// `.step R1 ...`, `.step R1:TC1 ...`, `.step V1:VA ...`: values of elements, which Xyce and LTspice step by name.
///
/// The value on the element's card moves into a parameter of the same name, `r1:r`, so that stepping it is stepping a
/// parameter. Direct values of sources stay where they are: the operating point has them without elaborating anew. What
/// Xyce's `.print` shows of a source, `V1:ACMAG` or `V1:TD`, becomes a parameter too.
extension Netlist {
  /// Words of these directives may name the value of an element.
  private static let readers: Set<String> = ["step", "dc", "data"]

  package func namingSteppedElementValues() -> Netlist {
    var netlist = self
    for index in statements.indices {
      guard case .directive(var card) = statements[index] else { continue }
      if dialect == .xyce, card.keyword.value == "print" {
        for field in card.fields { netlist.extractPrinted(field) }
      }
      guard Self.readers.contains(card.keyword.value) else { continue }
      var isChanged = false
      for word in card.fields.indices {
        guard let name = card.fields[word].name.plain, let value = ElementValueName(name),
          let parameter = netlist.extract(value, at: card.fields[word].range)
        else { continue }
        card.fields[word].name = NameTemplate([.text(parameter)])
        isChanged = true
      }
      if isChanged { netlist.statements[index] = .directive(card) }
    }
    return netlist
  }

  /// Moves what a word of `.print` shows of sources into parameters.
  private mutating func extractPrinted(_ field: Field) {
    var names: [String] = []
    switch field.kind {
    case .word: if let name = field.name.plain, name.contains(":") { names = [name] }
    case .expression(let expression):
      for case .quantity(let device, let name) in expression.probes { names.append("\(device):\(name)") }
    case .openParenthesis, .closeParenthesis: break
    }
    for case let value? in names.map({ ElementValueName($0) }) where value.isOfSource {
      _ = extract(value, at: field.range)
    }
  }

  /// Moves a value off the card that holds it; the parameter that it is then, or nil where there is no such value.
  private mutating func extract(_ value: ElementValueName, at range: SourceRange) -> String? {
    for index in statements.indices {
      guard case .element(var card) = statements[index], card.keyword.value == value.element,
        let quantity = value.quantity ?? ElementValueName.usualQuantities[card.letter]
      else { continue }
      let parameter = "\(card.keyword.value):\(quantity)"
      if case .parameters(let assignments)? = statements.last, assignments[0].name.value == parameter {
        return parameter
      }
      if defines(parameter) { return parameter }
      guard let old = card.replaceValue(of: quantity, by: .name(parameter, range), at: range) else { continue }
      statements[index] = .element(card)
      statements.append(
        .parameters([Assignment(name: Located(parameter, range), value: old.text, expression: old.expression)]))
      return parameter
    }
    return nil
  }

  private func defines(_ parameter: String) -> Bool {
    statements.contains { statement in
      if case .parameters(let assignments) = statement { return assignments.contains { $0.name.value == parameter } }
      return false
    }
  }
}

/// `r1` or `r1:tc1`.
private struct ElementValueName {
  /// What a bare name of an element means.
  static let usualQuantities: [Character: String] = ["r": "r", "c": "c", "l": "l"]

  var element: String
  var quantity: String?

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, first.first?.isLetter == true else { return nil }
    element = String(first)
    quantity = parts.count == 2 ? String(parts[1]) : nil
    if quantity == "dcv0" { return nil }
  }

  /// Whether it is something of an independent source.
  var isOfSource: Bool { quantity != nil && (element.hasPrefix("v") || element.hasPrefix("i")) }
}

extension Card {
  fileprivate var letter: Character { keyword.value.first ?? " " }

  /// Places of the arguments of a source's shape that Xyce steps by name.
  private static let shapeArguments: [String: [String]] = [
    "pulse": ["v1", "v2", "td", "tr", "tf", "pw", "per"], "sin": ["v0", "va", "freq", "td", "theta", "phase"],
    "sine": ["v0", "va", "freq", "td", "theta", "phase"], "exp": ["v1", "v2", "td1", "tau1", "td2", "tau2"],
    "sffm": ["v0", "va", "fc", "mdi", "fs"],
    "pat": ["vhi", "vlo", "td", "tr", "tf", "tsample"], "ac": ["acmag", "acphase"],
  ]

  /// Puts `expression` where the value of `quantity` stands, or where it would; what stood there.
  fileprivate mutating func replaceValue(
    of quantity: String, by expression: Expression, at range: SourceRange
  ) -> (text: SourceText, expression: Expression)? {
    func replaced(_ field: Field) -> (SourceText, Expression) {
      var ignored = DiagnosticBag()
      if case .expression(let old) = field.kind { return (field.text, old) }
      if let number = SpiceNumber.parseField(field.text.bytes) { return (field.text, .number(number, field.range)) }
      return (field.text, Expression.parse(field.text, diagnostics: &ignored))
    }
    if let index = assignments.firstIndex(where: { $0.name.value == quantity }) {
      let old = assignments[index]
      assignments[index].expression = expression
      return (old.value, old.expression)
    }
    if let index = place(of: quantity) {
      let old = replaced(fields[index])
      fields[index].kind = .expression(expression)
      return old
    }
    guard "rcldt".contains(letter), quantity != ElementValueName.usualQuantities[letter] else { return nil }
    let neutral: Double
    switch quantity {
    case "m", "area": neutral = 1
    case "tc1", "tc2", "dtemp", "ic": neutral = 0
    default: return nil
    }
    let text = SourceText(file: range.file, bytes: Array("\(neutral)".utf8), origin: range.start)
    assignments.append(Assignment(name: Located(quantity, range), value: text, expression: expression))
    return (text, .number(neutral, range))
  }

  /// The field that holds the value of `quantity` without naming it.
  private func place(of quantity: String) -> Int? {
    if ElementValueName.usualQuantities[letter] == quantity {
      // The value stands behind the nodes, before or behind the model's name.
      return fields.indices.dropFirst(2).first { index in
        if case .expression = fields[index].kind { return true }
        return SpiceNumber.parseField(fields[index].text.bytes) != nil
      }
    }
    guard letter == "v" || letter == "i" else { return nil }
    for (index, field) in fields.enumerated() {
      guard let names = Self.shapeArguments[field.text.string.lowercased()],
        let argument = names.firstIndex(of: quantity)
      else { continue }
      let first = fields[(index + 1)...].first.map {
        if case .openParenthesis = $0.kind { index + 2 } else { index + 1 }
      }
      return first.map { $0 + argument }.flatMap { fields.indices.contains($0) ? $0 : nil }
    }
    return nil
  }
}
