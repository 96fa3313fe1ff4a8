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
/// `.options dialect=` says it. Where nothing does, a line that no other simulator knows gives the text away.
struct DialectReader {
  private(set) var dialect = Dialect.ngspice
  /// The line that gave a dialect away; nil where an option says it, or nothing does.
  private(set) var sign: SourceRange?
  private var isWritten = false

  init(_ file: FileID, in sources: SourceMap) {
    let bytes = sources[file].bytes
    var start = 0
    var isTitle = true
    while start < bytes.count, !isWritten {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let first = bytes[start..<end].firstIndex { !$0.isBlank } ?? end
      if first < end {
        // Only directives, titles and devices of Xyce tell; other lines are passed over unread.
        let byte = bytes[first]
        if byte == UInt8(ascii: ".") || isTitle || byte | 0x20 == UInt8(ascii: "y") {
          read(bytes[first..<end].prefix(400), isTitle: isTitle, at: first, of: file)
        }
      }
      isTitle = false
      start = end + 1
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>, isTitle: Bool, at start: Int, of file: FileID) {
    let text = line.lowercasedString
    let words = text.split(whereSeparator: { " \t\r=,".contains($0) }).map(String.init)
    guard let keyword = words.first else { return }
    if !isTitle, [".options", ".option", ".opt"].contains(keyword), let place = words.firstIndex(of: "dialect"),
      place + 1 < words.count, let written = Dialect(rawValue: words[place + 1])
    {
      (dialect, sign, isWritten) = (written, nil, true)
    } else if sign == nil, let found = isTitle ? Self.dialect(ofTitle: text) : Self.dialect(of: keyword, words) {
      dialect = found
      let length = text.utf8.reversed().drop { $0 <= 0x20 }.count
      sign = SourceRange(file: file, start: UInt32(start), end: UInt32(start + length))
    }
  }

  /// LTspice writes the path of its drawing into the first line.
  private static func dialect(ofTitle text: String) -> Dialect? {
    text.hasPrefix("*") && text.trimmedEnd.hasSuffix(".asc") ? .ltspice : nil
  }

  private static let optionPackages: Set<String> = [
    "timeint", "linsol", "nonlin", "device", "output", "restart", "hbint", "parser", "fft", "samples", "dist",
    "nonlin-tran", "linsol-ac", "linsol-hb", "diagnostic", "measure", "loca", "topology", "sensitivity", "parallel",
  ]

  /// A name with colons, the power of a device, a density of noise: no other program prints such.
  private static func isPrintedByXyce(_ word: String) -> Bool {
    let starts = ["w(", "n(", "dno(", "dni("]
    return word.contains(":") || ["onoise", "inoise"].contains(word) || starts.contains(where: word.hasPrefix)
  }

  private static func dialect(of keyword: String, _ words: [String]) -> Dialect? {
    switch keyword {
    case ".backanno": return .ltspice
    case ".global_param", ".preprocess", ".result", ".dcvolt": return .xyce
    case ".lib" where words.count > 1 && words[1].contains("ltspice"): return .ltspice
    case ".options", ".option", ".opt": return words.count > 1 && optionPackages.contains(words[1]) ? .xyce : nil
    case ".print": return words.contains("format") || words.dropFirst(2).contains(where: isPrintedByXyce) ? .xyce : nil
    case ".noise": return words.contains("data") ? .xyce : nil
    case ".step": return words.count > 1 && words[1].contains(":") ? .xyce : nil
    case ".measure", ".meas": return words.count > 1 && words[1].hasSuffix("_cont") ? .xyce : nil
    case let device where device.hasPrefix("ymemristor"): return .xyce
    default: return nil
    }
  }
}

extension String {
  fileprivate var trimmedEnd: Substring {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
