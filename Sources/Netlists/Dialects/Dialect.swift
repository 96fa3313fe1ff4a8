internal import Diagnostics
internal import Expressions

/// Whose netlist a text is. The language is one; dialects differ in what a few words of it mean.
package enum Dialect: String, Sendable, CaseIterable {
  case ngspice, ltspice, xyce

  package var title: String {
    switch self {
    case .ngspice: "ngspice"
    case .ltspice: "LTspice"
    case .xyce: "Xyce"
    }
  }
}

/// Finds out whose netlist a text is, before any line of it is read.
///
/// `.options dialect=` says it. Where nothing does, a line that no other simulator knows gives the text away; failing that,
/// in a netlist without a word of this program's own, a hint (`XyceHints`).
struct DialectReader {
  private(set) var dialect = Dialect.ngspice
  /// The line that gave a dialect away; nil where an option says it, or nothing does.
  private(set) var sign: SourceRange?
  /// Whether the sign is no more than a hint.
  private(set) var isHint = false
  /// Whether a line may define a parameter `freq`.
  private(set) var definesFrequency = false
  private var isWritten = false
  /// The directive that a line with `+` continues.
  private var directive = ""

  init(_ file: FileID, in sources: SourceMap) {
    let bytes = sources[file].bytes
    var start = 0
    var isTitle = true
    var hints = XyceHints()
    while start < bytes.count, !isWritten {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let first = bytes[start..<end].firstIndex { !$0.isBlank } ?? end
      if first < end {
        // Only directives, titles, comments and devices of Xyce tell; other lines are passed over unread.
        let byte = bytes[first]
        let line = bytes[first..<end].prefix(400).withoutBlanksBehind
        let range = SourceRange(file: file, start: UInt32(first), end: UInt32(line.endIndex))
        if byte == UInt8(ascii: "*") || isTitle { hints.readRemark(line, at: range) }
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || isTitle || byte | 0x20 == UInt8(ascii: "y") {
          let words = words(of: line)
          if !isTitle { hints.read(words, at: range) }
          if let keyword = words.first, Self.definitions.contains(keyword), words.contains("freq") {
            definesFrequency = true
          }
          read(line, words, isTitle: isTitle, at: range)
        }
      }
      isTitle = false
      start = end + 1
    }
    if sign == nil, !isWritten, let hint = hints.sign { (dialect, sign, isHint) = (.xyce, hint, true) }
  }

  private static let definitions: Set<String> = [".param", ".params", ".global_param", ".subckt", ".func"]

