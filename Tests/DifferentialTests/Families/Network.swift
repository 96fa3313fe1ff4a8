import TestSupport

/// A connected graph of resistors that has a path to ground from every node; what other families hang their elements on.
struct Network {
  let nodes: [String]
  private(set) var lines: [String] = []

  /// `count` nodes named `prefix`1, 2, ... Each is joined to an earlier one or ground, and a few more resistors close loops.
  init(_ count: Int, prefix: String = "n", resistances: ClosedRange<Double> = 100...1e5, _ draws: inout Draws) {
    nodes = (1...count).map { "\(prefix)\($0)" }
    for index in 0..<count {
      let other = index == 0 ? "0" : draws.chance(0.2) ? "0" : nodes[draws.whole(0...index - 1)]
      lines.append("R\(prefix)\(index + 1) \(nodes[index]) \(other) \(draws.magnitude(resistances))")
    }
    for loop in 0..<count / 2 {
      let (a, b) = (draws.pick(nodes), draws.pick(nodes))
      if a != b { lines.append("R\(prefix)x\(loop + 1) \(a) \(b) \(draws.magnitude(resistances))") }
    }
  }

  /// Ground or a node.
  func place(_ draws: inout Draws) -> String { draws.chance(0.25) ? "0" : draws.pick(nodes) }

  /// Two different places.
  func pair(_ draws: inout Draws) -> (String, String) {
    let first = draws.pick(nodes)
    var second = place(&draws)
    while second == first { second = place(&draws) }
    return (first, second)
  }
}
