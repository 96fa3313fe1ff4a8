internal import Diagnostics

/// A node of the flat circuit; 0 is ground.
package typealias NodeIndex = Int32

/// One device of one group.
package struct DeviceReference: Hashable, Sendable {
  package var group: Int
  package var instance: Int

  package init(group: Int, instance: Int) {
    self.group = group
    self.instance = instance
  }
}

/// A loop of coils and voltages without resistance.
package struct CoilLoop: Sendable, Equatable {
  /// The coil that closes it.
  package var device: DeviceReference
  /// All its devices, that coil last.
  package var names: [String]
}

/// The flat circuit: nodes, and devices grouped by equal equations.
///
/// Groups stand in the order in which their models appear; instances and nodes in the order written, so that
/// neighbours in a line of compartments are neighbours here.
package struct Circuit: Sendable {
  /// Names by `NodeIndex`; `nodeNames[0]` is "0". Internal nodes are named `device#node`.
  package var nodeNames: NameTable
  package var groups: [DeviceGroup]
  /// `.ic` and `.nodeset` on nodes.
  package var initialVoltages: NodeVoltages
  /// Whether `ic=` of an inductor holds its current at the operating point that begins a transient (Xyce).
  package var holdsInitialCurrents = false
  package var guessedVoltages: NodeVoltages
  /// One node of every part of the circuit that direct current cannot reach from ground: the operating point ties it
  /// to ground by 1e-12 S.
  package var capacitiveNodes: [NodeIndex]
  /// Loops of coils and voltages without resistance, whose current nothing decides at rest.
  package var coilLoops: [CoilLoop]

  package init() {
    nodeNames = ["0"]
    groups = []
    initialVoltages = NodeVoltages()
    guessedVoltages = NodeVoltages()
    capacitiveNodes = []
    coilLoops = []
  }

  package var deviceCount: Int { groups.reduce(0) { $0 + $1.count } }
}

extension Circuit {
  /// The node of `name` (lower case): `a`, `gnd`, `x1.a`.
  package func node(named name: String) -> NodeIndex? {
    if HierarchicalName.isGround(name) { return 0 }
    let index = nodeNames.firstIndex(of: name) ?? HierarchicalName.dotted(name).flatMap { nodeNames.firstIndex(of: $0) }
    return index.map(NodeIndex.init)
  }

  /// The device of `name`: `n1`, `x1.n1` or ngspice's `n.x1.n1`.
  package func device(named name: String) -> DeviceReference? {
    for spelling in HierarchicalName.spellings(of: name) {
      for (group, devices) in groups.enumerated() {
        if let instance = devices.names.firstIndex(of: spelling) {
          return DeviceReference(group: group, instance: instance)
        }
      }
    }
    return nil
  }
}

/// The ways to write the name of a device inside a subcircuit: `x1.v8`, ngspice's `v.x1.v8`, Xyce's `x1:v8`.
package enum HierarchicalName {
  package static func isGround(_ name: String) -> Bool { name == "0" || name == "gnd" }

  /// Xyce's `x1:n1` as `x1.n1`, and `ymemristor!mr1` as `mr1`; nil where the name is neither.
  static func dotted(_ name: String) -> String? {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "!") }) else { return nil }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map { part in
      // The kind of a device that no letter stands for.
      part.hasPrefix("y") ? part.split(separator: "!", maxSplits: 1).last ?? part : part
    }
    let dotted = parts.joined(separator: ".")
    return dotted == name ? nil : dotted
  }

  /// The name under which ngspice writes a device: `r.x1.r4` of `x1.r4`.
  package static func ngspiceName(_ name: String) -> String {
    guard let point = name.lastIndex(of: "."), let letter = name[name.index(after: point)...].first else { return name }
    return "\(letter).\(name)"
  }

  /// `name` itself and, for ngspice's `v.x1.v8`, the path alone: `x1.v8`.
  static func spellings(of name: String) -> [String] {
    if let dotted = dotted(name) { return [name] + spellings(of: dotted) }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].utf8.count == 1, let last = parts.last, last.hasPrefix(parts[0]) else {
      return [name]
    }
    return [name, String(name.dropFirst(2))]
  }
}
