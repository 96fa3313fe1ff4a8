/// ngspice's functions that draw random numbers, with its arguments: what `.mc` varies. Outside `.mc` each has its
/// nominal value, its first argument.
///
/// A `limit` of three arguments is the one that keeps a value between two others.
package enum RandomFunction: String, Sendable, CaseIterable {
  /// `gauss(nominal, relative, sigmas)`: the deviation nominal*relative is so many standard deviations.
  case gauss
  /// `agauss(nominal, absolute, sigmas)`: likewise of an absolute deviation.
  case agauss
  /// `unif(nominal, relative)`: even between nominal*(1 - relative) and nominal*(1 + relative).
  case unif
  /// `aunif(nominal, absolute)`: even between nominal - absolute and nominal + absolute.
  case aunif
  /// `limit(nominal, absolute)`: one end or the other.
  case limit

  /// What a function needs of a generator.
  package enum Distribution: Sendable {
    /// Mean 0, variance 1.
    case normal
    /// Even over (0, 1).
    case uniform
  }

  /// The function of that name (lower case) for so many arguments.
  package init?(_ name: String, argumentCount: Int) {
    self.init(rawValue: name)
    if self == .limit, argumentCount == 3 { return nil }
  }

  package var argumentCount: Int { self == .gauss || self == .agauss ? 3 : 2 }

  package var distribution: Distribution { self == .gauss || self == .agauss ? .normal : .uniform }

  /// The value for as many `arguments` as it takes, `number` being drawn from `distribution`.
  package func value(_ arguments: [Double], drawn number: Double) -> Double {
    let nominal = arguments[0]
    let symmetric = 2 * number - 1
    switch self {
    case .gauss: return nominal + nominal * arguments[1] / arguments[2] * number
    case .agauss: return nominal + arguments[1] / arguments[2] * number
    case .unif: return nominal + nominal * arguments[1] * symmetric
    case .aunif: return nominal + arguments[1] * symmetric
    case .limit: return symmetric > 0 ? nominal + arguments[1] : nominal - arguments[1]
    }
  }
}
