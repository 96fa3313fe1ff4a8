package import Circuits
package import Diagnostics
package import Equations
package import Solvers

/// `.options` understood.
package struct RunSettings: Sendable {
  package var tolerances = ToleranceSettings()
  package var maximumOrder = 5
  /// `points=steps`: accepted steps instead of multiples of tstep.
  package var pointsAreSteps = false
  /// `delmax=`: no step of a transient is longer, s.
  package var longestStep: Double?
  /// `outputinterval=`: what tstep is to the points written, s; `.options output initial_interval=` of Xyce.
  package var outputInterval: Double?
  /// `phasesinradians=1`: Xyce's phases are in radians instead of degrees.
  package var hasPhasesInRadians = false
  /// What a measure that fails is given, as Xyce's `.options measure default_val=` asks.
  package var measureDefault: Double?
  /// `solver=`: how linear systems are solved; `newton=`: whether Newton's iteration goes in sweeps, and whether those of
  /// a small circuit go over all groups at once; `vectors=`: when the vectors of a step are formed.
  package var linearSolver = BorderedMatrix.Method.automatic
  package var sweeps = true
  package var joinsGroups = true
  package var vectors = IDAIntegrator.Vectors.automatic
  /// `threads=`: how many share one simulation where it is large.
  package var threads = 1
  /// `acct`: numbers on how hard a run was are printed.
  package var accounts = false
  /// `noise=on`: the noise of devices runs in time; `noisedt=`: in samples so far apart, s.
  package var bringsNoise = false
  package var noiseInterval: Double?
  /// `nfreqs=`: harmonics of `.four`, that of frequency 0 included.
  package var harmonicCount = 10
  /// Where random numbers begin.
  package var seed: UInt64 = 1
  /// `numdgt=`: digits behind the point in `.print` tables.
  package var printedDigits: Int?

  package init() {}
}

