internal import Waveforms

/// `all`, `allv`, `alli`, `ally`, or an expression of one, `db(ac1.allv)`: it stands for as many vectors as the plot has.
struct VectorGroup {
  /// The plot in front of the word.
  let plot: String?
  private let word: String
  private let before: String
  private let behind: String

  /// Nil where `text` holds no such word.
  init?(in text: String) {
    guard let match = text.firstMatch(of: /\b(?:(\w+)\.)?(all[viy]?)\b/) else { return nil }
    plot = match.output.1.map(String.init)
    word = String(match.output.2)
    before = String(text[..<match.range.lowerBound])
    behind = String(text[match.range.upperBound...])
    // A node of that name.
    if before.hasSuffix("v("), behind.hasPrefix(")") { return nil }
  }

  /// Whether it is the word alone.
  var isAlone: Bool { before.isEmpty && behind.isEmpty }

  var prefix: String { plot.map { $0 + "." } ?? "" }

  /// `allv` takes voltages, `alli` currents.
  func contains(_ kind: SignalKind) -> Bool {
    switch word {
    case "allv": kind == .voltage
    case "alli": kind == .current
    default: true
    }
  }

  /// The expression of one of the vectors.
  func expression(of name: String) -> String { before + prefix + name + behind }
}
