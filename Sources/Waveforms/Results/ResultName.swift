/// A result as `.measure param=` and `.expect` name it: `vmax`, `s.count`, `s.time[3]`, `s.time[c5,1]`.
package struct ResultName: Sendable, Equatable {
  package enum SpikeProperty: String, Sendable, CaseIterable {
    case count, time, latency, rate, velocity
  }

  /// A measure's or a spike train's name.
  package var base: String
  /// What follows the last point.
  package var property: String?
  /// What stands in the brackets, split at commas outside parentheses.
  package var arguments: [String]

  /// Reads `text`, blanks ignored; nil where the brackets do not close.
  package init?(_ text: String) {
    let bytes = text.lowercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let open = bytes.firstIndex(of: UInt8(ascii: "["))
    let head = bytes[..<(open ?? bytes.endIndex)]
    arguments = []
    if let open {
      guard bytes.last == UInt8(ascii: "]") else { return nil }
      arguments = Self.split(bytes[(open + 1)..<(bytes.endIndex - 1)])
    }
    if let point = head.lastIndex(of: UInt8(ascii: ".")) {
      base = String(decoding: head[..<point], as: UTF8.self)
      property = String(decoding: head[(point + 1)...], as: UTF8.self)
    } else {
      base = String(decoding: head, as: UTF8.self)
      property = nil
    }
    if base.isEmpty { return nil }
  }

  private static func split(_ bytes: ArraySlice<UInt8>) -> [String] {
    var depth = 0
    var parts: [[UInt8]] = [[]]
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        parts.append([])
        continue
      default: break
      }
      parts[parts.count - 1].append(byte)
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
