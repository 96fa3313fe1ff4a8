/// The neighbours of every node of a graph, one list behind the other.
struct Adjacency {
  private var starts: [Int32]
  private var nodes: [Int32]

  /// `visit` hands every edge to its argument, each once and twice over in the same order.
  init(count: Int, edges visit: ((Int32, Int32) -> Void) -> Void) {
    var starts = [Int32](repeating: 0, count: count + 1)
    visit { a, b in
      starts[Int(a) + 1] += 1
      starts[Int(b) + 1] += 1
    }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var nodes = [Int32](repeating: 0, count: Int(starts[count]))
    var next = starts
    visit { a, b in
      nodes[Int(next[Int(a)])] = b
      next[Int(a)] += 1
      nodes[Int(next[Int(b)])] = a
      next[Int(b)] += 1
    }
    self.starts = starts
    self.nodes = nodes
  }

  var count: Int { starts.count - 1 }

  subscript(node: Int32) -> ArraySlice<Int32> { nodes[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])] }
}
