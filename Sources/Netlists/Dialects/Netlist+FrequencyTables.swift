internal import Diagnostics
internal import Expressions

/// `.ac data=NAME`, `.noise v(a) V1 data=NAME` of Xyce, whose `.data` table has a column `freq`: a run for each row, at its
/// frequency.
///
/// The frequency becomes a parameter that the table steps with its other columns, and the line one point of it.
extension Netlist {
  /// `.param r={1k*log10(freq)}` of Xyce, where the value of an element follows it: `.ac` goes through its frequencies one by one,
  /// each a run with its own values.
  var withFrequenciesOfParameters: Netlist {
    let names = parametersOfFrequency
    let follows = statements.contains { statement in
      guard case .element(let card) = statement, "rclvi".contains(card.keyword.value.prefix(1)) else { return false }
      return names.contains { statement.mentions($0) }
    }
    guard follows else { return self }
    var result = self
    result.statements = statements.flatMap { statement -> [Statement] in
      switch statement {
      case .parameters(let assignments):
        return [.parameters(assignments.map(\.followingFrequency))]
      case .directive(let card) where card.keyword.value == "ac": return card.runningThroughFrequencies
      default: return [statement]
      }
    }
    return result
  }

  /// The parameters of the top level that follow the frequency, one by way of another too.
  private var parametersOfFrequency: Set<String> {
    let assignments = statements.flatMap { statement -> [Assignment] in
      if case .parameters(let assignments) = statement { assignments } else { [] }
    }
    var names: Set<String> = []
    var count = -1
    while names.count != count {
      count = names.count
      for assignment in assignments where !assignment.expression.names.isDisjoint(with: names.union(["hertz"])) {
        names.insert(assignment.name.value)
      }
    }
    return names
  }

  var withFrequencyTables: Netlist {
    var named: [String] = []
    let statements = statements.map { statement -> Statement in
      guard case .directive(var card) = statement, ["ac", "noise"].contains(card.keyword.value),
        let place = card.assignments.firstIndex(where: { $0.name.value == "data" })
      else { return statement }
      let table = card.assignments.remove(at: place)
      let name = table.value.string.lowercased()
      guard let head = head(ofTable: name) else { return statement }
      if !named.contains(name) { named.append(name) }
      let range = head.range
      func field(_ text: String) -> Field { .word(text, for: range) }
      var frequency = field(Self.frequency)
      frequency.kind = .expression(.name(Self.frequency, range))
      card.fields += [field("lin"), field("1"), frequency, frequency]
      return .directive(card)
    }
    guard !named.isEmpty else { return self }
    var result = self
    result.statements = statements.map { $0.namingFrequency(Self.frequency, inTables: named) }
    for name in named {
      guard let card = tables.first(where: { $0.fields.first?.name.plain == name }), let head = head(ofTable: name)
      else { continue }
      let range = card.keyword.range
      let text = SourceText(file: range.file, bytes: Array(name.utf8), origin: range.start)
      result.statements += [
        .parameters([
          Assignment(name: Located(Self.frequency, head.range), value: head.text, expression: .number(1, head.range))
        ]),
        .directive(
          Card(
            keyword: Located("step", range), name: NameTemplate([.text("step")]), fields: [],
            assignments: [
              Assignment(name: Located("data", range), value: text, expression: .name(name, range))
            ], text: card.text)),
      ]
    }
    return result
  }

  /// What nobody can write.
  fileprivate static let frequency = "frequency#"

  private var tables: [Card] {
    statements.compactMap { if case .directive(let card) = $0, card.keyword.value == "data" { card } else { nil } }
  }

  /// The head of the column of frequencies; nil where the table has none.
  private func head(ofTable name: String) -> Field? {
    tables.first { $0.fields.first?.name.plain == name }?.fields.dropFirst().first { $0.isFrequency }
  }
}

extension Field {
  fileprivate var isFrequency: Bool { ["freq", "hertz"].contains(name.plain) }
}

extension Assignment {
  /// The parameter as one of the frequency that is stepped.
  fileprivate var followingFrequency: Assignment {
    var result = self
    result.expression = expression.substituting { $0 == "hertz" ? .name(Netlist.frequency, expression.range) : nil }
    return result
  }
}

extension Card {
  /// `.ac dec 10 1 1k` as a `.step` through its frequencies and `.ac` at each; the line alone where it is of another form.
  fileprivate var runningThroughFrequencies: [Statement] {
    guard fields.count == 4, assignments.isEmpty, let scale = fields[0].name.plain,
      ["dec", "oct", "lin"].contains(scale)
    else { return [.directive(self)] }
    let range = text.range
    func field(_ text: String) -> Field { .word(text, for: range) }
    var ignored = DiagnosticBag()
    func expression(_ field: Field) -> Expression {
      if case .expression(let expression) = field.kind { return expression }
      return SpiceNumber.parseField(field.text.bytes).map { .number($0, field.range) }
        ?? Expression.parse(field.text, diagnostics: &ignored)
    }
    let (count, first, last) = (fields[1], fields[2], fields[3])
    var frequency = field(Netlist.frequency)
    var increment = count
    if scale == "lin" {
      // So many points are one distance less.
      let one = Expression.number(1, range)
      let span = Expression.binary(.subtract, expression(last), expression(first), range)
      let parts = Expression.binary(.subtract, expression(count), one, range)
      increment = field("step")
      increment.kind = .expression(.binary(.divide, span, parts, range))
    }
    let step = Card(
      keyword: Located("step", range), name: NameTemplate([.text("step")]),
      fields: [field(scale), frequency, first, last, increment], assignments: [], text: text)
    frequency.kind = .expression(.name(Netlist.frequency, range))
    var point = self
    point.fields = [field("lin"), field("1"), frequency, frequency]
    return [
      .parameters([
        Assignment(name: Located(Netlist.frequency, range), value: first.text, expression: expression(first))
      ]), .directive(step), .directive(point),
    ]
  }
}

extension Statement {
  fileprivate func namingFrequency(_ name: String, inTables tables: [String]) -> Statement {
    guard case .directive(var card) = self, card.keyword.value == "data",
      let table = card.fields.first?.name.plain, tables.contains(table)
    else { return self }
    for index in card.fields.indices where card.fields[index].isFrequency {
      card.fields[index].name = NameTemplate([.text(name)])
    }
    return .directive(card)
  }
}
