internal import CSundials

/// The error bound of each unknown: relative |y| + absolute, and for some of them no more than a limit.
package struct ErrorBounds {
  let bounds: StateVector_Bounds

  /// `absolute` and `limited`, unknowns that rise, stay the caller's; what stands in `absolute` may change between steps.
  package init(
    relative: Double, absolute: UnsafePointer<Double>, limited: UnsafeBufferPointer<Int32>? = nil,
    limit: Double = .infinity
  ) {
    bounds = StateVector_Bounds(
      relative: relative, absolute: absolute, limited: limited?.baseAddress,
      limitedCount: sunindextype(limited?.count ?? 0),
      limit: limit)
  }

  /// The inverse of the bounds of `count` unknowns.
  package func formWeights(
    _ y: UnsafePointer<Double>, count: Int, into weights: UnsafeMutablePointer<Double>
  ) {
    withUnsafePointer(to: bounds) { StateVector_FormWeights($0, y, 0, sunindextype(count), weights) }
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
    errorBounds.formWeights(y, count: structure.unknownCount, into: weights)
  }
}