extension RunSettings {
  /// Reads `.options` (and what `--set` names beyond `parameters`).
  package init(
    _ options: [String: Located<OptionValue>], parameters: [String], diagnostics: inout DiagnosticBag
  ) {
    for (name, option) in options.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "reltol": tolerances.relative = positive(name, option, &diagnostics) ?? tolerances.relative
      case "vntol": tolerances.voltage = positive(name, option, &diagnostics)
      case "abstol": tolerances.current = positive(name, option, &diagnostics)
      case "maxord": readOrder(option, &diagnostics)
      case "method": readMethod(option, &diagnostics)
      case "points":
        pointsAreSteps = word(name, option, among: ["steps", "grid"], &diagnostics) == "steps"
      case "solver":
        let word = word(name, option, among: ["auto", "klu", "full"], &diagnostics)
        linearSolver = word == "klu" ? .sparseBorder : word == "full" ? .sparse : .automatic
      case "acct": accounts = flag(name, option, &diagnostics)
      case "vectors":
        let word = word(name, option, among: ["auto", "deferred", "formed"], &diagnostics)
        vectors = word == "deferred" ? .deferred : word == "formed" ? .formed : .automatic
      case "newton":
        let word = word(name, option, among: ["sweeps", "blocks", "ida"], &diagnostics)
        sweeps = word != "ida"
        joinsGroups = word != "blocks"
      case "noise": bringsNoise = word(name, option, among: ["on", "off"], &diagnostics) == "on"
      case "noisedt": noiseInterval = positive(name, option, &diagnostics)
      case "nfreqs": readHarmonics(option, &diagnostics)
      case "seed": readSeed(option, &diagnostics)
      case "threads": readThreads(option, &diagnostics)
      case "reltolatmost":
        // Xyce's is a share of its own error estimate: one that is looser than the default makes nothing better.
        tolerances.relative = min(positive(name, option, &diagnostics) ?? 1, tolerances.relative)
      case "outputinterval": outputInterval = positive(name, option, &diagnostics)
      case "phasesinradians":
        switch option.value {
        case .number(let value): hasPhasesInRadians = value != 0
        case .word(let word): hasPhasesInRadians = word == "true"
        case .flag: hasPhasesInRadians = true
        }
      case "measuredefault": if case .number(let value) = option.value { measureDefault = value }
      case "maxstep", "delmax": longestStep = positive(name, option, &diagnostics)
      case "numdgt":
        if case .number(let value) = option.value, value >= 1 { printedDigits = Int(min(value, 16)) }
      case "temp", "tnom", "dialect": continue
      case "gmin": readJunctionConductance(option, &diagnostics)
      default:
        if let reason = OptionCatalogue.withoutEffect[name] {
          diagnostics.report(.optionWithoutEffect(option.range, name: name, reason: reason))
        } else {
          diagnostics.report(.unknownOption(option.range, name: name, parameters: parameters))
        }
      }
    }
  }

  private func positive(_ name: String, _ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) -> Double? {
    if case .number(let value) = option.value, value > 0, value.isFinite { return value }
    diagnostics.report(.wrongOptionValue(option.range, name: name, wanted: "a positive number"))
    return nil
  }

  /// A bare name, or 0 or 1 as `--set` gives it.
  private func flag(_ name: String, _ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) -> Bool {
    switch option.value {
    case .flag: return true
    case .number(let value) where value == 0 || value == 1: return value == 1
    default:
      diagnostics.report(.wrongOptionValue(option.range, name: name, wanted: "0, 1 or nothing"))
      return false
    }
  }

  private func word(
    _ name: String, _ option: Located<OptionValue>, among words: [String], _ diagnostics: inout DiagnosticBag
  ) -> String? {
    if case .word(let word) = option.value, words.contains(word) { return word }
    diagnostics.report(.wrongOptionValue(option.range, name: name, wanted: words.joined(separator: " or ")))
    return nil
  }

  private mutating func readSeed(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    guard case .number(let value) = option.value, let whole = UInt64(exactly: value) else {
      return diagnostics.report(.wrongOptionValue(option.range, name: "seed", wanted: "a whole number, 0 or above"))
    }
    seed = whole
  }

  private mutating func readThreads(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    guard case .number(let value) = option.value, let count = Int(exactly: value),
      (1...Crew.largestSize).contains(count)
    else {
      let wanted = "a whole number from 1 to \(Crew.largestSize)"
      return diagnostics.report(.wrongOptionValue(option.range, name: "threads", wanted: wanted))
    }
    threads = count
  }

  private mutating func readHarmonics(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    guard case .number(let value) = option.value, value >= 2, value <= 1e4, value == value.rounded() else {
      return diagnostics.report(.wrongOptionValue(option.range, name: "nfreqs", wanted: "a whole number, 2 or above"))
    }
    harmonicCount = Int(value)
  }

  /// The elaborator has read it for the devices; here it is checked.
  private func readJunctionConductance(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    if case .number(let value) = option.value, value >= 0, value.isFinite { return }
    diagnostics.report(.wrongOptionValue(option.range, name: "gmin", wanted: "a number, 0 or above"))
  }

  private mutating func readOrder(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    guard case .number(let value) = option.value, value >= 1, value <= 6, value == value.rounded() else {
      return diagnostics.report(.wrongOptionValue(option.range, name: "maxord", wanted: "1, 2 or 5"))
    }
    switch Int(value) {
    case 3, 4: diagnostics.report(.refusedOrder(option.range, order: Int(value)))
    case let order: maximumOrder = min(order, 5)
    }
  }

  private static let methods = ["gear", "bdf", "trap", "trapezoidal", "modtrap", "modified", "normal", "euler"]

  /// `gear` and `trap` both mean what the program does anyway: backward differentiation, whose order maxord limits.
  private mutating func readMethod(_ option: Located<OptionValue>, _ diagnostics: inout DiagnosticBag) {
    guard let method = word("method", option, among: Self.methods, &diagnostics) else { return }
    if method != "gear", method != "bdf" {
      diagnostics.report(
        .optionWithoutEffect(option.range, name: "method", reason: "backward differentiation of order 1 to 5 is used"))
    }
  }
}
