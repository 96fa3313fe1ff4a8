/// A value for some nodes of one graph: an array, since the ids of a graph are dense.
struct NodeTable<Value> {
  private var values: [Value?] = []

  subscript(id: NodeID) -> Value? {
    get { Int(id.index) < values.count ? values[Int(id.index)] : nil }
    set {
      let missing = Int(id.index) + 1 - values.count
      if missing > 0 { values.append(contentsOf: repeatElement(nil, count: missing)) }
      values[Int(id.index)] = newValue
    }
  }
}

extension NodeTable: Sendable where Value: Sendable {}
