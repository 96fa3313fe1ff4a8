internal import Diagnostics
internal import Expressions
internal import Netlists

/// An order in which the parameters of a level can be evaluated: each behind all that it reads.
///
/// `.param` lines may stand in any order. A parameter given twice has its last value. An `.if` is one step that reads
/// whatever its conditions and branches read.
struct ParameterOrder {
  private(set) var steps: [LevelPlan.Step] = []
  private(set) var names: Set<String> = []

  init(of written: [LevelPlan.Step], functions: [FunctionDefinition], diagnostics: inout DiagnosticBag) {
    let steps = Self.withoutRedefinitions(written, diagnostics: &diagnostics)
    var makers: [String: [Int]] = [:]
    for (index, step) in steps.enumerated() {
      for name in step.definedNames { makers[name, default: []].append(index) }
      if case .temperature = step { continue }
      names.formUnion(step.definedNames)
    }
    let bodies = Dictionary(functions.map { ($0.name.value, $0) }) { $1 }
    // waiting[i]: how many steps i still waits for; users[j]: who waits for j.
    var waiting = [Int](repeating: 0, count: steps.count)
    var users = [[Int]](repeating: [], count: steps.count)
    for (index, step) in steps.enumerated() {
      var read: Set<Int> = []
      for name in step.readNames(functions: bodies) { read.formUnion(makers[name] ?? []) }
      if case .conditional = step { read.remove(index) }
      for maker in read { users[maker].append(index) }
      waiting[index] = read.count
    }
    var ready = steps.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      let index = ready[next]
      next += 1
      self.steps.append(steps[index])
      for user in users[index] {
        waiting[user] -= 1
        if waiting[user] == 0 { ready.append(user) }
      }
    }
    if ready.count < steps.count {
      Self.reportCycle(among: steps.indices.filter { waiting[$0] > 0 }, of: steps, users: users, to: &diagnostics)
      // What hangs on the cycle is left out of the steps; its names are known, so that nothing else complains.
    }
  }

  private static func withoutRedefinitions(
    _ written: [LevelPlan.Step], diagnostics: inout DiagnosticBag
  ) -> [LevelPlan.Step] {
    var places: [String: Int] = [:]
    var steps: [LevelPlan.Step?] = []
    for step in written {
      if case .parameter(let assignment) = step {
        let name = assignment.name.value
        if let place = places[name], case .parameter(let first)? = steps[place] {
          diagnostics.report(CircuitError.redefinedParameter(assignment.name, first: first.name.range))
          steps[place] = nil
        }
        places[name] = steps.count
      }
      steps.append(step)
    }
    return steps.compactMap(\.self)
  }

  /// Reports one cycle among steps that wait for each other.
  private static func reportCycle(
    among stuck: [Int], of steps: [LevelPlan.Step], users: [[Int]], to diagnostics: inout DiagnosticBag
  ) {
    var makers: [Int: Int] = [:]
    let stuckSet = Set(stuck)
    for maker in stuck.reversed() {
      for user in users[maker] where stuckSet.contains(user) { makers[user] = maker }
    }
    // Every stuck step waits for a stuck one: following that relation must come back to where it was.
    guard var current = stuck.first else { return }
    var visited: [Int] = []
    var position: [Int: Int] = [:]
    while position[current] == nil, let maker = makers[current] {
      position[current] = visited.count
      visited.append(current)
      current = maker
    }
    guard let start = position[current] else { return }
    let cycle = visited[start...].map { (steps[$0].title, steps[$0].range) }
    diagnostics.report(CircuitError.cyclicParameter(names: cycle.map(\.0), ranges: cycle.map(\.1)))
  }
}

extension LevelPlan.Step {
  /// Names that derive from the temperature of the circuit.
  static let temperatureNames = ["temp", "temper", "tempk", "vthermal", "vt"]

  fileprivate var definedNames: [String] {
    switch self {
    case .parameter(let assignment): [assignment.name.value]
    case .temperature: Self.temperatureNames
    case .conditional(let plan): plan.branches.flatMap { $0.level.parameterNames }
    }
  }

  fileprivate var title: String {
    switch self {
    case .parameter(let assignment): assignment.name.value
    case .temperature: "temp"
    case .conditional: ".if"
    }
  }

  fileprivate var range: SourceRange? {
    switch self {
    case .parameter(let assignment): assignment.name.range
    case .temperature(let expression): expression.range
    case .conditional(let plan): plan.branches.first?.condition?.range
    }
  }

  fileprivate func readNames(functions: [String: FunctionDefinition]) -> Set<String> {
    var reader = NameReader(functions: functions)
    collect(into: &reader)
    return reader.names
  }

  private func collect(into reader: inout NameReader) {
    switch self {
    case .parameter(let assignment): reader.read(assignment.expression)
    case .temperature(let expression): reader.read(expression)
    case .conditional(let plan):
      for branch in plan.branches {
        if let condition = branch.condition { reader.read(condition) }
        for step in branch.level.steps { step.collect(into: &reader) }
      }
    }
  }
}

/// Collects the names that expressions read, through the bodies of the functions they call.
private struct NameReader {
  let functions: [String: FunctionDefinition]
  var names: Set<String> = []
  private var entered: Set<String> = []

  init(functions: [String: FunctionDefinition]) {
    self.functions = functions
  }

  mutating func read(_ expression: Expression) {
    switch expression {
    case .number, .probe, .invalid: break
    case .name(let name, _): names.insert(name)
    case .unary(_, let operand, _): read(operand)
    case .binary(_, let left, let right, _):
      read(left)
      read(right)
    case .conditional(let condition, let then, let otherwise, _):
      read(condition)
      read(then)
      read(otherwise)
    case .call(let name, let arguments, _):
      for argument in arguments { read(argument) }
      if let function = functions[name], entered.insert(name).inserted {
        var body = NameReader(functions: functions)
        body.entered = entered
        body.read(function.body)
        names.formUnion(body.names.subtracting(function.parameters.map(\.value)))
      }
    }
  }
}
