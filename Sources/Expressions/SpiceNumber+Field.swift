package import Diagnostics

extension SpiceNumber {
  /// The number in a plain field of a netlist, `100pF`, `-1.5k`, read as leniently as ngspice does: letters behind the
  /// scale suffix are ignored whatever they spell (`1uabc`). Nil where the field is no number.
  package static func parseField(_ bytes: some Collection<UInt8>) -> Double? {
    read(Array(bytes))?.value
  }

  /// The number in the field `text`, with a note where a capital letter does not mean what it may seem to.
  package static func field(_ text: SourceText, diagnostics: inout DiagnosticBag) -> Double? {
    guard let (value, number) = read(text.bytes) else { return nil }
    if let note = number.note(in: text) { diagnostics.report(note.diagnostic) }
    return value
  }

  private static func read(_ bytes: [UInt8]) -> (value: Double, number: SpiceNumber)? {
    var start = 0
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      start = 1
    }
    guard let number = SpiceNumber(scanning: bytes, at: start), number.tail.upperBound == bytes.count else {
      return nil
    }
    let letters = NumberTail.normalised(bytes[number.tail])
    let value = number.value(scaledBy: ScaleSuffix(beginning: letters))
    return value.isFinite ? (isNegative ? -value : value, number) : nil
  }

  /// The surprise in this number's tail, if any: `1M` is no mega, `1F` no farad.
  func note(in text: SourceText) -> ExpressionError? {
    let written = text.bytes[tail]
    switch NumberTail(NumberTail.normalised(written)).scale {
    case .milli where written.first == UInt8(ascii: "M"):
      return .capitalMilli(text.range(digits.lowerBound..<tail.upperBound), number: string(in: text))
    case .femto where written.count == 1 && written.first == UInt8(ascii: "F"):
      return .capitalFemto(text.range(digits.lowerBound..<tail.upperBound), number: string(in: text))
    default:
      return nil
    }
  }

  /// The digits as written.
  func string(in text: SourceText) -> String { String(decoding: text.bytes[digits], as: UTF8.self) }
}