  /// The words of a line in lower case, behind those that it continues.
  private mutating func words(of line: ArraySlice<UInt8>) -> [String] {
    func cut(_ line: ArraySlice<UInt8>) -> [String] {
      line.split { $0.isBlank || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ",") }.map { $0.lowercasedString }
    }
    if line.first == UInt8(ascii: "+") { return directive.isEmpty ? [] : [directive, ""] + cut(line.dropFirst()) }
    let words = cut(line)
    directive = words.first ?? ""
    return words
  }

  private mutating func read(_ line: ArraySlice<UInt8>, _ words: [String], isTitle: Bool, at range: SourceRange) {
    guard let keyword = words.first else { return }
    if !isTitle, [".options", ".option", ".opt"].contains(keyword), let place = words.firstIndex(of: "dialect"),
      place + 1 < words.count, let written = Dialect(rawValue: words[place + 1])
    {
      (dialect, sign, isWritten) = (written, nil, true)
    } else if sign == nil, let found = isTitle ? Self.dialect(ofTitle: line) : Self.dialect(of: keyword, words) {
      (dialect, sign) = (found, range)
    }
  }

  /// LTspice writes the path of its drawing into the first line.
  private static func dialect(ofTitle line: ArraySlice<UInt8>) -> Dialect? {
    line.first == UInt8(ascii: "*") && line.suffix(4).lowercasedString == ".asc" ? .ltspice : nil
  }

  private static let optionPackages: Set<String> = [
    "timeint", "linsol", "nonlin", "device", "output", "restart", "hbint", "parser", "fft", "samples", "dist",
    "nonlin-tran", "linsol-ac", "linsol-hb", "diagnostic", "measure", "loca", "topology", "sensitivity", "parallel",
  ]

  /// What no other program measures.
  private static let measures: Set<String> = ["eqn", "duty", "freq", "on_time", "off_time", "err1", "err2"]

  /// A name with colons, a global node `$g...`, a pattern, the power of a device, a density of noise: no other program prints such.
  private static func isPrintedByXyce(_ word: String) -> Bool {
    let starts = ["w(", "n(", "dno(", "dni("]
    if word.contains("("), word.contains("?") || word.contains("*") && !["v(", "i(", "p("].contains(word.prefix(2)) {
      return true
    }
    return word.contains(":") || word.contains("($g") || ["onoise", "inoise"].contains(word)
      || starts.contains(where: word.hasPrefix)
  }

  private static func dialect(of keyword: String, _ words: [String]) -> Dialect? {
    switch keyword {
    case ".backanno": return .ltspice
    case ".global_param", ".preprocess", ".result", ".dcvolt": return .xyce
    case ".lib" where words.count > 1 && words[1].contains("ltspice"): return .ltspice
    case ".options", ".option", ".opt": return words.count > 1 && optionPackages.contains(words[1]) ? .xyce : nil
    case ".subckt": return words.contains { $0.hasPrefix("$g") } ? .xyce : nil
    case ".print": return words.contains("format") || words.dropFirst(2).contains(where: isPrintedByXyce) ? .xyce : nil
    case ".noise", ".ac": return words.contains("data") ? .xyce : nil
    case ".step": return words.count > 1 && words[1].contains(":") ? .xyce : nil
    case ".measure", ".meas":
      return words.count > 1 && words[1].hasSuffix("_cont") || words.count > 3 && measures.contains(words[3])
        ? .xyce : nil
    case let device where device.hasPrefix("ymemristor"): return .xyce
    default: return nil
    }
  }
}

/// What points to Xyce without being its own alone: a comment or title that names it and no other program, an expression in
/// braces or the name of a measure among the signals of `.print`.
private struct XyceHints {
  private var remark: SourceRange?
  private var namesOther = false
  private var line: SourceRange?
  private var measures: Set<String> = []
  private var printed: [(name: String, line: SourceRange)] = []
  /// Whether the netlist has words of this program.
  private var isOwn = false

  private static let otherPrograms: Set<String> = [
    "ngspice", "ltspice", "pspice", "hspice", "spectre", "simetrix", "neuristor",
  ]
  private static let ownWords: Set<String> = [".memristor", ".expect", ".spikes", ".for", ".neuron", ".control"]

  /// The line that is a hint; nil where there is none, or where the netlist is no other program's.
  var sign: SourceRange? {
    if isOwn { return nil }
    if let line { return line }
    if let line = printed.first(where: { measures.contains($0.name) })?.line { return line }
    return namesOther ? nil : remark
  }

  mutating func readRemark(_ line: ArraySlice<UInt8>, at range: SourceRange) {
    // Letters above ASCII are part of words, none of which is a program's name.
    for word in line.split(whereSeparator: { !$0.isLetter && $0 < 0x80 }) where word.count >= 4 {
      let name = word.lowercasedString
      namesOther = namesOther || Self.otherPrograms.contains(name)
      if remark == nil, name == "xyce" { remark = range }
    }
  }

  mutating func read(_ words: [String], at range: SourceRange) {
    guard let keyword = words.first else { return }
    isOwn = isOwn || Self.ownWords.contains(keyword)
    switch keyword {
    case ".measure", ".meas": if words.count > 2 { measures.insert(words[2]) }
    case ".print":
      // ngspice has spectra alone in `.print noise`.
      let isNoise = words.count > 1 && words[1] == "noise"
      if line == nil,
        words.dropFirst(2).contains(where: {
          $0.hasPrefix("{") || isNoise && "vi".contains($0.prefix(1)) && $0.contains("(")
        })
      {
        line = range
      }
      printed += words.dropFirst(2).map { ($0, range) }
    default: break
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var withoutBlanksBehind: ArraySlice<UInt8> {
    self[..<(lastIndex { !$0.isBlank }.map { $0 + 1 } ?? startIndex)]
  }
}
