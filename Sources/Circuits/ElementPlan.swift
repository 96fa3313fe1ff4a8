internal import Devices
internal import Diagnostics
internal import Netlists

/// An element's card, with what it made last: where all that the card reads is worth the same, passes of a `.for` and
/// instances differ in names and nodes alone.
final class ElementPlan {
  let card: Card
  let isInstance: Bool
  /// The words of an X line that are nodes, its subcircuit's name last.
  let words: [Field]
  private var device: (surroundings: Surroundings, element: BoundElement, values: DeviceValues)?
  private var instance: (surroundings: Surroundings, variant: ExpansionVariant)?
  /// How often nothing kept could be used; a card that is different every time is not kept any more.
  private var missCount = 0
  private static let mostMisses = 8

  /// What the card was read in.
  private struct Surroundings {
    var definitions: Definitions
    var reads: OuterReads

    /// Whether they hold whatever `variable` is worth.
    func hold(in scope: LevelScope, without variable: String) -> Bool {
      !reads.contains(variable) && hold(in: scope)
    }

    func hold(in scope: LevelScope) -> Bool { definitions === scope.definitions && reads.hold(in: scope) }
  }

  init(_ card: Card) {
    self.card = card
    let letter = card.keyword.value.utf8.first
    isInstance = letter == UInt8(ascii: "x")
    words = isInstance ? card.fields.filter { $0.isName && $0.text.string.lowercased() != "params:" } : []
  }

  var isWorthKeeping: Bool { missCount < Self.mostMisses }

  /// What the device made last is, if the card means the same in `scope` but for names.
  func device(in scope: LevelScope) -> (element: BoundElement, values: DeviceValues)? {
    guard let device else { return nil }
    if device.surroundings.hold(in: scope) { return (device.element, device.values) }
    missCount += 1
    return nil
  }

  /// The expansion used last, if the card means the same in `scope` but for names.
  func expansion(in scope: LevelScope) -> Expansion? {
    guard let instance else { return nil }
    if instance.surroundings.hold(in: scope), instance.variant.outerReads.hold(in: scope) {
      return instance.variant.expansion
    }
    missCount += 1
    return nil
  }

  /// As `device(in:)`, if it is the same whatever `variable` is worth.
  func device(in scope: LevelScope, without variable: String) -> (element: BoundElement, values: DeviceValues)? {
    guard let device, device.surroundings.hold(in: scope, without: variable) else { return nil }
    return (device.element, device.values)
  }

  /// As `expansion(in:)`, if it is the same whatever `variable` is worth.
  func expansion(in scope: LevelScope, without variable: String) -> Expansion? {
    guard let instance, instance.surroundings.hold(in: scope, without: variable),
      instance.variant.outerReads.hold(in: scope), !instance.variant.outerReads.contains(variable)
    else { return nil }
    return instance.variant.expansion
  }

  func keep(_ values: DeviceValues, of element: BoundElement, read reads: OuterReads, in scope: LevelScope) {
    device = (Surroundings(definitions: scope.definitions, reads: reads), element, values)
  }

  func keep(_ variant: ExpansionVariant, read reads: OuterReads, in scope: LevelScope) {
    instance = (Surroundings(definitions: scope.definitions, reads: reads), variant)
  }
}

extension Field {
  /// A word, or a placeholder that makes all of a name.
  fileprivate var isName: Bool {
    switch kind {
    case .word, .expression: true
    case .openParenthesis, .closeParenthesis: false
    }
  }
}
