internal import Glibc

/// What functions of whole vectors know beside their arguments.
struct VectorSurroundings {
  /// What the vectors of the plot stand over.
  var scale: ScriptVector?
  /// What `set` has set.
  var variables: [String: String]

  var window: DiscreteFourier.Window? { DiscreteFourier.Window(named: variables["specwindow"] ?? "none") }

  /// How narrow a Gaussian window is.
  var windowOrder: Double { max(2, variables["specwindoworder"].flatMap { Double($0) } ?? 2) }
}

/// Functions of whole vectors; those of single numbers are the functions of the expression language.
enum VectorFunctions {
  struct Function: Sendable {
    var argumentCount: Int
    var value: @Sendable ([ScriptVector], VectorSurroundings) -> ScriptVector

    init(
      _ argumentCount: Int = 1, _ value: @escaping @Sendable ([ScriptVector], VectorSurroundings) -> ScriptVector
    ) {
      self.argumentCount = argumentCount
      self.value = value
    }
  }

  static func function(named name: String) -> Function? { functions[name] }

  static let names = functions.keys.sorted()

  /// ngspice's functions that draw a number for each one of their argument: normal, even between -1 and 1, whole and below
  /// the number, exponential of that mean.
  static func random(_ name: String) -> ((Double, (uniform: Double, normal: Double)) -> Double)? {
    switch name {
    case "sgauss": { $1.normal }
    case "sunif": { 2 * $1.uniform - 1 }
    case "rnd": { ($0.magnitude * $1.uniform).rounded(.down) }
    case "exponential": { -$0 * log($1.uniform) }
    default: nil
    }
  }

  /// Whether `set units=degrees` changes what the function gives, or what it is given.
  static func givesAngle(_ name: String) -> Bool { ["ph", "phase", "cph", "atan"].contains(name) }
  static func takesAngle(_ name: String) -> Bool { ["sin", "cos", "tan"].contains(name) }

  private static func decibels(_ vector: ScriptVector) -> ScriptVector { vector.magnitude.map { 20 * log10($0) } }

  private static let functions: [String: Function] = [
    "mag": Function { arguments, _ in arguments[0].magnitude },
    "magnitude": Function { arguments, _ in arguments[0].magnitude },
    "abs": Function { arguments, _ in arguments[0].magnitude },
    "ph": Function { arguments, _ in arguments[0].phase },
    "phase": Function { arguments, _ in arguments[0].phase },
    "cph": Function { arguments, _ in unwrapped(arguments[0].phase) },
    "db": Function { arguments, _ in decibels(arguments[0]) },
    "re": Function { arguments, _ in ScriptVector(arguments[0].real) },
    "real": Function { arguments, _ in ScriptVector(arguments[0].real) },
    "im": Function { arguments, _ in imaginary(arguments[0]) },
    "imag": Function { arguments, _ in imaginary(arguments[0]) },
    "conj": Function { arguments, _ in arguments[0].isComplex ? arguments[0].mapComplex { ($0, -$1) } : arguments[0] },
    "j": Function { arguments, _ in arguments[0].mapComplex { (-$1, $0) } },
    "length": Function { arguments, _ in ScriptVector(Double(arguments[0].count)) },
    "vector": Function { arguments, _ in ScriptVector((0..<count(arguments[0])).map(Double.init)) },
    "unitvec": Function { arguments, _ in ScriptVector(Array(repeating: 1, count: count(arguments[0]))) },
    "mean": Function { arguments, _ in mean(arguments[0]) },
    "stddev": Function { arguments, _ in deviation(arguments[0]) },
    "avg": Function { arguments, _ in running(arguments[0]) },
    "maximum": Function { arguments, _ in extreme(arguments[0]) { $0.max() } },
    "minimum": Function { arguments, _ in extreme(arguments[0]) { $0.min() } },
    "vecmax": Function { arguments, _ in extreme(arguments[0]) { $0.max() } },
    "vecmin": Function { arguments, _ in extreme(arguments[0]) { $0.min() } },
    "norm": Function { arguments, _ in
      let largest = arguments[0].magnitude.real.max() ?? 1
      return arguments[0] / ScriptVector(largest > 0 ? largest : 1)
    },
    "pos": Function { arguments, _ in arguments[0].map { $0 > 0 ? 1 : 0 } },
    "deriv": Function { arguments, surroundings in derivative(arguments[0], over: surroundings.scale) },
    "integ": Function { arguments, surroundings in integral(arguments[0], over: surroundings.scale) },
    "unwrap": Function { arguments, _ in unwrapped(arguments[0]) },
    "fft": Function { arguments, surroundings in spectrum(arguments[0], surroundings) },
    "ifft": Function { arguments, _ in DiscreteFourier.inverse(arguments[0]) },
  ]

