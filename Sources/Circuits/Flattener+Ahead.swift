internal import Diagnostics
internal import Expressions
internal import Netlists

/// What lines anywhere in the text say about elements before them.
extension Flattener {
  /// A `.tran` line without tstep is taken to have one of that share of tstop.
  private static let stepsOfOpenGrid = 1000.0

  /// Finds `.tran` ahead of the elements; what is wrong with it is said by the analysis.
  mutating func readTransientTimes(_ plan: LevelPlan, _ scope: LevelScope) {
    for content in plan.contents {
      switch content {
      case .directive(let plan) where plan.card.keyword.value == "tran" && !transient.stop.isFinite:
        var ignored = DiagnosticBag()
        let values = plan.card.fields.prefix(2).compactMap { field in
          field.expression(diagnostics: &ignored).constant(in: scope, diagnostics: &ignored)
        }
        guard let stop = values.last else { continue }
        // LTspice's `.tran tstop` and `.tran 0 tstop` leave the step open.
        let step = values.count > 1 && values[0] > 0 ? values[0] : stop / Self.stepsOfOpenGrid
        transient = (step, stop)
      case .conditional(let conditional):
        if let branch = scope.choice(of: conditional) {
          readTransientTimes(conditional.branches[branch].level, scope)
        }
      default: break
      }
    }
  }

  /// Finds `.options tnom=` and `gmin=` ahead of the elements.
  mutating func readDeviceOptions(_ plan: LevelPlan, _ scope: LevelScope) {
    for content in plan.contents {
      switch content {
      case .directive(let plan) where plan.card.keyword.value == "options":
        for assignment in plan.card.assignments {
          switch assignment.name.value.lowercased() {
          case "tnom": readNominalTemperature(assignment, scope)
          case "gmin": junctionConductance = constant(assignment.expression, scope) ?? junctionConductance
          default: continue
          }
        }
      case .conditional(let conditional):
        if let branch = scope.choice(of: conditional) {
          readDeviceOptions(conditional.branches[branch].level, scope)
        }
      default: break
      }
    }
    if let celsius = overrides["tnom"] { nominalTemperature = celsius }
    if let conductance = overrides["gmin"] { junctionConductance = conductance }
  }

  private mutating func readNominalTemperature(_ assignment: Assignment, _ scope: LevelScope) {
    guard let celsius = constant(assignment.expression, scope) else { return }
    if celsius > -273.15, celsius.isFinite {
      nominalTemperature = celsius
    } else {
      report(.impossibleTemperature(assignment.value.range, celsius: celsius))
    }
  }
}
