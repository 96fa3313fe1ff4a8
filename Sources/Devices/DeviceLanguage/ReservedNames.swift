internal import Expressions

/// Names that a device block may not give a meaning of its own, in lower case.
enum ReservedNames {
  static let running: Set<String> = ["v", "i", "time"]
  static let temperatures: Set<String> = ["temp", "temper", "tempk", "vthermal"]
  /// Verilog-A's constants; the others of the expression language may be taken.
  static let constants: Set<String> = ["pi", "inf", "p_q", "p_k", "p_h", "p_eps0"]

  static let all = running.union(temperatures).union(constants)

  /// Whether `word` is one of `temperatures`, in whatever case. Most words begin otherwise, and become no string.
  static func isTemperature(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first?.lowercased, first == UInt8(ascii: "t") || first == UInt8(ascii: "v") else {
      return false
    }
    return temperatures.contains(word.lowercasedString)
  }
}
