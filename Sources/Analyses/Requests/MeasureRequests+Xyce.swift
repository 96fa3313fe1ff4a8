internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// What Xyce's `.measure` has beyond ngspice's: values for measures that fail, cycles, and kinds that are not taken here.
extension RequestReader {
  /// Arguments that say how a result is printed or compared; printing is as everywhere.
  private static var arguments: [String] {
    ["precision", "print", "minval", "weight", "goal", "failvalue", "rfc_level"]
  }

  /// Takes the arguments off that any measure may have; the value that stands for one that fails.
  mutating func takeGeneralArguments(_ words: inout MeasureWords) -> Double? {
    for name in Self.arguments { _ = words.extract(named: name) }
    return words.extract(named: "default_val").flatMap { number($0) }
  }

  /// Says why a measure is not taken, where it is of a kind that is not; the netlist runs without it.
  mutating func refuses(_ card: Card) -> Bool {
    let words = card.fields.prefix(3).map { $0.text.string.lowercased() }
    guard let analysis = words.first else { return false }
    let analyses: [String: String] = [
      "tran_cont": "one result is one number: 'cross=1', 'cross=2' and so on take them one by one",
      "dc_cont": "one result is one number: 'cross=1', 'cross=2' and so on take them one by one",
      "ac_cont": "one result is one number: 'cross=1', 'cross=2' and so on take them one by one",
      "noise_cont": "one result is one number: 'cross=1', 'cross=2' and so on take them one by one",
      "fft": "spectra are not computed; '.four' gives the harmonics",
      "hb": "there is no harmonic balance",
    ]
    let norms = "take 'rms' or 'max' of the difference: 'rms {v(a) - v(b)}'"
    let spectra = "'.four' gives the harmonics"
    let kinds: [String: String] = [
      "error": "a waveform file can be compared outside, by the columns that --csv writes",
      "err": norms, "err1": norms, "err2": norms, "err3": norms, "four": spectra, "enob": spectra, "sfdr": spectra,
      "sndr": spectra, "snr": spectra, "thd": spectra,
    ]
    func refuse(_ index: Int, _ reason: String) -> Bool {
      diagnostics.report(
        .refusedMeasure(card.fields[index].range, word: card.fields[index].text.string, reason: reason))
      return true
    }
    if let reason = analyses[analysis] { return refuse(0, reason) }
    if words.count > 2, let reason = kinds[words[2]] { return refuse(2, reason) }
    let names = card.assignments.map(\.name.value)
    if names.contains("frac_max"), let index = card.fields.indices.first(where: { $0 > 1 }) {
      return refuse(index, "a level is a number: 'frac_max=' would need the whole run before it")
    }
    if words.count > 2, MeasureCatalogue.statistic(words[2]) != nil,
      names.contains(where: { ["rise", "fall", "cross"].contains($0) })
    {
      return refuse(2, "'from=' and 'to=' bound the window of '\(words[2])'")
    }
    return false
  }

  /// `.result {expression}`: its last value in every run, named as it is written.
  mutating func readResult(_ card: Card, of cards: [Card]) {
    for field in card.fields {
      let name = field.text.string.lowercased().filter { !"{}' \t".contains($0) }
      if let expression = expression(field), !expression.readsCircuit,
        expression.constant(in: scope, diagnostics: &diagnostics) != nil
      {
        let analysis = AnalysisKind.allCases.first { kind in cards.contains { $0.keyword.value == kind.rawValue } }
        if let analysis {
          add(MeasureRequest(name: name, quantity: .parameter(expression), range: field.range), to: analysis)
        }
        continue
      }
      guard let signal = signal(field, in: card), let final = MeasureCatalogue.statistic("final")
      else { continue }
      for analysis in [AnalysisKind.tran, .dc]
      where cards.contains(where: { $0.keyword.value == analysis.rawValue }) {
        let quantity = MeasureRequest.Quantity.statistic(
          final, signal: watch(signal, in: analysis), .whole)
        add(MeasureRequest(name: name, quantity: quantity, range: field.range), to: analysis)
      }
    }
  }

  /// `duty v(a) on=0.7 off=0.3 [from=] [to=]` and its kin.
  mutating func cycles(
    _ kind: CycleKind, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.field() else {
      diagnostics.report(
        .missingSignal(keyword.range, directive: "measure", example: "\(kind.rawValue) v(a) on=0.7 off=0.3"))
      return nil
    }
    guard let signal = signal(field, in: card) else { return nil }
    let written = (on: words.extract(named: "on"), off: words.extract(named: "off"))
    guard let on = written.on ?? written.off, let off = written.off ?? written.on else {
      diagnostics.report(.missingLevel(keyword.range, keyword: kind.rawValue))
      return nil
    }
    guard let on = number(on), let off = number(off) else { return nil }
    return window(&words, in: card, analysis, also: ["on", "off"]).map {
      .cycles(kind, signal: watch(signal, in: analysis), CycleLevels(on: on, off: off), $0 ?? .whole)
    }
  }
}
