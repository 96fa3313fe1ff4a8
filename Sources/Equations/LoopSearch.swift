internal import Circuits

/// Which edges of a graph lie in a loop: all but its bridges.
struct LoopSearch {
  typealias Edge = (a: NodeIndex, b: NodeIndex)

  /// By edge, whether it lies in a loop.
  private(set) var isInLoop: [Bool]
  /// Of every node of a spanning tree: the way towards the root.
  private var ways: [NodeIndex: (parent: NodeIndex, edge: Int, depth: Int)] = [:]
  /// Shortcuts past edges known to lie in loops, so that each is passed once.
  private var shortcuts: [NodeIndex: NodeIndex] = [:]

  /// `joined`: nodes that are one already.
  init(_ edges: [Edge], joined: UnionFind) {
    isInLoop = Array(repeating: false, count: edges.count)
    var joined = joined
    let ends: [Edge] = edges.map { (joined.root(of: $0.a), joined.root(of: $0.b)) }
    var reached = joined
    var tree: [NodeIndex: [(other: NodeIndex, edge: Int)]] = [:]
    var closing: [Int] = []
    for (edge, end) in ends.enumerated() {
      if reached.root(of: end.a) == reached.root(of: end.b) {
        closing.append(edge)
      } else {
        reached.join(end.a, end.b)
        tree[end.a, default: []].append((end.b, edge))
        tree[end.b, default: []].append((end.a, edge))
      }
    }
    for root in tree.keys where ways[root] == nil {
      ways[root] = (root, -1, 0)
      var pending = [root]
      while let node = pending.popLast() {
        for way in tree[node] ?? [] where ways[way.other] == nil {
          ways[way.other] = (node, way.edge, (ways[node]?.depth ?? 0) + 1)
          pending.append(way.other)
        }
      }
    }
    for edge in closing {
      isInLoop[edge] = true
      markPath(from: ends[edge].a, to: ends[edge].b)
    }
  }

  /// Marks the tree's edges between two nodes, climbing from the deeper end until both meet.
  private mutating func markPath(from first: NodeIndex, to second: NodeIndex) {
    var a = top(of: first)
    var b = top(of: second)
    while a != b, let wayA = ways[a], let wayB = ways[b] {
      if wayA.depth >= wayB.depth {
        isInLoop[wayA.edge] = true
        shortcuts[a] = wayA.parent
        a = top(of: a)
      } else {
        isInLoop[wayB.edge] = true
        shortcuts[b] = wayB.parent
        b = top(of: b)
      }
    }
  }

  private mutating func top(of node: NodeIndex) -> NodeIndex {
    var top = node
    while let next = shortcuts[top] { top = next }
    var step = node
    while let next = shortcuts[step], next != top { (shortcuts[step], step) = (top, next) }
    return top
  }
}
