internal import Diagnostics

/// Bytes to tokens, one at a time: a line of any length costs no more than the part of it that is read.
struct Lexer {
  let text: SourceText
  let grammar: ExpressionGrammar
  private(set) var position = 0
  /// Conditionals of which the `:` is still to come: a `:` behind a name is theirs.
  var openConditionals = 0
  /// Notes on numbers (`1M` is milli), which are no faults.
  private(set) var notes: [ExpressionError] = []

  private var bytes: [UInt8] { text.bytes }

  init(_ text: SourceText, grammar: ExpressionGrammar) {
    self.text = text
    self.grammar = grammar
  }

  mutating func next() throws(ExpressionError) -> Token {
    skipBlanks()
    let start = position
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    if byte.isDigit || (byte == UInt8(ascii: ".") && (peek(1)?.isDigit ?? false)) { return try number() }
    if byte == UInt8(ascii: "@") { return try quantity() }
    if byte == UInt8(ascii: "\""), !grammar.mathematicalPower, let text = quotedText() {
      return text
    }
    if isNameStart { return try name() }
    return try sign(byte)
  }

  /// Whether a `(` follows, so that the name just read is a call.
  mutating func isAtOpenParenthesis() -> Bool {
    skipBlanks()
    return peek() == UInt8(ascii: "(")
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte.isBlank { position += 1 }
  }

  // MARK: Numbers

  private mutating func number() throws(ExpressionError) -> Token {
    let start = position
    guard let number = SpiceNumber(scanning: bytes, at: start) else { throw unexpectedCharacter() }
    position = number.tail.upperBound
    let range = text.range(start..<position)
    let letters = NumberTail.normalised(bytes[number.tail])
    let tail = NumberTail(letters)
    let written = String(decoding: bytes[number.tail], as: UTF8.self)
    if !tail.isKnown { throw .unknownTail(range, number: number.string(in: text), tail: written) }
    if grammar.reservedTails.contains(letters) {
      throw .ambiguousTail(range, number: number.string(in: text), tail: written)
    }
    let value = number.value(scaledBy: tail.scale)
    guard value.isFinite else { throw .numberTooLarge(range) }
    if let note = number.note(in: text) { notes.append(note) }
    return Token(kind: .number(value), range: start..<position)
  }

  // MARK: Names

  /// `"wave.dat"`: a name, its quotes and capitals kept.
  private mutating func quotedText() -> Token? {
    guard let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    defer { position = end + 1 }
    return Token(
      kind: .name(String(decoding: bytes[position...end], as: UTF8.self)), range: position..<end + 1
    )
  }

  /// A letter, `_`, or a letter of another script.
  private var isNameStart: Bool {
    guard let byte = peek() else { return false }
    return byte.isLetter || byte == UInt8(ascii: "_") || (byte >= 0x80 && scalar()?.properties.isAlphabetic ?? false)
  }

  /// The scalar above ASCII that stands here; nil where the bytes are no UTF-8.
  private func scalar() -> Unicode.Scalar? {
    var decoder = UTF8()
    var iterator = bytes[position...].prefix(4).makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
    return nil
  }

  private mutating func name() throws(ExpressionError) -> Token {
    let start = position
    var lastColon: Int?
    while let byte = peek() {
      if byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "#") {
        position += 1
      } else if byte == UInt8(ascii: ":"), openConditionals == 0, !grammar.mathematicalPower, let next = peek(1),
        next.isLetter || next == UInt8(ascii: "_")
      {
        lastColon = position
        position += 1
      } else if isNameStart {
        position += byte < 0x80 ? 1 : scalar().map { UTF8.width($0) } ?? 1
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["), !grammar.mathematicalPower {
        // `r{k}` inside a .for; `s.time[c5,1]` of a measure.
        position = try endOfGroup(from: position)
      } else {
        break
      }
    }
    if let colon = lastColon {
      // Xyce's `R1:TC1`, `X1:R1:R`.
      let device = bytes[start..<colon].lowercasedString.replacing(":", with: ".")
      return Token(
        kind: .quantity(device: device, name: bytes[colon + 1..<position].lowercasedString), range: start..<position)
    }
    let spelling = bytes[start..<position].filter { !$0.isBlank }.lowercasedString
    return Token(kind: Self.operators[spelling] ?? .name(spelling), range: start..<position)
  }

  private static let operators: [String: Token.Kind] = ["and": .binary(.and), "or": .binary(.or), "not": .not]

