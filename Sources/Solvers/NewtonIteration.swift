internal import CSundials
internal import Glibc

/// Newton's iteration for the correction e of one step, behind SUNNonlinearSolver, in two sweeps over the unknowns:
///
///     down: y = y_p + e, y' = y_p' + cj e, F, z = D⁻¹ F_x and the border's right side, block by block
///     up:   x = z - w v, e -= x, and the norm of what was taken off
///
/// where IDA's own Newton passes over every vector a dozen times. When an iteration has converged, and when it is given
/// up, is judged as IDA does (Hindmarsh et al., User Documentation for IDA 6.4, section 2.1).
final class NewtonIteration {
  private let problem: any SweptProblem
  private let matrix: BorderedMatrix
  private let arena = Arena()
  /// J⁻¹ F; during the sweep down its blocks hold z.
  private let solution: UnsafeMutablePointer<Double>
  /// Of the last correction.
  private let norms: UnsafeMutablePointer<StateVector_Norms>
  /// Weighted norm of the correction that last solved a step; infinite where it was not taken.
  private(set) var correctionNorm = Double.infinity
  /// The solver as IDA knows it.
  private(set) var hook: SUNNonlinearSolver?

  /// Factor from a correction's norm to the error left, from the rate of convergence last seen.
  private var errorFactor = NewtonIteration.unknownErrorFactor
  private var lastSlope = Double.nan
  private var stepsWithJacobian = 0
  private let oldestJacobian: Int
  /// Where equations bend without rates (an exponential between resistors) a slope that has become too steep makes
  /// corrections look small from step to step, and a rate of convergence seen long ago would let them pass.
  private let leastErrorFactor: Double

  private static let iterationLimit = 4
  private static let slowestRate = 0.9
  private static let unknownErrorFactor = 100.0
  private static let freshErrorFactor = 20.0
  /// A first correction this small against the tolerance needs no second.
  private static let negligible = 1e-4

  /// IDA's flag where a sweep left unknowns out.
  private static let brokenSweep: Int32 = -1

  private enum Outcome {
    case converged
    /// IDA's flag; a positive one asks for a newer Jacobian or a shorter step.
    case failed(Int32)
  }

  /// `oldestJacobian`: for how many steps one is used.
  init(_ problem: any SweptProblem, matrix: BorderedMatrix, oldestJacobian: Int, context: SUNContext) {
    self.oldestJacobian = oldestJacobian
    leastErrorFactor = problem.bendsWithoutRates ? 1 : 0
    self.problem = problem
    self.matrix = matrix
    solution = arena.doubles(problem.structure.unknownCount)
    norms = arena.allocate(1, filledWith: StateVector_Norms())
    let callbacks = NewtonHook_Callbacks(
      owner: Unmanaged.passUnretained(self).toOpaque(),
      solve: { owner, step in
        guard let step else { return -1 }
        return Unmanaged<NewtonIteration>.with(owner) { $0.solve(step) }
      })
    hook = NewtonHook_New(callbacks, context)
  }

  deinit { _ = hook.map(SUNNonlinSolFree) }

  /// To be called where a run starts anew: nothing is known of the rate of convergence.
  func forget() { lastSlope = .nan }

  private func solve(_ step: UnsafeMutablePointer<NewtonHook_Step>) -> Int32 {
    if step.pointee.slope != lastSlope {
      errorFactor = Self.unknownErrorFactor
      lastSlope = step.pointee.slope
    }
    var isFresh = false
    stepsWithJacobian += 1
    if step.pointee.wantsSetup != 0 || stepsWithJacobian > oldestJacobian {
      let flag = setup()
      if flag != 0 { return flag }
      isFresh = true
    }
    while true {
      switch iterate(step) {
      case .converged:
        if step.pointee.isDeferred != 0 { NewtonHook_NoteNorms(hook, norms) }
        correctionNorm = step.pointee.isDeferred != 0 ? norms.pointee.correction : .infinity
        return 0
      case .failed(let flag):
        NewtonHook_Count(hook, 0, 1)
        // With a Jacobian of this very step a second attempt would fail like the first.
        guard flag > 0, !isFresh else { return flag }
        let flag = setup()
        if flag != 0 { return flag }
        isFresh = true
      }
    }
  }

  private func setup() -> Int32 {
    errorFactor = Self.freshErrorFactor
    stepsWithJacobian = 0
    return NewtonHook_Setup(hook)
  }

  /// Iterates from a correction of 0 on.
  private func iterate(_ step: UnsafeMutablePointer<NewtonHook_Step>) -> Outcome {
    let age = step.pointee.slope / matrix.lastSlope
    // Allows for a Jacobian taken at another cj (Brenan, Campbell & Petzold 1996, section 5.2.2).
    step.pointee.advance.scale = -(age == 1 ? 1 : 2 / (1 + age))
    let tolerance = step.pointee.tolerance
    var first = 0.0
    for iteration in 0..<Self.iterationLimit {
      NewtonHook_Count(hook, 1, 0)
      step.pointee.advance.isFirst = iteration == 0 ? 1 : 0
      let trial = Trial(step: step, isCorrected: iteration > 0)
      matrix.beginSweep()
      let isInside = problem.sweep(trial, matrix: matrix, into: solution)
      if let update = step.pointee.prediction.update, StateVector_EndUpdate(update) != 0 {
        return .failed(Self.brokenSweep)
      }
      guard isInside, matrix.endSweep() else { return outsideDomain(trial) }
      let size = advance(step)
      guard size.isFinite else { return outsideDomain(trial) }
      if iteration == 0 {
        first = size
        if size <= Self.negligible * tolerance { return .converged }
      } else {
        let rate = iteration == 1 ? size / first : pow(size / first, 1 / Double(iteration))
        if rate > Self.slowestRate { return .failed(SUN_NLS_CONV_RECVR) }
        errorFactor = rate / (1 - rate)
      }
      if max(errorFactor, leastErrorFactor) * size <= tolerance { return .converged }
    }
    return .failed(SUN_NLS_CONV_RECVR)
  }

  /// Corrects by J⁻¹ F; the norm of what was added.
  @inline(__always)
  private func advance(_ step: UnsafeMutablePointer<NewtonHook_Step>) -> Double {
    if step.pointee.fours > 0 {
      matrix.substitute(into: solution)
      return NewtonHook_Advance(step, solution)
    }
    matrix.advance(&step.pointee.advance, solution, norms: norms)
    return norms.pointee.change
  }

  private func outsideDomain(_ trial: Trial) -> Outcome {
    problem.noteFailedSweep(trial)
    return .failed(Int32(NewtonHook_OutsideDomain))
  }
}
