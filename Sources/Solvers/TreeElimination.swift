/// LU factors, without exchange of rows, of a matrix whose graph is a forest: no fill-in, about six operations a node.
///
/// Hines 1984, Int. J. Bio-Med. Comput. 15:69, eliminates a branched cable this way; here any circuit whose nodes form
/// trees. Pivots are checked, for nothing says that a circuit's matrix is dominated by its diagonal.
struct TreeElimination: ~Copyable {
  private let paths: TreePaths
  private let arena = Arena()
  let nodes: UnsafeMutablePointer<Int32>
  /// Whether there is but one node.
  private let isSingle: Bool
  /// By place in the paths: where the diagonal, the entry (node, next) and the entry (next, node) stand in the matrix,
  /// next being the node that the node passes on to.
  private let diagonalPlaces: UnsafeMutablePointer<Int32>
  private let upperPlaces: UnsafeMutablePointer<Int32>
  private let lowerPlaces: UnsafeMutablePointer<Int32>
  /// 1/d, a(node, next)/d and a(next, node)/d.
  let inverse: UnsafeMutablePointer<Double>
  let upper: UnsafeMutablePointer<Double>
  let lower: UnsafeMutablePointer<Double>
  /// By node: the diagonal as elimination leaves it; the right side likewise.
  private let diagonal: UnsafeMutablePointer<Double>
  private let partial: UnsafeMutablePointer<Double>

  /// A pivot smaller than this share of the entry it eliminates, or of its own value before, is refused.
  private static let pivotThreshold = 1e-3
  private static let cancellation = 1e-12

  /// Nil where the matrix has a cycle.
  init?(_ matrix: borrowing CompressedColumns) {
    guard matrix.order > 0, let paths = TreePaths(matrix.neighbours) else { return nil }
    self.paths = paths
    nodes = arena.copy(paths.nodes)
    isSingle = matrix.order == 1
    let count = matrix.order
    diagonalPlaces = arena.indices(count)
    upperPlaces = arena.indices(count)
    lowerPlaces = arena.indices(count)
    inverse = arena.doubles(count)
    upper = arena.doubles(count)
    lower = arena.doubles(count)
    diagonal = arena.doubles(count)
    partial = arena.doubles(count)
    for path in paths.paths {
      for place in path.first..<path.first + path.length {
        let node = nodes[place]
        let next = place + 1 < path.first + path.length ? nodes[place + 1] : path.parent
        diagonalPlaces[place] = Int32(matrix.place(node, node))
        upperPlaces[place] = Int32(next < 0 ? matrix.zero : matrix.place(node, next))
        lowerPlaces[place] = Int32(next < 0 ? matrix.zero : matrix.place(next, node))
      }
    }
  }

  /// Places in the order of elimination, each with the node that it passes on to, or -1.
  var placesDown: [(own: Int, next: Int)] {
    paths.paths.flatMap { path in
      let end = path.first + path.length
      return (path.first..<end).map { ($0, Int($0 + 1 < end ? nodes[$0 + 1] : path.parent)) }
    }
  }

  /// Factors the matrix's present values; false where a pivot is too small.
  mutating func factor(_ matrix: borrowing CompressedColumns) -> Bool {
    let values = matrix.values
    for place in 0..<matrix.order { diagonal[Int(nodes[place])] = values[Int(diagonalPlaces[place])] }
    for path in paths.paths {
      // What the node before takes off the pivot.
      var passed = 0.0
      for place in path.first..<path.first + path.length {
        let pivot = diagonal[Int(nodes[place])] - passed
        let above = values[Int(upperPlaces[place])]
        let below = values[Int(lowerPlaces[place])]
        guard pivot.isFinite, above.isFinite, below.isFinite,
          pivot.magnitude >= Self.pivotThreshold * below.magnitude,
          pivot.magnitude > Self.cancellation * values[Int(diagonalPlaces[place])].magnitude
        else { return false }
        inverse[place] = 1 / pivot
        upper[place] = above / pivot
        lower[place] = below / pivot
        passed = lower[place] * above
      }
      if path.parent >= 0 { diagonal[Int(path.parent)] -= passed }
    }
    return true
  }

