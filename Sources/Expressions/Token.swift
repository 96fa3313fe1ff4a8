/// One word or sign of an expression.
struct Token {
  enum Kind: Equatable {
    case number(Double)
    /// In lower case; result names (`s.time[c5,1]`) and names with placeholders (`r{k}`) are one name, blanks dropped.
    case name(String)
    /// `@device[quantity]`.
    case quantity(device: String, name: String)
    case binary(BinaryOperator)
    /// `%`, which stands for `fmod` and binds as `/` does.
    case remainder
    /// `!` or `not`.
    case not
    case open(Bracket)
    case close(Bracket)
    /// `'` opens or closes a group, as braces do.
    case quote
    case comma, question, colon, equals
    case end
  }

  enum Bracket: Equatable {
    case parenthesis, brace

    var opening: String { self == .parenthesis ? "(" : "{" }
    var closing: String { self == .parenthesis ? ")" : "}" }
  }

  var kind: Kind
  /// Its bytes in the text.
  var range: Range<Int>

  /// How tightly an operator binds; nil for what is none.
  var precedence: Int? {
    switch kind {
    case .binary(let sign): sign.precedence
    case .remainder: BinaryOperator.divide.precedence
    default: nil
    }
  }

  /// Whether an operand can begin here: two operands side by side lack an operator.
  var beginsOperand: Bool {
    switch kind {
    case .number, .name, .quantity, .open, .quote, .not: true
    default: false
    }
  }
}

extension BinaryOperator {
  /// How tightly it binds; all associate to the left. Unary operators stand between `multiply` and `power`.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual: 3
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract: 5
    case .multiply, .divide: 6
    case .power, .absolutePower: 8
    }
  }

  static let unaryPrecedence = 7

  var isComparison: Bool { precedence == 3 || precedence == 4 }

  package var spelling: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power, .absolutePower: "**"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    case .and: "and"
    case .or: "or"
    }
  }
}
