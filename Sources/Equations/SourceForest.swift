package import Circuits
package import Devices

/// Node voltages tied by independent voltage sources.
///
/// Sources form trees. Every node of a tree is its root's voltage plus a known function of time,
///
///     v(node) = v(root) + Σ ± e_s(t)        over the sources on the path,
///
/// so tied nodes lose their unknowns and their Kirchhoff laws are added up into the root's. A tree that reaches ground
/// has ground as root. A source's current follows from Kirchhoff's law of the subtree that hangs on it.
package struct SourceForest: Sendable {
  /// An ideal voltage source with its place in its tree.
  package struct Branch: Sendable {
    package var device: DeviceReference
    package var plus: NodeIndex
    package var minus: NodeIndex
    /// The end away from the root; its subtree's Kirchhoff law gives the current.
    package var child: NodeIndex
    /// Index into `waveforms`.
    package var waveform: Int
    /// Sign of the source in v(child) - v(parent).
    package var sign: Double { child == plus ? 1 : -1 }
  }

  /// Every waveform of the circuit (current sources' included) with the device it belongs to.
  package private(set) var waveforms: [(device: DeviceReference, waveform: SourceWaveform)] = []
  /// Per group: index of its first waveform, -1 where it has none.
  package private(set) var firstWaveforms: [Int]
  package private(set) var branches: [Branch] = []
  /// Root of each node's tree; an untied node is its own.
  package private(set) var roots: [NodeIndex]
  /// The branch between a node and its parent; -1 at roots.
  package private(set) var parentBranches: [Int32]
  private var parents: [NodeIndex]
  /// The nodes tied to a node, away from its root.
  private var children: [NodeIndex: [NodeIndex]] = [:]
  private var branchIndices: [DeviceReference: Int] = [:]

  package init(_ circuit: Circuit) {
    let nodeCount = circuit.nodeNames.count
    roots = (0..<NodeIndex(nodeCount)).map { $0 }
    firstWaveforms = Array(repeating: -1, count: circuit.groups.count)
    parents = roots
    parentBranches = Array(repeating: -1, count: nodeCount)
    var edges:
      [NodeIndex: [(other: NodeIndex, plus: NodeIndex, minus: NodeIndex, device: DeviceReference, waveform: Int)]] =
        [:]
    for (groupIndex, group) in circuit.groups.enumerated() where !group.waveforms.isEmpty {
      let tie = group.model.tie
      firstWaveforms[groupIndex] = waveforms.count
      for instance in 0..<group.count {
        let device = DeviceReference(group: groupIndex, instance: instance)
        waveforms.append((device, group.waveforms[instance]))
        guard let tie else { continue }
        let plus = group.terminals[tie.plus][instance]
        let minus = group.terminals[tie.minus][instance]
        guard plus != minus else { continue }
        edges[plus, default: []].append((minus, plus, minus, device, waveforms.count - 1))
        edges[minus, default: []].append((plus, plus, minus, device, waveforms.count - 1))
      }
    }
    var visited = Array(repeating: false, count: nodeCount)
    for start in 0..<NodeIndex(nodeCount) where !visited[Int(start)] && edges[start] != nil {
      visited[Int(start)] = true
      var queue = [start]
      var next = 0
      while next < queue.count {
        let node = queue[next]
        next += 1
        for edge in edges[node] ?? [] where !visited[Int(edge.other)] {
          visited[Int(edge.other)] = true
          roots[Int(edge.other)] = start
          parents[Int(edge.other)] = node
          parentBranches[Int(edge.other)] = Int32(branches.count)
          children[node, default: []].append(edge.other)
          branchIndices[edge.device] = branches.count
          branches.append(
            Branch(
              device: edge.device, plus: edge.plus, minus: edge.minus, child: edge.other, waveform: edge.waveform))
          queue.append(edge.other)
        }
      }
    }
  }

  /// The sources between `node` and its root, with the sign each has in v(node) - v(root).
  package func path(of node: NodeIndex) -> [(waveform: Int, sign: Double)] {
    pathBranches(of: node).map { (branches[$0].waveform, branches[$0].sign) }
  }

  /// The branches between `node` and its root.
  package func pathBranches(of node: NodeIndex) -> [Int] {
    var result: [Int] = []
    var node = node
    while parentBranches[Int(node)] >= 0 {
      result.append(Int(parentBranches[Int(node)]))
      node = parents[Int(node)]
    }
    return result
  }

  /// The branch of a source.
  package func branch(of device: DeviceReference) -> Int? {
    branchIndices[device]
  }

  /// Every node that hangs on `branch`, away from the root; nearer ones first.
  package func subtree(of branch: Int) -> [NodeIndex] {
    var result = [branches[branch].child]
    var next = 0
    while next < result.count {
      result += children[result[next]] ?? []
      next += 1
    }
    return result
  }
}

extension DeviceModel {
  /// The terminals an ideal source ties, or nil.
  package var isVoltageSource: Bool { tie != nil }

  var tie: (plus: Int, minus: Int)? {
    for case .tiesVoltage(let plus, let minus) in topology { return (plus, minus) }
    return nil
  }
}
