internal import Diagnostics
internal import Expressions
internal import Kernels

/// One sample of `.mc`: what its random parameters are drawn from.
package struct Sample: Sendable, Hashable {
  package var seed: UInt64
  /// From 1; 0 is what a circuit has that nobody varies.
  package var number: UInt64

  package init(seed: UInt64, number: UInt64) {
    self.seed = seed
    self.number = number
  }
}

/// The random numbers of one elaboration.
///
/// A number is Philox keyed by (seed, sample) at the counter (stream, call): the stream by a hash of what the number is
/// for, `x1.r1:r` for a parameter of a device or of an instance, `x1.w` for a `.param`; the call by how many the
/// expression has had. Neither the order of lines nor other devices nor threads matter.
final class RandomNumbers {
  /// What an expression is the value of.
  enum Owner {
    /// A parameter of a device or of an X line.
    case device(String, parameter: String)
    /// A `.param` of the level, or the parameter of a `.model`: `mydiode(is)`.
    case parameter(String)
    /// Anything else, known by its place in the text.
    case place
  }

  /// An instance of a subcircuit that is being made, and the passes of `.for`s inside it.
  private struct Level {
    var path: String
    var passes: [String] = []
  }

  private let generator: Philox?
  private var levels = [Level(path: "")]
  private var stream: UInt64 = 0
  private var call: UInt64 = 0
  /// How many numbers were drawn: what was made meanwhile is no other's if it grew.
  private(set) var drawCount = 0
  /// The first call that was given its nominal value.
  private(set) var nominalPlace: SourceRange?

  /// Without a sample every call is given its nominal value.
  init(_ sample: Sample?) {
    generator = sample.map { Philox(seed: $0.seed, run: $0.number) }
  }

  var isSampling: Bool { generator != nil }

  /// The numbers to come are for `owner`, whose expression stands at `range`.
  func begin(_ owner: Owner, at range: SourceRange) {
    let level = levels[levels.count - 1]
    let inLevel = level.path + level.passes.joined()
    switch owner {
    case .device(let device, let parameter): stream = Philox.stream(of: "\(level.path)\(device):\(parameter)")
    case .parameter(let name): stream = Philox.stream(of: inLevel + name)
    case .place: stream = Philox.stream(of: "\(inLevel)@\(range.file.index):\(range.start)")
    }
    call = 0
  }

  func enter(instance: String) { levels.append(Level(path: "\(levels[levels.count - 1].path)\(instance).")) }
  func leaveInstance() { levels.removeLast() }
  func enterPass(_ variable: String, _ value: Double) {
    levels[levels.count - 1].passes.append("[\(variable)=\(value)]")
  }
  func leavePass() { levels[levels.count - 1].passes.removeLast() }

  func draw(_ distribution: RandomFunction.Distribution, at range: SourceRange) -> Double? {
    guard let generator else {
      nominalPlace = nominalPlace ?? range
      return nil
    }
    let counter = SIMD4(stream, call)
    call += 1
    drawCount += 1
    switch distribution {
    case .normal: return generator.normal(counter)
    case .uniform: return generator.uniform(counter)
    }
  }
}
