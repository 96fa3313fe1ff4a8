/// A value for some nodes of one graph: an array, since the ids of a graph are dense.
struct NodeTable<Value> {
  private var values: [Value?] = []

  subscript(id: NodeID) -> Value? {
    get { Int(id.index) < values.count ? values[Int(id.index)] : nil }
    set {
      while values.count <= Int(id.index) { values.append(nil) }
      values[Int(id.index)] = newValue
    }
  }
}

extension NodeTable: Sendable where Value: Sendable {}
