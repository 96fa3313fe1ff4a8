/// A forest cut into paths for elimination from the leaves to the roots.
///
/// The root of each tree is the middle of its longest path, so that a chain falls into two halves of equal length; from
/// there every node passes on to its child with the longest way down, and each other child begins a path of its own.
/// Paths that do not wait for each other stand side by side and are eliminated two at a time: a chain of multiply-adds
/// would otherwise leave the processor idle for most of each operation's latency.
struct TreePaths {
  /// One path: `length` nodes from `first` in `nodes`, the end nearest the root last; `parent` is the node it joins, or
  /// -1 where it ends in a root.
  struct Path {
    var first: Int
    var length: Int
    var parent: Int32
    /// 0 where nothing joins it, else one more than the highest of the paths that do.
    var level: Int
  }

  private(set) var nodes: [Int32] = []
  /// In order of elimination: of pairs, the longer first; -1 where a path has no partner.
  private(set) var paths: [Path] = []

  /// The node that each node passes on to, -1 for roots.
  private var parents: [Int32]

  /// Nil where the graph has a cycle.
  init?(_ neighbours: Adjacency) {
    let count = neighbours.count
    parents = Array(repeating: -1, count: count)
    var seen = Array(repeating: false, count: count)
    var order: [Int32] = []
    order.reserveCapacity(count)
    for start in 0..<count where !seen[start] {
      let first = order.count
      guard Self.walk(neighbours, from: Int32(start), &parents, &order, &seen) else { return nil }
      func walkAgain(from root: Int32) {
        for node in order[first...] { seen[Int(node)] = false }
        order.removeSubrange(first...)
        _ = Self.walk(neighbours, from: root, &parents, &order, &seen)
      }
      // Breadth first, the last node is one of the farthest: from there to the other end of the longest path, and from
      // its middle.
      walkAgain(from: order[order.count - 1])
      walkAgain(from: Self.middle(above: order[order.count - 1], parents))
    }
    cut(order)
  }

  /// Breadth first from `root`; false where a node is met twice.
  private static func walk(
    _ neighbours: Adjacency, from root: Int32, _ parents: inout [Int32], _ order: inout [Int32], _ seen: inout [Bool]
  ) -> Bool {
    var next = order.count
    order.append(root)
    parents[Int(root)] = -1
    seen[Int(root)] = true
    while next < order.count {
      let node = order[next]
      next += 1
      for neighbour in neighbours[node] where neighbour != parents[Int(node)] {
        if seen[Int(neighbour)] { return false }
        seen[Int(neighbour)] = true
        parents[Int(neighbour)] = node
        order.append(neighbour)
      }
    }
    return true
  }

  private static func middle(above end: Int32, _ parents: [Int32]) -> Int32 {
    var length = 0
    var node = end
    while parents[Int(node)] >= 0 {
      node = parents[Int(node)]
      length += 1
    }
    node = end
    for _ in 0..<length / 2 { node = parents[Int(node)] }
    return node
  }

  private mutating func cut(_ order: [Int32]) {
    let count = parents.count
    var height = Array(repeating: 0, count: count)
    var heavy = Array(repeating: Int32(-1), count: count)
    for node in order.reversed() {
      let parent = Int(parents[Int(node)])
      guard parent >= 0 else { continue }
      if heavy[parent] < 0 || height[Int(node)] >= height[parent] { heavy[parent] = node }
      height[parent] = max(height[parent], height[Int(node)] + 1)
    }
    // A path begins at a leaf and goes up while it is its parent's heavy child; roots stay alone.
    var levelOfNode = Array(repeating: 0, count: count)
    var found: [(nodes: Range<Int>, parent: Int32, level: Int)] = []
    var collected: [Int32] = []
    collected.reserveCapacity(count)
    for node in order.reversed() {
      let parent = parents[Int(node)]
      let goesOn = parent >= 0 && heavy[Int(parent)] == node && parents[Int(parent)] >= 0
      guard !goesOn else { continue }
      // The top of a path: its nodes are those below along heavy children.
      let first = collected.count
      var below = node
      collected.append(node)
      while parents[Int(node)] >= 0, heavy[Int(below)] >= 0 {
        below = heavy[Int(below)]
        collected.append(below)
      }
      collected[first...].reverse()
      let level = collected[first...].reduce(0) { max($0, levelOfNode[Int($1)]) }
      if parent >= 0 { levelOfNode[Int(parent)] = max(levelOfNode[Int(parent)], level + 1) }
      found.append((first..<collected.count, parent, level))
    }
    found.sort { ($0.level, -$0.nodes.count, $0.nodes.lowerBound) < ($1.level, -$1.nodes.count, $1.nodes.lowerBound) }
    nodes.reserveCapacity(count)
    for path in found {
      paths.append(Path(first: nodes.count, length: path.nodes.count, parent: path.parent, level: path.level))
      nodes += collected[path.nodes]
    }
  }
}
