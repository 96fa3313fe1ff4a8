internal import Diagnostics
internal import Expressions
internal import Netlists

/// Reads what stands behind the nodes of a V or I card.
struct WaveformCardReader {
  private let syntax: CardSyntax
  private var words: ArraySlice<Field>
  private var card = WaveformCard()
  /// Points of PWL in a file that the card names.
  private let file: SourceText?

  /// The waveform of `bound`; nil after reporting what is wrong with it.
  static func read(
    _ bound: BoundCard, syntax: CardSyntax, diagnostics: inout DiagnosticBag
  ) -> WaveformCard? {
    var reader = WaveformCardReader(syntax: syntax, words: bound.rest, file: bound.card.file)
    guard reader.readWords(&diagnostics), reader.readAssignments(of: bound, &diagnostics) else { return nil }
    for expression in reader.card.expressions
    where !expression.isConstant(for: syntax.title, diagnostics: &diagnostics) {
      return nil
    }
    return reader.card
  }

  private init(syntax: CardSyntax, words: ArraySlice<Field>, file: SourceText?) {
    self.syntax = syntax
    self.words = words
    self.file = file
  }

  private mutating func readWords(_ diagnostics: inout DiagnosticBag) -> Bool {
    while let field = words.popFirst() {
      let keyword = keyword(of: field)
      switch keyword {
      case "dc":
        guard isValueNext || isShapeNext else {
          SourceError.valueExpected(after: field.text.string, range: field.range).report(to: &diagnostics)
          return false
        }
        guard readValue(into: \.direct, &diagnostics) else { return false }
      // Of a distortion analysis: magnitude and phase.
      case "distof1", "distof2":
        for _ in 0..<2 where isValueNext { words.removeFirst() }
        ElementError.ignoredParameter(field.text.string, range: field.range).report(to: &diagnostics)
      case "ac":
        // `AC` alone is a phasor of 1 at 0 degrees.
        card.acMagnitude = .number(1, field.range)
        guard readValue(into: \.acMagnitude, &diagnostics), readValue(into: \.acPhase, &diagnostics) else {
          return false
        }
      default:
        if let kind = SourceShapeCatalogue.kind(named: keyword) {
          guard readShape(kind, at: field, &diagnostics) else { return false }
        } else if isValue(field), card.direct == nil {
          guard let value = field.constantExpression(of: syntax, diagnostics: &diagnostics) else { return false }
          card.direct = value
        } else {
          SourceError.unknownShape(
            field.text.string, known: SourceShapeCatalogue.keywords, range: field.range
          ).report(to: &diagnostics)
          return false
        }
      }
    }
    return true
  }

  /// `PULSE ( 0 1 2n )`, the parentheses being optional as in ngspice.
  private mutating func readShape(
    _ kind: any SourceShapeKind.Type, at keyword: Field, _ diagnostics: inout DiagnosticBag
  ) -> Bool {
    guard card.shape == nil else {
      SourceError.secondShape(first: card.shape?.range, second: keyword.range).report(to: &diagnostics)
      return false
    }
    var isOpen = false
    if let next = words.first, case .openParenthesis = next.kind {
      words.removeFirst()
      isOpen = true
    }
    var arguments: [Expression] = []
    var range = keyword.range
    var isClosed = false
    if kind == PiecewiseLinear.self, let file {
      if self.keyword(of: words.first) == "file" { words = words.dropFirst(2) }
      guard let points = self.points(in: file, &diagnostics) else { return false }
      arguments = points
    }
    while let field = words.first {
      if case .closeParenthesis = field.kind {
        guard isOpen else { break }
        words.removeFirst()
        range = range.joined(to: field.range)
        isClosed = true
        break
      }
      if field.text.bytes.elementsEqual([UInt8(ascii: ",")]) {
        words.removeFirst()
        continue
      }
      if kind == Pattern.self, let bits = field.bits {
        words.removeFirst()
        arguments += bits.map { .number($0, field.range) }
        range = range.joined(to: field.range)
        continue
      }
      guard isOpen || isValue(field) else { break }
      guard let value = field.constantExpression(of: syntax, diagnostics: &diagnostics) else { return false }
      words.removeFirst()
      arguments.append(value)
      range = range.joined(to: field.range)
    }
    if isOpen, !isClosed {
      SourceError.openParenthesis(range: range).report(to: &diagnostics)
      return false
    }
    guard kind.accepts(argumentCount: arguments.count) else {
      SourceError.wrongArgumentCount(
        shape: kind.keyword, expected: kind.arguments, found: arguments.count, range: range
      ).report(to: &diagnostics)
      return false
    }
    card.shape = WaveformCard.ShapeCard(kind: kind, arguments: arguments, options: [], range: range)
    return true
  }

