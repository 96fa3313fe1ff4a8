internal import Diagnostics
internal import Netlists

/// Which signals of a pattern a `.save` line takes: `.save v(c*) from=100 to=200 every=10`.
struct SignalSelection {
  static let arguments = ["from", "to", "every"]

  /// Bounds of the number that stands for the pattern's `*`, both included.
  var from = -Double.infinity
  var to = Double.infinity
  /// Of the signals in numeric order the first is taken and every so many after it.
  var every = 1

  /// `signals` are those of `pattern` in numeric order.
  func selected(_ signals: [NamedSignal], of pattern: String) -> [NamedSignal] {
    let prefix = pattern.utf8.prefix { $0 != UInt8(ascii: "*") }.count
    let isBounded = from > -.infinity || to < .infinity
    let inside = isBounded ? signals.filter { isInside($0.name, behind: prefix) } : signals
    return every == 1 ? inside : stride(from: 0, to: inside.count, by: every).map { inside[$0] }
  }

  /// Whether the number in `name` behind its first `prefix` bytes lies within the bounds; a name without one does not.
  private func isInside(_ name: String, behind prefix: Int) -> Bool {
    let digits = name.utf8.dropFirst(prefix).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let number = Double(String(decoding: digits, as: UTF8.self)) else { return false }
    return number >= from && number <= to
  }
}

extension RequestReader {
  /// The selection that a card's assignments ask for.
  mutating func selection(of card: Card) -> SignalSelection {
    var selection = SignalSelection()
    for assignment in card.assignments {
      let name = assignment.name.value
      guard SignalSelection.arguments.contains(name) else {
        complain(about: .assignment(assignment), in: card, allowed: SignalSelection.arguments)
        continue
      }
      guard let value = number(assignment) else { continue }
      switch name {
      case "from": selection.from = value
      case "to": selection.to = value
      default:
        guard value >= 1, value == value.rounded(), value < 0x1p53 else {
          diagnostics.report(.invalidStride(assignment.value.range, value: value))
          continue
        }
        selection.every = Int(value)
      }
    }
    return selection
  }
}
