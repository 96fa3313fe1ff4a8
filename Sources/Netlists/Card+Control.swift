internal import Diagnostics
internal import Expressions

extension Card {
  /// How Xyce smooths the steps of a source's expression, which says nothing about the expression.
  private static let smoothing: Set<String> = ["smoothbsrc", "rcconst"]

  /// The card without settings of another program's solver.
  var withoutSmoothing: Card {
    guard "befgh".contains(keyword.value.first ?? " "),
      assignments.contains(where: { Self.smoothing.contains($0.name.value) })
    else { return self }
    var card = self
    card.assignments.removeAll { Self.smoothing.contains($0.name.value) }
    return card
  }

  /// `S1 a b model control={expression}` of Xyce as two cards: a source that makes the control a voltage, and a switch that
  /// follows it.
  var withoutControlExpression: [Card]? {
    guard keyword.value.first == "s", fields.count >= 3,
      let index = assignments.firstIndex(where: { $0.name.value == "control" })
    else { return nil }
    let control = assignments[index]
    func word(_ name: NameTemplate) -> Field { Field(kind: .word, text: control.value, name: name) }
    func named(_ prefix: String) -> NameTemplate {
      if let plain = name.plain { return NameTemplate([.text(prefix + plain + "#control")]) }
      return NameTemplate([.text(prefix)] + name.parts + [.text("#control")])
    }
    let node = named("")
    let source = Card(
      keyword: Located("b\(keyword.value)#control", keyword.range),
      name: named("b"),
      fields: [word(node), word(NameTemplate([.text("0")]))],
      assignments: [
        Assignment(
          name: Located("v", control.name.range), value: control.value,
          expression: control.expression)
      ],
      text: control.value)
    var device = self
    device.assignments.remove(at: index)
    device.fields.insert(contentsOf: [word(node), word(NameTemplate([.text("0")]))], at: 2)
    return [source, device]
  }
}
