internal import CSundials

/// The error bound of each unknown: relative |y| + absolute, and for some of them no more than a limit.
package struct ErrorBounds {
  let bounds: StateVector_Bounds

  /// `absolute` and `limited`, unknowns that rise, stay the caller's; what stands in `absolute` and `equal` may change
  /// between steps.
  package init(
    relative: Double, absolute: UnsafePointer<Double>, equal: EqualRanges? = nil,
    limited: UnsafeBufferPointer<Int32>? = nil, limit: Double = .infinity
  ) {
    bounds = StateVector_Bounds(
      relative: relative, absolute: absolute, equal: equal?.ranges, limited: limited?.baseAddress,
      limitedCount: sunindextype(limited?.count ?? 0),
      limit: limit)
  }

  /// The inverse of the bounds of some unknowns, that of the first at the beginning of `weights`.
  package func formWeights(
    _ y: UnsafePointer<Double>, of unknowns: Range<Int>, into weights: UnsafeMutablePointer<Double>
  ) {
    withUnsafePointer(to: bounds) {
      StateVector_FormWeights(
        $0, y, sunindextype(unknowns.lowerBound), sunindextype(unknowns.count), weights)
    }
  }
}

/// Long ranges of a column that are one number each: who passes through the column reads it once.
package struct EqualRanges {
  /// An empty one ends them.
  fileprivate let ranges: UnsafeMutablePointer<StateVector_Range>

  private static let most = 32
  /// To find a shorter one takes longer than to read it.
  private static let least = 512

  package init(_ arena: Arena) {
    ranges = arena.allocate(Self.most + 1, filledWith: StateVector_Range())
  }

  /// Looks for them in `column`, leaving out those in which a value of `varying` lies.
  package func find(in column: UnsafeBufferPointer<Double>, varying: [Range<Int>]) {
    var found = 0
    var start = 0
    while start < column.count, found < Self.most {
      let value = column[start]
      let end = column[start...].firstIndex { $0 != value } ?? column.count
      if end - start >= Self.least, !varying.contains(where: { $0.overlaps(start..<end) }) {
        ranges[found] = StateVector_Range(first: sunindextype(start), count: sunindextype(end - start))
        found += 1
      }
      start = end
    }
    ranges[found] = StateVector_Range()
  }
}

/// A problem whose unknowns are held to within bounds.
package protocol BoundedProblem: AnyObject {
  var structure: BorderedStructure { get }
  var errorBounds: ErrorBounds { get }
}

extension BoundedProblem {
  /// The inverse of each unknown's error bound.
  package func errorWeights(y: UnsafePointer<Double>, into weights: UnsafeMutablePointer<Double>) {
    errorBounds.formWeights(y, of: 0..<structure.unknownCount, into: weights)
  }
}
