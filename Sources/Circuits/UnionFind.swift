/// Disjoint sets of nodes that are joined one pair at a time.
package struct UnionFind {
  private var parents: [Int32]
  private var sizes: [Int32]

  package init(count: Int) {
    parents = (0..<Int32(count)).map(\.self)
    sizes = Array(repeating: 1, count: count)
  }

  /// The node that stands for the set of `node`.
  package mutating func root(of node: NodeIndex) -> NodeIndex {
    var node = node
    while parents[Int(node)] != node {
      parents[Int(node)] = parents[Int(parents[Int(node)])]
      node = parents[Int(node)]
    }
    return node
  }

  /// Joins two sets; false where they were one already.
  @discardableResult
  package mutating func join(_ a: NodeIndex, _ b: NodeIndex) -> Bool {
    var a = root(of: a)
    var b = root(of: b)
    if a == b { return false }
    if sizes[Int(a)] < sizes[Int(b)] { swap(&a, &b) }
    parents[Int(b)] = a
    sizes[Int(a)] += sizes[Int(b)]
    return true
  }
}