  /// A count that memory can hold.
  private static func count(_ vector: ScriptVector) -> Int { Int(min(max(vector.number(0).re, 0), 1e8)) }

  private static func imaginary(_ vector: ScriptVector) -> ScriptVector {
    vector.isComplex ? ScriptVector(vector.imaginary) : vector.map { _ in 0 }
  }

  private static func extreme(_ vector: ScriptVector, _ choose: ([Double]) -> Double?) -> ScriptVector {
    var result = ScriptVector(choose(vector.isComplex ? vector.magnitude.real : vector.real) ?? .nan)
    result.kind = vector.kind
    return result
  }

  private static func mean(_ vector: ScriptVector) -> ScriptVector {
    let count = Double(max(vector.count, 1))
    return ScriptVector(
      [vector.real.reduce(0, +) / count], imaginary: vector.isComplex ? [vector.imaginary.reduce(0, +) / count] : [],
      kind: vector.kind)
  }

  private static func deviation(_ vector: ScriptVector) -> ScriptVector {
    let middle = vector.real.reduce(0, +) / Double(max(vector.count, 1))
    let squares = vector.real.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return ScriptVector((squares / Double(max(vector.count - 1, 1))).squareRoot())
  }

  /// The mean of all numbers up to each one.
  private static func running(_ vector: ScriptVector) -> ScriptVector {
    var sum = 0.0
    return ScriptVector(
      vector.real.enumerated().map { index, value in
        sum += value
        return sum / Double(index + 1)
      }, kind: vector.kind)
  }

  /// Angles without jumps of a turn.
  private static func unwrapped(_ phase: ScriptVector) -> ScriptVector {
    var turns = 0.0
    var last = phase.real.first ?? 0
    return phase.map { angle in
      if angle - last > .pi { turns -= 1 }
      if angle - last < -.pi { turns += 1 }
      last = angle
      return angle + 2 * .pi * turns
    }
  }

  /// The spectrum of numbers that lie evenly, zeros behind them up to a power of two: of real ones the amplitudes of sines,
  /// of complex ones all terms of the series.
  private static func spectrum(_ vector: ScriptVector, _ surroundings: VectorSurroundings) -> ScriptVector {
    let window = surroundings.window ?? .none
    let last = Double(max(vector.count - 1, 1))
    let weights = (0..<vector.count).map { window.weight(2 * .pi * Double($0) / last, order: surroundings.windowOrder) }
    if vector.isComplex { return DiscreteFourier.series(vector * ScriptVector(weights)) }
    let (real, imaginary) = DiscreteFourier.amplitudes(zip(vector.real, weights).map { $0 * $1 })
    return ScriptVector(real, imaginary: imaginary)
  }

  /// Of parabolas through neighbours, as their points lie.
  private static func derivative(_ vector: ScriptVector, over scale: ScriptVector?) -> ScriptVector {
    let (y, n) = (vector.real, vector.count)
    let x = scale?.count == n ? scale?.real ?? [] : (0..<n).map(Double.init)
    guard n > 1 else { return vector.map { _ in 0 } }
    func slope(_ a: Int, _ b: Int) -> Double { x[b] > x[a] || x[b] < x[a] ? (y[b] - y[a]) / (x[b] - x[a]) : 0 }
    return ScriptVector(
      (0..<n).map { index in
        if index == 0 { return slope(0, 1) }
        if index == n - 1 { return slope(n - 2, n - 1) }
        let (left, right) = (x[index] - x[index - 1], x[index + 1] - x[index])
        guard left + right != 0 else { return 0 }
        return (slope(index - 1, index) * right + slope(index, index + 1) * left) / (left + right)
      })
  }

  /// By trapezoids from the first point.
  private static func integral(_ vector: ScriptVector, over scale: ScriptVector?) -> ScriptVector {
    let (y, n) = (vector.real, vector.count)
    let x = scale?.count == n ? scale?.real ?? [] : (0..<n).map(Double.init)
    var sum = 0.0
    return ScriptVector(
      (0..<n).map { index in
        if index > 0 { sum += 0.5 * (y[index] + y[index - 1]) * (x[index] - x[index - 1]) }
        return sum
      })
  }
}
