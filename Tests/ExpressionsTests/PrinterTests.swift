import Diagnostics
import Expressions
import Testing

@Suite struct PrinterTests {
  @Test(arguments: [ExpressionGrammar.spice, .device])
  func printedTextReadsAsTheSameTree(grammar: ExpressionGrammar) throws {
    for seed in 0..<300 as Range<UInt64> {
      var maker = ExpressionMaker(seed: seed, power: grammar.mathematicalPower ? .power : .absolutePower)
      let expression = maker.expression(levels: 5)
      let (again, diagnostics) = parse(expression.description, grammar)
      #expect(again.hasSameStructure(as: expression), "seed \(seed): \(expression)")
      #expect(!diagnostics.hasErrors, "seed \(seed): \(expression)")
    }
  }

  @Test func printsNoNeedlessParentheses() throws {
    for text in [
      "a + b*c - d/e**2", "-a*b", "!(a and b) or c < d", "(a ? b : c) + f(x, y)", "-(a + b)", "(a - b)*(c/d)",
    ] {
      #expect(try parsed(text).description == text)
    }
  }
}

/// Random trees such as the parser can make.
private struct ExpressionMaker {
  var generator: SeededGenerator
  var power: BinaryOperator
  private let place = SourceRange(file: FileID(index: 0), start: 0, end: 0)

  init(seed: UInt64, power: BinaryOperator) {
    generator = SeededGenerator(seed: seed)
    self.power = power
  }

  mutating func expression(levels: Int) -> Expression {
    if levels == 0 { return leaf() }
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return leaf()
    case 1:
      let sign = [UnaryOperator.plus, .minus, .not].randomElement(using: &generator) ?? .not
      return .unary(sign, expression(levels: levels - 1), place)
    case 2:
      let arguments = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        expression(levels: levels - 2 < 0 ? 0 : levels - 2)
      }
      return .call("f", arguments, place)
    case 3:
      return .conditional(
        expression(levels: levels - 1), expression(levels: levels - 1), expression(levels: levels - 1), place)
    default:
      let signs: [BinaryOperator] = [
        .add, .subtract, .multiply, .divide, power, power, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal,
        .notEqual, .and, .or,
      ]
      let sign = signs.randomElement(using: &generator) ?? .add
      return .binary(sign, expression(levels: levels - 1), expression(levels: levels - 1), place)
    }
  }

  private mutating func leaf() -> Expression {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: .number(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator)), place)
    case 1: .number(Double(Int.random(in: 0...1000, using: &generator)), place)
    case 2:
      .probe(
        [.voltage("a", "x1.b"), .voltage("n*", nil), .current("v1"), .quantity(device: "n1", name: "x")]
          .randomElement(using: &generator) ?? .power("r1"), place)
    default: .name(["a", "b_1", "gmax", "v", "e"].randomElement(using: &generator) ?? "c", place)
    }
  }
}
