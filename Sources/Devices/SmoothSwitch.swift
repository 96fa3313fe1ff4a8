internal import Diagnostics
internal import Expressions
internal import Netlists

/// An S or W card whose model is one of the library's switches without memory: `vswitch`, `iswitch`, `switch`.
///
/// The device is the model's; what the card names as its control goes to the model's input.
enum SmoothSwitch {
  private static let input = "control"

  /// The card in the form of a device of a model; nil where `model` is none of them.
  static func card(_ card: Card, model: DeviceModel, control: ControlKind) -> Card? {
    let modelPlace = control == .voltage ? 4 : 3
    guard card.fields.count > modelPlace, model.variables.contains(where: { $0.name == input && $0.isSignal }) else {
      return nil
    }
    let place = card.fields[2]
    let words = card.fields[2..<modelPlace].compactMap(\.name.plain)
    guard words.count == modelPlace - 2 else { return nil }
    let probe: Probe = control == .voltage ? .voltage(words[0], words[1]) : .current(words[0])
    var device = card
    device.fields = Array(card.fields[..<2]) + [card.fields[modelPlace]]
    device.assignments.append(
      Assignment(name: Located(input, place.range), value: place.text, expression: .probe(probe, place.range)))
    return device
  }
}
