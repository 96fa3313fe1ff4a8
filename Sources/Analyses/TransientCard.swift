internal import Circuits
internal import Diagnostics
internal import Expressions
internal import Netlists

/// `.tran tstep tstop [tstart [tmax]] [uic]`; LTspice's `.tran tstop` and its words; Xyce's `noop`.
extension AnalysisRequest {
  static func transient(
    _ card: Card, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> TransientRequest? {
    var fields = card.fields
    var usesInitialConditions = false
    while let word = fields.last?.name.plain, let range = fields.last?.range {
      if word == "uic" || word == "noop" {
        usesInitialConditions = true
      } else if let reason = refusedWords[word] {
        diagnostics.report(.refusedTransientWord(range, word: word, reason: reason))
        return nil
      } else if word != "nodiscard", word != "sweep" {
        break
      }
      fields.removeLast()
    }
    let unknown = card.assignments.filter { $0.name.value != "data" }
    guard (1...4).contains(fields.count), unknown.isEmpty else {
      diagnostics.report(
        .wrongAnalysis(
          unknown.first?.name.range ?? card.text.range, directive: "tran",
          form: ".tran tstep tstop [tstart [tmax]] [uic]"))
      return nil
    }
    var numbers: [Double] = []
    for field in fields {
      guard let value = number(field, scope, &diagnostics) else { return nil }
      // The stop time alone must be there and positive: 0 stands for what the program chooses.
      let isStop = numbers.count == (fields.count == 1 ? 0 : 1)
      guard value.isFinite, isStop ? value > 0 : value >= 0 else {
        diagnostics.report(.wrongTime(field.range, value: value))
        return nil
      }
      numbers.append(value)
    }
    if numbers.count == 1 { numbers.insert(0, at: 0) }
    let start = numbers.count > 2 ? numbers[2] : 0
    guard start < numbers[1] else {
      diagnostics.report(.startBehindStop(fields[2].range, start: start, stop: numbers[1]))
      return nil
    }
    let longest = numbers.count > 3 && numbers[3] > 0 ? numbers[3] : nil
    return TransientRequest(
      step: numbers[0], stop: numbers[1], start: start, maximumStep: longest,
      usesInitialConditions: usesInitialConditions, range: card.text.range)
  }

  /// LTspice's modifiers that change the answer.
  private static let refusedWords = [
    "startup": "sources do not rise by themselves in the first 20 us; write the rise into them, PULSE(0 5 0 20u)",
    "steady": "a run ends at tstop; choose it so late that nothing changes any more",
    "step": "loads are not stepped when a steady state is reached; '.step' repeats the whole run",
  ]
}
