internal import Diagnostics
internal import Waveforms

extension Diagnostic {
  static func malformedStep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "malformed-step", "this .step line is not complete, or holds too much", at: range,
      fixIts: [
        FixIt("write: .step [param] NAME start stop step"),
        FixIt("or: .step dec|oct [param] NAME start stop points"),
        FixIt("or: .step [param] NAME list value value ..."),
      ])
  }

  static func wrongLogarithmicStep(_ range: SourceRange, start: Double, stop: Double, points: Double) -> Diagnostic {
    let way = "from \(NumberFormat.significant(start)) to \(NumberFormat.significant(stop))"
    if start == 0 || stop == 0 || (start < 0) != (stop < 0) {
      return Diagnostic(
        .error, "wrong-logarithmic-step", "no decades or octaves lead \(way)", at: range,
        caption: "neither may be 0, and both must have one sign")
    }
    return Diagnostic(
      .error, "wrong-logarithmic-step",
      "\(NumberFormat.significant(points)) values in a decade or octave are not possible", at: range,
      caption: "the last number must be whole, 1 or above, and make no more than a million runs")
  }

  static func malformedTable(_ range: SourceRange, reason: String) -> Diagnostic {
    Diagnostic(
      .error, "malformed-table", "this .data table cannot be read: \(reason)", at: range,
      fixIts: [FixIt("write: .data NAME r c, then a row of two numbers a line, then .enddata")])
  }

  static func repeatedTable(_ range: SourceRange, name: String, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "malformed-table", "there are two .data tables named '\(name)'", at: range,
      labels: [Label(first, "the first one")])
  }

  static func unknownTable(_ range: SourceRange, name: String, known: [String]) -> Diagnostic {
    Diagnostic(
      .error, "unknown-table", "there is no .data table named '\(name)'", at: range,
      caption: known.isEmpty ? "this netlist has no .data" : "known are \(known.joined(separator: ", "))",
      fixIts: Suggestion.nearest(to: name, among: known).map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func unknownStep(_ range: SourceRange, name: String, known: [String], mustBeParameter: Bool) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known).map { [FixIt("did you mean '\($0)'?")] } ?? []
    return Diagnostic(
      .error, "unknown-step",
      mustBeParameter ? "no .param is called '\(name)'" : "no independent source and no .param is called '\(name)'",
      at: range, caption: "nothing to step",
      fixIts: near + [
        FixIt(
          mustBeParameter
            ? "write {\(name)} where its values belong"
            : "to step the value of an element, write {value} there and .step param value ...")
      ])
  }

  static func repeatedStep(_ range: SourceRange, name: String, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "repeated-step", "'\(name)' is stepped twice", at: range,
      labels: [Label(first, "stepped here already")])
  }

  static func tooManyRuns(_ range: SourceRange, most: Int) -> Diagnostic {
    Diagnostic(
      .error, "too-many-runs", "the .step lines make more than \(most) runs", at: range,
      notes: ["every value of a line is combined with every value of the others"])
  }

  static func malformedSamples(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "malformed-mc", "this .mc line is not complete, or holds too much", at: range,
      fixIts: [FixIt("write: .mc RUNS [seed=S]")])
  }

  static func wrongSampleCount(_ range: SourceRange, count: Double, most: Int) -> Diagnostic {
    Diagnostic(
      .error, "malformed-mc", "\(NumberFormat.significant(count)) samples are not possible", at: range,
      caption: "a whole number from 1 to \(most)")
  }

  static func stepLeftOut(_ range: SourceRange, name: String) -> Diagnostic {
    Diagnostic(.note, "step-left-out", "'\(name)' is not stepped: --set gives its value", at: range)
  }

  static func shapeOutranksStep(_ range: SourceRange, name: String) -> Diagnostic {
    Diagnostic(
      .warning, "shape-outranks-step",
      "\(name) follows its shape in .tran: stepping its direct value changes nothing there",
      at: range, fixIts: [FixIt("write the amplitude as {name} and step the .param: .step param name ...")])
  }
}