  /// The numbers of a file, divided by blanks, commas and line ends; lines may begin with a comment's sign.
  private func points(in file: SourceText, _ diagnostics: inout DiagnosticBag) -> [Expression]? {
    var numbers: [Expression] = []
    for line in file.bytes.indices.split(whereSeparator: { [0x0a, 0x0d].contains(file.bytes[$0]) }) {
      for word in line.split(whereSeparator: { [0x20, 0x09, 0x2c].contains(file.bytes[$0]) }) {
        guard let start = word.first, let end = word.last else { continue }
        if word.startIndex == line.startIndex, [0x2a, 0x23, 0x3b].contains(file.bytes[start]) { break }
        let text = file.slice(start..<end + 1)
        guard let value = SpiceNumber.field(text, diagnostics: &diagnostics) else {
          SourceError.notANumber(text.string, range: text.range).report(to: &diagnostics)
          return nil
        }
        numbers.append(.number(value, text.range))
      }
    }
    return numbers
  }

  private mutating func readAssignments(of bound: BoundCard, _ diagnostics: inout DiagnosticBag) -> Bool {
    let shapeOptions = card.shape?.kind.options ?? []
    let own = syntax.assignableNames + ["dc", "ac"]
    var good = true
    for assignment in bound.card.assignments {
      let name = assignment.name.value.lowercased()
      if file != nil, ["file", "pwlfile"].contains(name) {
        continue
      } else if shapeOptions.contains(name) {
        card.shape?.options.append((name, assignment.expression))
      } else if name == "dc" {
        card.direct = assignment.expression
      } else if name == "ac" {
        card.acMagnitude = assignment.expression
      } else if !own.contains(name) {
        ElementError.unknownParameter(
          name: assignment.name.value, owner: syntax.title, known: own + shapeOptions, range: assignment.name.range
        ).report(to: &diagnostics)
        good = false
      }
    }
    return good
  }

  private func keyword(of field: Field?) -> String {
    guard let field, case .word = field.kind else { return "" }
    return field.text.string.lowercased()
  }

  /// Whether a field is a number or an expression rather than a keyword.
  private func isValue(_ field: Field) -> Bool {
    switch field.kind {
    case .expression: return true
    case .openParenthesis, .closeParenthesis: return false
    case .word:
      guard let first = field.text.bytes.first else { return false }
      return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || [0x2b, 0x2d, 0x2e].contains(first)
    }
  }

  private var isValueNext: Bool { words.first.map(isValue) ?? false }
  private var isShapeNext: Bool { SourceShapeCatalogue.kind(named: keyword(of: words.first)) != nil }

  /// Reads the next word where it is a value; false after reporting one that cannot be read.
  private mutating func readValue(
    into place: WritableKeyPath<WaveformCard, Expression?>, _ diagnostics: inout DiagnosticBag
  ) -> Bool {
    guard let field = words.first, isValue(field) else { return true }
    words.removeFirst()
    guard let value = field.constantExpression(of: syntax, diagnostics: &diagnostics) else { return false }
    card[keyPath: place] = value
    return true
  }
}

extension Field {
  /// The bits of a word such as `b1010`.
  fileprivate var bits: [Double]? {
    guard case .word = kind, let first = text.bytes.first, first | 0x20 == UInt8(ascii: "b"), text.bytes.count > 1,
      text.bytes.dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") })
    else { return nil }
    return text.bytes.dropFirst().map { $0 == UInt8(ascii: "1") ? 1 : 0 }
  }
}
