internal import Diagnostics
internal import Expressions

/// `POLY(2) v(a) v(b) c0 c1 c2 ...` and `TABLE {x} = (x1, y1) (x2, y2) ...` in the braces of an expression, as PSpice and
/// Xyce have them.
extension SourceText {
  /// The polynomial or table as an expression; nil where the text is neither.
  func specialForm(diagnostics: inout DiagnosticBag) -> Expression? {
    switch bytes.first.map(\.lowercased) {
    case UInt8(ascii: "p"): polynomial(diagnostics: &diagnostics)
    case UInt8(ascii: "t"): table(diagnostics: &diagnostics)
    default: nil
    }
  }

  /// Straight lines between the points, and the outer values outside.
  private func table(diagnostics: inout DiagnosticBag) -> Expression? {
    guard bytes.count > 6, bytes[..<5].lowercasedString == "table" else { return nil }
    var scanner = TextScanner(self, from: 5)
    scanner.skipBlanks()
    guard scanner.next == UInt8(ascii: "{"), let end = try? scanner.endOfGroup(at: scanner.position) else { return nil }
    let x = Expression.parse(scanner.take(to: end).unwrapped, diagnostics: &diagnostics)
    scanner.skipBlanks()
    if scanner.next == UInt8(ascii: "=") { scanner.position += 1 }
    var numbers: [Expression] = []
    while true {
      scanner.skipSeparators()
      guard let byte = scanner.next else { break }
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") {
        scanner.position += 1
        continue
      }
      let end = scanner.bytes[scanner.position...].firstIndex { $0.isBlank || "(),".utf8.contains($0) }
      numbers.append(
        Expression.parse(scanner.take(to: end ?? scanner.bytes.count).unwrapped, diagnostics: &diagnostics))
    }
    guard numbers.count >= 4, numbers.count.isMultiple(of: 2) else { return nil }
    /// A point as far outside as the neighbour lies inside, at the value of the outermost.
    func outer(_ last: Int, _ neighbour: Int) -> [Expression] {
      let double = Expression.binary(.multiply, .number(2, range), numbers[last], range)
      return [.binary(.subtract, double, numbers[neighbour], range), numbers[last + 1]]
    }
    let last = numbers.count - 2
    return .call("pwl", [x] + outer(0, 2) + numbers + outer(last, last - 2), range)
  }

  /// The polynomial as an expression of its controls; nil where the text is none.
  private func polynomial(diagnostics: inout DiagnosticBag) -> Expression? {
    guard bytes.count > 6, bytes[..<4].lowercasedString == "poly" else { return nil }
    var scanner = TextScanner(self, from: 4)
    scanner.skipBlanks()
    guard scanner.next == UInt8(ascii: "("),
      let close = try? scanner.endOfGroup(at: scanner.position)
    else { return nil }
    let written = slice(scanner.position + 1..<close - 1).string
    guard let number = SpiceNumber.parseField(Array(written.utf8)), number >= 1, number <= 8 else {
      return nil
    }
    scanner.position = close
    var parts: [Expression] = []
    while true {
      scanner.skipSeparators()
      guard !scanner.isAtEnd, let end = try? scanner.endOfWord(at: scanner.position) else { break }
      parts.append(Expression.parse(scanner.take(to: end).unwrapped, diagnostics: &diagnostics))
    }
    let count = Int(number)
    guard scanner.isAtEnd, parts.count > count else { return nil }
    return Self.polynomial(of: Array(parts[..<count]), coefficients: parts[count...], at: range)
  }

  /// Terms in SPICE's order: by degree, and in each degree by the first controls first.
  private static func polynomial(
    of controls: [Expression], coefficients: ArraySlice<Expression>, at range: SourceRange
  ) -> Expression {
    var sum: Expression?
    var products: [(value: Expression?, first: Int)] = [(nil, 0)]
    var rest = coefficients
    while !rest.isEmpty {
      for product in products {
        guard let coefficient = rest.popFirst() else { break }
        if case .number(0, _) = coefficient { continue }
        let term = product.value.map { .binary(.multiply, coefficient, $0, range) } ?? coefficient
        sum = sum.map { .binary(.add, $0, term, range) } ?? term
      }
      products = products.flatMap { product in
        (product.first..<controls.count).map { next in
          (
            product.value.map { .binary(.multiply, $0, controls[next], range) } ?? controls[next],
            next
          )
        }
      }
    }
    return sum ?? .number(0, range)
  }
}
