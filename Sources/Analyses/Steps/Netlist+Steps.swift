package import Diagnostics
internal import Expressions
package import Netlists

/// What a netlist says about `.step` and `.mc` before it is elaborated.
extension Netlist {
  package var hasSteps: Bool {
    ["step", "mc"].contains { !cards(called: $0, in: statements).isEmpty }
      || !cards(called: "data", in: statements).isEmpty
      || cards(called: "temp", in: statements).contains { $0.fields.count > 1 }
  }

  /// The names of the elements at the top level, `.for`s apart.
  package var elementNames: Set<String> {
    func names(_ statements: [Statement]) -> [String] {
      statements.flatMap { statement -> [String] in
        switch statement {
        case .element(let card): [card.keyword.value.lowercased()]
        case .conditional(let conditional): conditional.branches.flatMap { names($0.statements) }
        default: []
        }
      }
    }
    return Set(names(statements))
  }

  /// The netlist with a `.param` for every name that only `.step param` defines, as LTspice allows; names that no other
  /// line of `sources` mentions are left undefined.
  package func definingSteppedParameters(in sources: SourceMap) -> Netlist {
    var netlist = self
    var defined = parameterNames(in: statements)
    for card in cards(called: "step", in: statements) {
      var words = card.fields[...]
      func skipScale() {
        if words.count > 1, let word = words.first?.name.plain, ["lin", "dec", "oct", "list"].contains(word) {
          words.removeFirst()
        }
      }
      skipScale()
      guard words.popFirst()?.name.plain == "param", let name = words.popFirst(), let text = name.name.plain,
        text != "temp", text != "temper", !defined.contains(text), sources.mention(text)
      else { continue }
      skipScale()
      guard let first = words.first else { continue }
      defined.insert(text)
      netlist.statements.append(
        .parameters([
          Assignment(name: Located(text, name.range), value: first.text, expression: first.constantExpression)
        ]))
    }
    return netlist
  }

  private func cards(called keyword: String, in statements: [Statement]) -> [Card] {
    statements.flatMap { statement -> [Card] in
      switch statement {
      case .directive(let card) where card.keyword.value == keyword: [card]
      case .conditional(let conditional): conditional.branches.flatMap { cards(called: keyword, in: $0.statements) }
      default: []
      }
    }
  }

  private func parameterNames(in statements: [Statement]) -> Set<String> {
    statements.reduce(into: []) { names, statement in
      switch statement {
      case .parameters(let assignments): names.formUnion(assignments.map(\.name.value))
      case .conditional(let conditional):
        for branch in conditional.branches { names.formUnion(parameterNames(in: branch.statements)) }
      default: break
      }
    }
  }
}

extension Field {
  /// The field as an expression; what is wrong with it is said where the line is read.
  fileprivate var constantExpression: Expression {
    if case .expression(let expression) = kind { return expression }
    if let value = SpiceNumber.parseField(text.bytes) { return .number(value, range) }
    var ignored = DiagnosticBag()
    return Expression.parse(text, diagnostics: &ignored)
  }
}

extension SourceMap {
  /// Whether `name` stands as a word in a line that is neither a comment nor `.step`.
  fileprivate func mention(_ name: String) -> Bool {
    let name = Array(name.utf8)
    return files.contains { file in
      file.bytes.split(separator: UInt8(ascii: "\n")).contains { line in
        let line = line.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        if text.first == UInt8(ascii: "*") || text.starts(with: ".step".utf8) { return false }
        return text.split(whereSeparator: { !$0.isPartOfName }).contains { $0.elementsEqual(name) }
      }
    }
  }
}

extension UInt8 {
  fileprivate var isPartOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
