internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// What Xyce's `.measure` has beyond ngspice's: values for measures that fail, cycles, and kinds that are not taken here.
extension RequestReader {
  /// Arguments that say how a result is printed or compared; printing is as everywhere.
  private static var arguments: [String] {
    ["precision", "print", "weight", "goal", "failvalue", "rfc_level"]
  }

  /// Takes the arguments off that any measure may have; the value that stands for one that fails.
  mutating func takeGeneralArguments(_ words: inout MeasureWords) -> Double? {
    for name in Self.arguments { _ = words.extract(named: name) }
    if !words.measuresErrors { _ = words.extract(named: "minval") }
    return words.extract(named: "default_val").flatMap { number($0) }
  }

  /// `max{v(a) - v(b)}` as two words.
  func separatingBraces(_ items: ArraySlice<CardItem>) -> ArraySlice<CardItem> {
    guard names.isXyce else { return items }
    return items.flatMap { item -> [CardItem] in
      guard case .field(let field) = item, case .word = field.kind,
        let brace = field.text.bytes.firstIndex(of: UInt8(ascii: "{")), brace > 0,
        MeasureCatalogue.keywords.contains(field.text.slice(0..<brace).string.lowercased())
      else { return [item] }
      return [0..<brace, brace..<field.text.bytes.count].map { part in
        let text = field.text.slice(part)
        return .field(Field(kind: .word, text: text, name: NameTemplate([.text(text.string.lowercased())])))
      }
    }[...]
  }

  /// Says why a measure is not taken, where it is of a kind that is not; the netlist runs without it.
  mutating func refuses(_ card: Card) -> Bool {
    let words = card.fields.prefix(3).map { $0.text.string.lowercased() }
    guard let analysis = words.first else { return false }
    let analyses: [String: String] = [
      "fft": "spectra are not computed; '.four' gives the harmonics",
      "hb": "there is no harmonic balance",
    ]
    let spectra = "'.four' gives the harmonics"
    let kinds: [String: String] = [
      "error": "a waveform file can be compared outside, by the columns that --csv writes",
      "four": spectra, "enob": spectra, "sfdr": spectra,
      "sndr": spectra, "snr": spectra, "thd": spectra,
    ]
    func refuse(_ index: Int, _ reason: String) -> Bool {
      if words.count > 1 { refusedMeasures.insert(words[1]) }
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

  /// `err1 v(a) v(b) [minval=] [ymin=] [ymax=] [from=] [to=]` and `err2`.
  mutating func error(
    _ kind: ErrorKind, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    var places: [Int] = []
    for _ in 0..<2 {
      guard let field = words.extractField() else {
        diagnostics.report(
          .missingSignal(keyword.range, directive: "measure", example: "\(keyword.text.string) v(a) v(b)"))
        return nil
      }
      guard let read = expression(field) else { return nil }
      guard let signal = read.readsCircuit ? signal(read, text: field.text.string, in: card) : read else { return nil }
      places.append(watch(signal, in: analysis))
    }
    var bounds = ErrorBounds()
    let arguments: [(String, WritableKeyPath<ErrorBounds, Double>)] = [
      ("minval", \.smallestDivisor), ("ymin", \.least), ("ignore", \.least), ("ignor", \.least), ("ymax", \.greatest),
    ]
    for (name, bound) in arguments {
      guard let assignment = words.extract(named: name) else { continue }
      guard let value = number(assignment) else { return nil }
      bounds[keyPath: bound] = value
    }
    return window(&words, in: card, analysis, also: arguments.map(\.0)).map {
      .error(kind, measured: places[0], calculated: places[1], bounds, $0 ?? .whole)
    }
  }

  /// `duty v(a) on=0.7 off=0.3 [from=] [to=]` and its kin.
  mutating func cycles(
    _ kind: CycleKind, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.extractField() else {
      diagnostics.report(
        .missingSignal(keyword.range, directive: "measure", example: "\(kind.rawValue) v(a) on=0.7 off=0.3"))
      return nil
    }
    guard let signal = signal(field, in: card) else { return nil }
    let written = (on: words.extract(named: "on"), off: words.extract(named: "off"))
    if written.on == nil, written.off == nil, !names.isXyce {
      diagnostics.report(.missingLevel(keyword.range, keyword: kind.rawValue))
      return nil
    }
    // Xyce's levels are 0 where none is written.
    guard let on = (written.on ?? written.off).map({ number($0) }) ?? 0,
      let off = (written.off ?? written.on).map({ number($0) }) ?? 0
    else { return nil }
    return window(&words, in: card, analysis, also: ["on", "off"]).map {
      .cycles(kind, signal: watch(signal, in: analysis), CycleLevels(on: on, off: off), $0 ?? .whole)
    }
  }
}
