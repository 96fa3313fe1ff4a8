internal import Diagnostics
internal import Expressions
internal import Netlists

/// `.for k = first to last step s`: one level per pass, one behind the other.
extension Flattener {
  /// Passes of all `.for`s together, beyond which a bound is taken for a mistake.
  static let mostPasses = 20_000_000
  /// Passes that are still gone through, for further faults, once there is one.
  static let mostFaultyPasses = 10_000

  mutating func addPasses(of plan: RepetitionPlan, _ scope: LevelScope, to expansion: Expansion) {
    let repetition = plan.repetition
    guard let first = bound(repetition.first, scope), let last = bound(repetition.last, scope) else { return }
    var step = 1.0
    if let expression = repetition.step {
      guard let value = bound(expression, scope) else { return }
      step = value
    }
    let stepRange = repetition.step?.range ?? repetition.last.range
    guard step != 0 else { return report(.zeroStep(stepRange, variable: repetition.variable.value)) }
    // A last value missed by rounding alone is reached.
    let count = ((last - first) / step + 1e-9).rounded(.down) + 1
    if count < 1 {
      return report(
        .emptyRepetition(
          repetition.first.range.joined(to: stepRange), variable: repetition.variable.value, first: first, last: last,
          step: step))
    }
    guard count + Double(passCount) <= Double(Self.mostPasses) else {
      isIncomplete = true
      isOverfull = true
      return report(
        .endlessRepetition(
          repetition.first.range.joined(to: stepRange), variable: repetition.variable.value, count: count,
          limit: Self.mostPasses))
    }
    passCount += Int(count)
    guard depth < Self.deepestNesting else {
      return report(.nestedTooDeep(repetition.variable.range, limit: Self.deepestNesting))
    }
    depth += 1
    defer { depth -= 1 }
    var level = LevelScope(caller: scope, definitions: scope.definitions, isPass: true)
    for pass in 0..<Int(count) {
      if isOverfull || !goesOnDespiteFaults() { return }
      if plan.body.hasDefinitions {
        let definitions = Definitions(parent: scope.definitions, isLibrary: scope.definitions.isLibrary)
        level = LevelScope(caller: scope, definitions: definitions, isPass: true)
      } else {
        level.reset()
      }
      level.fix(repetition.variable.value, at: first + Double(pass) * step)
      if random.isSampling { random.enterPass(repetition.variable.value, first + Double(pass) * step) }
      defer { if random.isSampling { random.leavePass() } }
      if pass == 2,
        let regular = RegularPass(plan, first: first, step: step, count: Int(count), level, in: expansion, &self)
      {
        addPasses(regular, from: pass, count: Int(count), to: expansion)
        if diagnostics.hasErrors { faultyPasses += Int(count) }
        return
      }
      enter(plan.body, level)
      walk(plan.body, level, into: expansion)
    }
  }

  /// False once enough was seen of a netlist that has faults.
  private mutating func goesOnDespiteFaults() -> Bool {
    guard diagnostics.hasErrors else { return true }
    faultyPasses += 1
    if faultyPasses <= Self.mostFaultyPasses { return true }
    isIncomplete = true
    return false
  }

  /// A finite bound; nil after a complaint.
  private mutating func bound(_ expression: Expression, _ scope: LevelScope) -> Double? {
    guard let value = constant(expression, scope) else {
      isIncomplete = true
      return nil
    }
    guard value.isFinite else {
      isIncomplete = true
      report(.endlessBound(expression.range, value: value))
      return nil
    }
    return value
  }
}
