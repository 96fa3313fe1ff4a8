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
  package typealias Branch = SourceBranches.Branch

  /// How many waveforms the circuit has, current sources' included.
  package private(set) var waveformCount = 0
  /// Per group: index of its first waveform, -1 where it has none.
  package private(set) var firstWaveforms: [Int]
  /// A parent's branches stand before those of its children, and the children of a node side by side.
  package private(set) var branches = SourceBranches()
  /// Root of each node's tree; an untied node is its own.
  package private(set) var roots = RunColumn()
  /// The branch between a node and its parent; -1 at roots.
  package private(set) var parentBranches = RunColumn()
  /// The first branch away from the root of each node; -1 where there is none.
  private var firstChildren = RunColumn()
  /// By waveform, its branch; -1 for current sources, and for voltage sources that close a loop.
  private var branchIndices = RunColumn()

  package init(_ circuit: Circuit) {
    let nodeCount = circuit.nodeNames.count
    firstWaveforms = Array(repeating: -1, count: circuit.groups.count)
    for (index, group) in circuit.groups.enumerated() where !group.waveforms.isEmpty {
      firstWaveforms[index] = waveformCount
      waveformCount += group.count
    }
    var search = SourceSearch(SourceEdges(circuit, firstWaveforms), nodeCount: nodeCount, waveformCount: waveformCount)
    search.run()
    branches = search.branches
    roots = RunColumn(search.roots)
    parentBranches = RunColumn(search.parentBranches)
    firstChildren = RunColumn(search.firstChildren)
    branchIndices = RunColumn(search.branchIndices)
  }

  /// The device that a waveform belongs to.
  package func device(ofWaveform waveform: Int) -> DeviceReference {
    let group = firstWaveforms.lastIndex { $0 >= 0 && $0 <= waveform } ?? 0
    return DeviceReference(group: group, instance: waveform - max(firstWaveforms[group], 0))
  }

  package func device(of branch: Branch) -> DeviceReference { device(ofWaveform: branch.waveform) }

  /// The sources between `node` and its root, with the sign each has in v(node) - v(root).
  package func path(of node: NodeIndex) -> [(waveform: Int, sign: Double)] {
    pathBranches(of: node).map { (branches[$0].waveform, branches[$0].sign) }
  }

  /// The branches between `node` and its root.
  package func pathBranches(of node: NodeIndex) -> [Int] {
    var result: [Int] = []
    var node = node
    while parentBranches[Int(node)] >= 0 {
      let branch = Int(parentBranches[Int(node)])
      result.append(branch)
      node = branches[branch].parent
    }
    return result
  }

  /// The branches that move, or hang on one that does; parents first.
  func branchesMoved(by isMoving: (Int) -> Bool) -> [Branch] {
    var moved: [Branch] = []
    var isMoved: [Bool] = []
    for branch in branches {
      let above = parentBranches[Int(branch.parent)]
      isMoved.append(isMoving(branch.waveform) || (above >= 0 && isMoved[Int(above)]))
      if isMoved[isMoved.count - 1] { moved.append(branch) }
    }
    return moved
  }

  /// The branch of a source.
  package func branch(of device: DeviceReference) -> Int? {
    let first = firstWaveforms[device.group]
    guard first >= 0, branchIndices[first + device.instance] >= 0 else { return nil }
    return Int(branchIndices[first + device.instance])
  }

  /// Every node that hangs on `branch`, away from the root; nearer ones first.
  package func subtree(of branch: Int) -> [NodeIndex] {
    var result = [branches[branch].child]
    var next = 0
    while next < result.count {
      let node = result[next]
      next += 1
      guard firstChildren[Int(node)] >= 0 else { continue }
      for branch in Int(firstChildren[Int(node)])..<branches.count {
        if branches[branch].parent != node { break }
        result.append(branches[branch].child)
      }
    }
    return result
  }
}

extension DeviceModel {
  /// The terminals an ideal source ties, or nil.
  package var isVoltageSource: Bool { tie != nil }

  /// Whether the model is an independent source of current.
  package var isCurrentSource: Bool {
    tie == nil && variables.contains { if case .waveform = $0.kind { true } else { false } }
  }

  var tie: (plus: Int, minus: Int)? {
    for case .tiesVoltage(let plus, let minus) in topology { return (plus, minus) }
    return nil
  }
}
