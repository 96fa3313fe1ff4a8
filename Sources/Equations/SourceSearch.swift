internal import Circuits
internal import Devices

/// Finds the trees that ideal voltage sources form, each in breadth from its root.
struct SourceSearch {
  private let edges: SourceEdges
  private(set) var branches = SourceBranches()
  private(set) var roots: [NodeIndex]
  private(set) var parentBranches: [Int32]
  private(set) var firstChildren: [Int32]
  private(set) var branchIndices: [Int32]

  init(_ edges: SourceEdges, nodeCount: Int, waveformCount: Int) {
    self.edges = edges
    roots = (0..<NodeIndex(nodeCount)).map { $0 }
    parentBranches = Array(repeating: -1, count: nodeCount)
    firstChildren = parentBranches
    branchIndices = Array(repeating: -1, count: waveformCount)
  }

  mutating func run() {
    if edges.isEmpty { return }
    var isVisited = Array(repeating: false, count: roots.count)
    for start in roots where !isVisited[Int(start)] && !edges.meeting(start).isEmpty {
      isVisited[Int(start)] = true
      var queue = [start]
      var next = 0
      while next < queue.count {
        let node = queue[next]
        next += 1
        for place in edges.meeting(node) {
          let edge = edges[place]
          let other = edge.plus == node ? edge.minus : edge.plus
          if isVisited[Int(other)] { continue }
          isVisited[Int(other)] = true
          roots[Int(other)] = start
          add(SourceBranches.Branch(plus: edge.plus, minus: edge.minus, child: other, waveform: Int(edge.waveform)))
          queue.append(other)
        }
      }
    }
    branches.trim()
  }

  private mutating func add(_ branch: SourceBranches.Branch) {
    let index = Int32(branches.count)
    parentBranches[Int(branch.child)] = index
    if firstChildren[Int(branch.parent)] < 0 { firstChildren[Int(branch.parent)] = index }
    branchIndices[branch.waveform] = index
    branches.append(branch)
  }
}

/// The ideal voltage sources of a circuit as edges of a graph, by the nodes they meet.
struct SourceEdges {
  struct Edge {
    var plus: NodeIndex
    var minus: NodeIndex
    var waveform: Int32
  }

  private var edges: [Edge] = []
  /// Where the edges that meet a node begin in `meetings`; one more than there are nodes.
  private var starts: [Int32] = []
  private var meetings: [Int32] = []

  init(_ circuit: Circuit, _ firstWaveforms: [Int]) {
    for (index, group) in circuit.groups.enumerated() where firstWaveforms[index] >= 0 {
      guard let tie = group.model.tie else { continue }
      let (plus, minus) = (group.terminals[tie.plus], group.terminals[tie.minus])
      for instance in 0..<group.count where plus[instance] != minus[instance] {
        edges.append(
          Edge(plus: plus[instance], minus: minus[instance], waveform: Int32(firstWaveforms[index] + instance)))
      }
    }
    if edges.isEmpty { return }
    starts = Array(repeating: 0, count: circuit.nodeNames.count + 1)
    for edge in edges {
      starts[Int(edge.plus) + 1] += 1
      starts[Int(edge.minus) + 1] += 1
    }
    for node in 1..<starts.count { starts[node] += starts[node - 1] }
    meetings = Array(repeating: 0, count: 2 * edges.count)
    var next = starts
    for (place, edge) in edges.enumerated() {
      for node in [edge.plus, edge.minus] {
        meetings[Int(next[Int(node)])] = Int32(place)
        next[Int(node)] += 1
      }
    }
  }

  var isEmpty: Bool { edges.isEmpty }
  var count: Int { edges.count }

  subscript(place: Int32) -> Edge { edges[Int(place)] }

  /// The edges at a node, in the order written.
  func meeting(_ node: NodeIndex) -> ArraySlice<Int32> {
    meetings[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }
}