  /// The position behind the bracket that closes the one at `open`; braces and square brackets nest.
  private func endOfGroup(from open: Int) throws(ExpressionError) -> Int {
    var depth = 0
    var index = open
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      index += 1
      if depth == 0 { return index }
    }
    throw .unclosed(text.range(open..<open + 1), bracket: String(UnicodeScalar(bytes[open])))
  }

  private mutating func quantity() throws(ExpressionError) -> Token {
    let start = position
    var open = start + 1
    while open < bytes.count, !bytes[open].isBlank, !Self.endsDeviceName.contains(bytes[open]) {
      open = bytes[open] == UInt8(ascii: "{") ? try endOfGroup(from: open) : open + 1
    }
    guard open < bytes.count, bytes[open] == UInt8(ascii: "["), open > start + 1 else {
      throw .malformedProbe(text.range(start..<max(open, start + 1)), form: "@device[quantity]")
    }
    position = try endOfGroup(from: open)
    let device = bytes[start + 1..<open].lowercasedString
    let name = bytes[open + 1..<position - 1].filter { !$0.isBlank }.lowercasedString
    guard !name.isEmpty else { throw .malformedProbe(text.range(start..<position), form: "@device[quantity]") }
    return Token(kind: .quantity(device: device, name: name), range: start..<position)
  }

  private static let endsDeviceName = Set("[]()'+,".utf8)

  /// Whether the parentheses at hand hold nothing but names: `im(v1)` is about a device, `im(v(out))` is a function.
  func isAtPlainArguments() -> Bool {
    for byte in bytes[position...].dropFirst() {
      switch byte {
      case UInt8(ascii: ")"): return true
      case UInt8(ascii: "("), UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "/"): return false
      default: continue
      }
    }
    return false
  }

  /// The names between the parentheses of a probe, as written and in lower case: `(a, x1.n{k+1})`.
  mutating func probeArguments(of probe: String) throws(ExpressionError) -> [String] {
    let open = position
    var arguments: [String] = []
    var start = position + 1
    position += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "{"):
        position = try endOfGroup(from: position)
      case UInt8(ascii: ","), UInt8(ascii: ")"):
        arguments.append(trimmed(start..<position))
        position += 1
        start = position
        if byte == UInt8(ascii: ")") { return arguments }
      case UInt8(ascii: "("):
        throw .nestedProbe(text.range(open..<position + 1), probe: probe)
      default:
        position += 1
      }
    }
    throw .unclosed(text.range(open..<open + 1), bracket: "(")
  }

  private func trimmed(_ range: Range<Int>) -> String {
    let name = bytes[range].drop(while: \.isBlank)
    let end = name.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? name.startIndex
    return name[..<end].lowercasedString
  }

  // MARK: Signs

  private mutating func sign(_ byte: UInt8) throws(ExpressionError) -> Token {
    let start = position
    for sign in Self.signs where sign.first == byte && (sign.second == nil || sign.second == peek(1)) {
      position += sign.second == nil ? 1 : 2
      let isPower = sign.kind == .binary(.absolutePower) && grammar.mathematicalPower
      return Token(kind: isPower ? .binary(.power) : sign.kind, range: start..<position)
    }
    throw unexpectedCharacter()
  }

  /// Longer spellings before those they begin with.
  private static let signs: [(first: UInt8, second: UInt8?, kind: Token.Kind)] = [
    ("**", .binary(.absolutePower)), ("^", .binary(.absolutePower)),
    ("&&", .binary(.and)), ("||", .binary(.or)), ("&", .binary(.and)), ("|", .binary(.or)),
    ("<=", .binary(.lessOrEqual)), (">=", .binary(.greaterOrEqual)), ("==", .binary(.equal)),
    ("!=", .binary(.notEqual)), ("<>", .binary(.notEqual)), ("<", .binary(.less)),
    (">", .binary(.greater)),
    ("+", .binary(.add)), ("-", .binary(.subtract)), ("*", .binary(.multiply)),
    ("/", .binary(.divide)), ("%", .remainder),
    ("!", .not), ("~", .not), ("(", .open(.parenthesis)), (")", .close(.parenthesis)), ("{", .open(.brace)),
    ("}", .close(.brace)),
    ("'", .quote), (",", .comma), ("?", .question), (":", .colon), ("=", .equals),
  ].map { (spelling: String, kind: Token.Kind) in
    let bytes = Array(spelling.utf8)
    return (bytes[0], bytes.count > 1 ? bytes[1] : nil, kind)
  }

  private func unexpectedCharacter() -> ExpressionError {
    guard let byte = peek() else { return .unexpectedCharacter(text.range(position..<position), character: nil) }
    let scalar = byte < 0x80 ? Unicode.Scalar(byte) : scalar()
    let width = scalar.map { UTF8.width($0) } ?? 1
    return .unexpectedCharacter(text.range(position..<min(position + width, bytes.count)), character: scalar)
  }
}
