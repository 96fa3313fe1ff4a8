internal import Diagnostics
internal import Expressions

/// What names are worth in one level: the top level, an instance of a subcircuit, or a pass of a `.for`.
///
/// A name that the level lacks is sought where the level was called from, up to the top: ngspice's rule. Functions,
/// models and subcircuits are sought where the level was written (`Definitions`).
final class LevelScope: ConstantScope {
  let caller: LevelScope?
  let definitions: Definitions
  /// Set at the body of a subcircuit: remembers what was read from outside.
  let outerReads: OuterReads?
  /// True for a pass of a `.for`: its names are replaced by numbers in directives.
  let isPass: Bool
  /// Remembers what is read of the level itself, where somebody wants to know.
  var reads: OuterReads?
  private let random: RandomNumbers?
  private(set) var values: [String: Double] = [:]
  /// Names whose values come from outside: an instance's arguments, `--set`.
  private var fixed: Set<String> = []
  /// The branch chosen of each `.if` of the level; nil where none holds.
  private(set) var choices: [ObjectIdentifier: Int] = [:]

  /// `random` is given to the outermost level, from which all others have it.
  init(
    caller: LevelScope?, definitions: Definitions, outerReads: OuterReads? = nil, isPass: Bool = false,
    random: RandomNumbers? = nil
  ) {
    self.caller = caller
    self.random = random ?? caller?.random
    self.definitions = definitions
    self.outerReads = outerReads
    self.isPass = isPass
  }

  func set(_ name: String, to value: Double) {
    values[name] = value
  }

  /// Gives a value that no statement of the level changes.
  func fix(_ name: String, at value: Double) {
    values[name] = value
    fixed.insert(name)
  }

  func isFixed(_ name: String) -> Bool { fixed.contains(name) }

  /// What the passes of `.for`s around here bind, inner ones winning.
  var passValues: [String: Double] {
    guard isPass else { return [:] }
    return (caller?.passValues ?? [:]).merging(values) { $1 }
  }

  /// Forgets all, for the next pass.
  func reset() {
    values.removeAll(keepingCapacity: true)
    fixed.removeAll(keepingCapacity: true)
    if !choices.isEmpty { choices.removeAll(keepingCapacity: true) }
  }

  func choose(_ branch: Int?, of conditional: ConditionalPlan) {
    choices[ObjectIdentifier(conditional)] = branch
  }

  func choice(of conditional: ConditionalPlan) -> Int? {
    choices[ObjectIdentifier(conditional)]
  }

  func value(of name: String) -> Double? {
    if let value = values[name] {
      reads?.record(name, value)
      return value
    }
    guard let caller else { return nil }
    let value = caller.value(of: name)
    outerReads?.record(name, value)
    return value
  }

  func function(_ name: String) -> FunctionDefinition? { definitions.function(name) }

  func draw(_ distribution: RandomFunction.Distribution, at range: SourceRange) -> Double? {
    random?.draw(distribution, at: range)
  }

  var names: [String] { values.keys.sorted() + (caller?.names ?? []) }
}

/// Names that a subcircuit's body reads from its surroundings, with what they were worth: where they are worth the
/// same again, the body means the same.
final class OuterReads {
  private(set) var names: Set<String> = []
  private var values: [(name: String, value: UInt64?)] = []

  func record(_ name: String, _ value: Double?) {
    if names.insert(name).inserted { values.append((name, value?.bitPattern)) }
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  func hold(in scope: LevelScope) -> Bool {
    values.allSatisfy { scope.value(of: $0.name)?.bitPattern == $0.value }
  }
}
