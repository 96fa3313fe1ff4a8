internal import Diagnostics

/// The words of complaints about the equations, states and noises of a device block.
extension DeviceError {
  var equationDiagnostic: Diagnostic {
    switch self {
    case .noCurrent(let name, let range):
      return Diagnostic(
        .error, "missing-equation", "'\(name)' says nothing about its current", at: range,
        caption: "expected a line i = ... or v = ...")
    case .currentNotKnown(let range):
      return Diagnostic(
        .error, "current-not-known", "the device's current is not known here", at: range,
        caption: "i has no meaning in this line")
    case .currentAndVoltage(let current, let voltage):
      return Diagnostic(
        .error, "two-equations", "a device gives its current or its voltage, not both", at: voltage,
        caption: "v = here", labels: [Label(current, "i = here")],
        fixIts: [FixIt("keep i = ... for a voltage-controlled device, v = ... for a current-controlled one")])
    case .secondEquation(let name, let first, let second):
      return Diagnostic(
        .error, "second-equation", "'\(name)' has two equations", at: second, caption: "a second one",
        labels: [Label(first, "the first")])
    case .branchToItself(let range):
      return Diagnostic(
        .error, "branch-to-itself", "a current needs two different nodes", at: range, caption: "both are one node")
    case .constraintCount(let found, let variables, let fixCurrent, let range):
      let wanted = variables.count + (fixCurrent ? 1 : 0)
      let names = variables.map { "'\($0)'" } + (fixCurrent ? ["the current i"] : [])
      let unknowns = names.isEmpty ? "no var is declared" : "the unknowns are \(names.joined(separator: ", "))"
      return Diagnostic(
        .error, "equation-count",
        "\(found) line\(found == 1 ? "" : "s") 0 = for \(wanted) unknown\(wanted == 1 ? "" : "s")", at: range,
        caption: "expected \(wanted) in all", notes: [unknowns])
    case .nonlinearRate(let range):
      return Diagnostic(
        .error, "nonlinear-rate", "a time derivative may be added and multiplied by constants only", at: range,
        caption: "ddt() enters non-linearly")
    default: return diagnostic
    }
  }

  var stateDiagnostic: Diagnostic {
    switch self {
    case .missingRate(let state, let range):
      return Diagnostic(
        .error, "missing-ddt", "the state '\(state)' has no equation", at: range,
        caption: "expected a line ddt(\(state)) = ...")
    case .rateOfNoState(let name, let kind, let states, let range):
      let what = kind.map { "is \($0)" } ?? "is not declared"
      return Diagnostic(
        .error, "ddt-of-no-state", "'\(name)' \(what); only a state has an equation ddt(...) =", at: range,
        caption: "not a state", notes: ["declare it: state \(name) = start"],
        fixIts: Self.spelling(of: name, among: states, at: range))
    case .missingStart(let kind, let name, let range):
      let guess = kind == "state" ? "= value or = steady(guess)" : "= guess"
      return Diagnostic(
        .error, "missing-start", "the \(kind) '\(name)' does not say where it begins", at: range,
        caption: "expected \(guess)")
    case .eventTarget(let name, let kind, let known, let range):
      let what = kind.map { "is \($0)" } ?? "is not declared"
      return Diagnostic(
        .error, "event-target", "an event sets memories and states; '\(name)' \(what)", at: range,
        caption: "cannot be set",
        notes: [kind == nil ? "declare it: memory \(name) = start" : ""].filter { !$0.isEmpty },
        fixIts: Self.spelling(of: name, among: known, at: range))
    case .randomNumber(let name, let isInEvent, let range):
      let fault = isInEvent ? "takes no arguments" : "draws a number at an event, and this is none"
      return Diagnostic(
        .error, "random-number", "\(name)() \(fault)", at: range,
        notes: [
          "inside 'on ... endon' normal() has mean 0 and variance 1, uniform() is even over (0, 1)",
          "noise in time is a 'noise' line",
        ])
    case .noiseMisused(let name, let range):
      return Diagnostic(
        .error, "noise-misused", "the noise '\(name)' may stand in currents and ddt lines only", at: range,
        caption: "reads a noise")
    case .nonlinearNoise(let name, let range):
      return Diagnostic(
        .error, "nonlinear-noise", "the noise '\(name)' must enter linearly", at: range,
        caption: "multiplied by itself or inside a function")
    default: return diagnostic
    }
  }
}
