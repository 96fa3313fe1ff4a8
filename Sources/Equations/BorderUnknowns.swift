internal import Circuits

/// The border's unknowns in order: node voltages, currents of devices, and what is repeated for others to read.
///
/// Voltages and currents are computed from their place; only what others read is kept one by one.
package struct BorderUnknowns: Sendable {
  private var nodes = RunColumn()
  private var currents: [(group: Int, first: Int, count: Int)] = []
  private var currentCount = 0
  /// Quantities and variables that others read.
  private(set) var repeated: [UnknownTable.Unknown] = []

  /// Gives back memory that growing has left over.
  mutating func trim() { nodes.trim() }

  /// Voltages come first.
  mutating func append(node: NodeIndex) { nodes.append(node) }

  /// Currents of all instances of a group come next.
  mutating func append(currentsOf group: Int, count: Int) {
    currents.append((group, nodes.count + currentCount, count))
    currentCount += count
  }

  mutating func append(_ unknown: UnknownTable.Unknown) { repeated.append(unknown) }
}

extension BorderUnknowns: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { nodes.count + currentCount + repeated.count }

  package subscript(place: Int) -> UnknownTable.Unknown {
    if place < nodes.count { return .voltage(nodes[place]) }
    if place >= nodes.count + currentCount { return repeated[place - nodes.count - currentCount] }
    let group = currents.last { $0.first <= place } ?? (group: 0, first: place, count: 0)
    return .current(DeviceReference(group: group.group, instance: place - group.first))
  }
}
