internal import Diagnostics
internal import Expressions

/// `table("wave.dat")`, `akima("wave.dat")`, `cubic("wave.dat")` of Xyce: a curve over time through the points of a file, two
/// numbers a line; and `akima(x, x1, y1, ...)`, `cubic(x, x1, y1, ...)` through points on the line.
extension StatementParser {
  private static let functions: [String: Interpolation] = [
    "table": .linear, "tablefile": .linear, "fasttable": .linear, "fasttablefile": .linear,
    "akima": .akima,
    "akimafile": .akima, "cubic": .cubicSpline, "cubicfile": .cubicSpline, "spline": .cubicSpline,
    "splinefile": .cubicSpline,
  ]

  /// The card with curves in place of such calls.
  func readingTables(of card: Card) throws(NetlistError) -> Card {
    var card = card
    for index in card.assignments.indices {
      card.assignments[index].expression = try readingTables(of: card.assignments[index].expression)
    }
    for index in card.fields.indices {
      if case .expression(let expression) = card.fields[index].kind {
        card.fields[index].kind = .expression(try readingTables(of: expression))
      }
    }
    return card
  }

  private func readingTables(of expression: Expression) throws(NetlistError) -> Expression {
    var failure: NetlistError?
    let result = expression.replacing { part in
      if case .call(let name, let arguments, let range) = part,
        let formula = SourceFunctions.formula(name, arguments, at: range)
      {
        return formula
      }
      guard failure == nil, case .call(let name, let arguments, let range) = part,
        let interpolation = Self.functions[name], let first = arguments.first
      else { return nil }
      do throws(NetlistError) {
        if case .name(let word, let place) = first, let path = word.quotedText {
          let points = try points(of: path, at: place)
          return interpolation.expression(of: .name("time", range), through: points, at: range)
        }
      } catch {
        failure = error
        return nil
      }
      let numbers = arguments.dropFirst().compactMap(\.plainNumber)
      guard interpolation != .linear, numbers.count == arguments.count - 1, numbers.count >= 4,
        numbers.count.isMultiple(of: 2)
      else { return nil }
      let points = stride(from: 0, to: numbers.count, by: 2).map {
        (x: numbers[$0], y: numbers[$0 + 1])
      }
      return interpolation.expression(of: first, through: Self.rising(points), at: range)
    }
    if let failure { throw failure }
    return result
  }

  /// The points of a file, sorted; of several at one place the first.
  private func points(of path: String, at range: SourceRange) throws(NetlistError) -> [(
    x: Double, y: Double
  )] {
    let bytes: [UInt8]
    do throws(SourceReaderError) {
      bytes = try reader.read(path, includedFrom: inclusion.current).bytes
    } catch {
      throw .unreadableFile(range, path: path, reason: error.reason)
    }
    var points: [(x: Double, y: Double)] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let words = line.split { $0.isBlank || $0 == UInt8(ascii: ",") }
      guard words.count >= 2, let x = SpiceNumber.parseField(Array(words[0])),
        let y = SpiceNumber.parseField(Array(words[1]))
      else { continue }
      points.append((x, y))
    }
    if points.isEmpty {
      throw .unreadableFile(range, path: path, reason: "it holds no pairs of numbers")
    }
    return Self.rising(points)
  }

  private static func rising(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    var result: [(x: Double, y: Double)] = []
    let sorted = points.enumerated().sorted {
      ($0.element.x, $0.offset) < ($1.element.x, $1.offset)
    }
    for (_, point) in sorted where result.last.map({ $0.x < point.x }) ?? true {
      result.append(point)
    }
    return result
  }
}

extension String {
  /// What stands between double quotes, where they hold all of it.
  fileprivate var quotedText: String? {
    utf8.count > 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : nil
  }
}

extension Expression {
  fileprivate var plainNumber: Double? {
    switch self {
    case .number(let value, _): value
    case .unary(.minus, let operand, _): operand.plainNumber.map { -$0 }
    default: nil
    }
  }
}
