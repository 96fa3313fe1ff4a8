package import Diagnostics

/// What `.ic` or `.nodeset` say of nodes, in columns: where a `.for` gives every node the same voltage, only the nodes
/// are kept, and these as runs.
package struct NodeVoltages: Sendable {
  private var nodes = RunColumn()
  private var values = GrowingColumn()
  private var ranges = Palette<SourceRange>()
  private var rangePlaces = RunColumn()

  package init() {}

  mutating func append(node: NodeIndex, value: Double, range: SourceRange) {
    nodes.append(node)
    values.append(value)
    rangePlaces.append(ranges.place(of: range))
  }

  /// Gives back memory that growing has left over.
  mutating func trim() {
    nodes.trim()
    rangePlaces.trim()
  }
}

extension NodeVoltages: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { nodes.count }

  package subscript(index: Int) -> (node: NodeIndex, value: Double, range: SourceRange) {
    (nodes[index], values[index], ranges.values[Int(rangePlaces[index])])
  }
}