  /// Solves in place.
  func solve(_ rightSide: UnsafeMutablePointer<Double>) {
    if isSingle {
      rightSide[0] *= inverse[0]
      return
    }
    let list = paths.paths
    var index = 0
    while index < list.count {
      let hasPartner = index + 1 < list.count && list[index + 1].level == list[index].level
      if hasPartner {
        gather(list[index], list[index + 1], rightSide)
        index += 2
      } else {
        gather(list[index], rightSide)
        index += 1
      }
    }
    index = list.count
    while index > 0 {
      // The same pairs as on the way down are met from behind, except where a level has an odd number of paths.
      let hasPartner = index > 1 && list[index - 2].level == list[index - 1].level
      if hasPartner {
        substitute(list[index - 2], list[index - 1], rightSide)
        index -= 2
      } else {
        substitute(list[index - 1], rightSide)
        index -= 1
      }
    }
  }

  /// Eliminates along a path from its place `start` on; `value` is what the place before holds.
  private func gather(
    _ path: TreePaths.Path, _ b: UnsafeMutablePointer<Double>, from start: Int = 0, _ value: Double = 0
  ) {
    var value = value
    for place in path.first + start..<path.first + path.length {
      let passed = place > path.first ? lower[place - 1] : 0
      value = productPlus(-passed, value, b[Int(nodes[place])])
      partial[place] = value
    }
    if path.parent >= 0 { b[Int(path.parent)] -= lower[path.first + path.length - 1] * value }
  }

  private func gather(_ left: TreePaths.Path, _ right: TreePaths.Path, _ b: UnsafeMutablePointer<Double>) {
    let length = min(left.length, right.length)
    let (leftNodes, rightNodes) = (nodes + left.first, nodes + right.first)
    let (leftFactors, rightFactors) = (lower + left.first, lower + right.first)
    let (leftPartial, rightPartial) = (partial + left.first, partial + right.first)
    var leftValue = b[Int(leftNodes[0])]
    var rightValue = b[Int(rightNodes[0])]
    leftPartial[0] = leftValue
    rightPartial[0] = rightValue
    for k in 1..<length {
      leftValue = productPlus(-leftFactors[k &- 1], leftValue, b[Int(leftNodes[k])])
      rightValue = productPlus(-rightFactors[k &- 1], rightValue, b[Int(rightNodes[k])])
      leftPartial[k] = leftValue
      rightPartial[k] = rightValue
    }
    gather(left, b, from: length, leftValue)
    gather(right, b, from: length, rightValue)
  }

  /// Substitutes along a path down from its place `count - 1`, `value` being the solution of the node above.
  private func substitute(_ path: TreePaths.Path, _ b: UnsafeMutablePointer<Double>, down count: Int, _ value: Double) {
    var value = value
    var place = path.first + count
    while place > path.first {
      place -= 1
      value = productPlus(-upper[place], value, partial[place] * inverse[place])
      b[Int(nodes[place])] = value
    }
  }

  private func substitute(_ path: TreePaths.Path, _ b: UnsafeMutablePointer<Double>) {
    substitute(path, b, down: path.length, path.parent >= 0 ? b[Int(path.parent)] : 0)
  }

  private func substitute(_ left: TreePaths.Path, _ right: TreePaths.Path, _ b: UnsafeMutablePointer<Double>) {
    let length = min(left.length, right.length)
    var leftValue = left.parent >= 0 ? b[Int(left.parent)] : 0
    var rightValue = right.parent >= 0 ? b[Int(right.parent)] : 0
    var l = left.first + left.length
    var r = right.first + right.length
    for _ in 0..<length {
      l &-= 1
      r &-= 1
      leftValue = productPlus(-upper[l], leftValue, partial[l] * inverse[l])
      rightValue = productPlus(-upper[r], rightValue, partial[r] * inverse[r])
      b[Int(nodes[l])] = leftValue
      b[Int(nodes[r])] = rightValue
    }
    substitute(left, b, down: left.length - length, leftValue)
    substitute(right, b, down: right.length - length, rightValue)
  }
}
