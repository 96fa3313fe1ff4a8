internal import CSundials

/// SUNDIALS IDA (Hindmarsh et al. 2005, ACM TOMS 31:363) on a `SweptProblem`: variable order and step, one step a call.
///
/// A class, for its address is IDA's user data.
package final class IDAIntegrator {
  package struct Options: Sendable {
    /// Highest order of the backward differentiation formulas, 1 to 5.
    package var maximumOrder = 5
    /// Largest step, s.
    package var maximumStep = Double.infinity
    /// Whether Newton's iteration is our own, in sweeps, where problem and matrix allow it; else IDA's.
    package var sweeps = true
    /// For how many steps our own iteration uses a Jacobian. One that has become too large makes corrections look small,
    /// and no rate of convergence betrays it; IDA alone would keep it for as long as the step keeps its length. 20 is
    /// CVODE's number.
    package var oldestJacobian = 20
    /// When the vectors of a step are formed.
    package var vectors = Vectors.automatic

    package init() {}
  }

  /// When the vectors of a step are formed: where somebody reads them (only with `Options.sweeps`), or all of them, as
  /// IDA asks. Automatic: by their length.
  package enum Vectors: Sendable, CaseIterable {
    case automatic
    case deferred
    case formed
  }

  package let problem: any SweptProblem
  package let matrix: BorderedMatrix
  package let count: Int
  package private(set) var time: Double
  /// Start of the last step: where its polynomial begins to be valid.
  package private(set) var previousTime: Double
  package private(set) var finishedStatistics = IntegrationStatistics()

  let context: SUNContext
  let memory: UnsafeMutableRawPointer
  private let yVector: N_Vector
  private let rateVector: N_Vector
  /// Where the components of the two vectors lie, formed or not.
  private let yStorage: UnsafeMutablePointer<Double>
  private let rateStorage: UnsafeMutablePointer<Double>
  private let linearSolver: SUNLinearSolver
  private let matrixStub: SUNMatrix
  private let weightScratch: UnsafeMutablePointer<Double>
  private let bounds: UnsafeMutablePointer<StateVector_Bounds>
  /// IDA's differences, of which the polynomial of the last step is made.
  let differences: UnsafeMutablePointer<StateVector_Differences>
  private let arena = Arena()
  private var newton: NewtonIteration?
  private var deferral: OpaquePointer?
  /// The buffers that `interpolate` last wrote to.
  var borrowed: BorrowedVectors?
  private var stopTime = Double.nan
  private var leastStep = 0.0

  /// Copies `y` and `rate` (consistent at `time`) and prepares the first step.
  package init(
    _ problem: any SweptProblem, matrix: BorderedMatrix, time: Double, y start: UnsafePointer<Double>,
    rate startRate: UnsafePointer<Double>, options: Options
  ) throws(SolverFailure) {
    self.problem = problem
    self.matrix = matrix
    self.time = time
    previousTime = time
    count = problem.structure.unknownCount
    var contextOrNil: SUNContext?
    guard SUNContext_Create(nil, &contextOrNil) == 0, let context = contextOrNil, let memory = IDACreate(context),
      let yVector = StateVector_New(sunindextype(count), nil, context),
      let rateVector = StateVector_New(sunindextype(count), nil, context),
      let matrixStub = BorderedSolver_NewMatrix(context),
      let yStorage = StateVector_Overwrite(yVector), let rateStorage = StateVector_Overwrite(rateVector)
    else { throw SolverFailure(.solver(-1), time: time) }
    self.context = context
    self.memory = memory
    self.yVector = yVector
    self.rateVector = rateVector
    self.matrixStub = matrixStub
    self.yStorage = yStorage
    self.rateStorage = rateStorage
    yStorage.update(from: start, count: count)
    rateStorage.update(from: startRate, count: count)
    weightScratch = arena.doubles(count)
    bounds = arena.allocate(1, filledWith: problem.errorBounds.bounds)
    differences = arena.allocate(1, filledWith: StateVector_Differences())
    StateVector_KeepDifferences(yVector, differences)
    let callbacks = BorderedSolver_Callbacks(
      owner: Unmanaged.passUnretained(matrix).toOpaque(),
      factor: { owner in Unmanaged<BorderedMatrix>.with(owner) { $0.factorAtLastSlope() ? 0 : 1 } },
      solve: { owner, x, b in
        guard let x, let b else { return -1 }
        return Unmanaged<BorderedMatrix>.with(owner) {
          $0.solve(x, b)
          return 0
        }
      })
    guard let linearSolver = BorderedSolver_New(callbacks, context) else {
      throw SolverFailure(.solver(-1), time: time)
    }
    self.linearSolver = linearSolver
    try prepare(options)
  }

  deinit {
    borrowed = nil
    var memory: UnsafeMutableRawPointer? = memory
    IDAFree(&memory)
    _ = SUNLinSolFree(linearSolver)
    SUNMatDestroy(matrixStub)
    N_VDestroy(yVector)
    N_VDestroy(rateVector)
    StateVector_FreeDeferral(deferral)
    var context: SUNContext? = context
    _ = SUNContext_Free(&context)
  }

  private func prepare(_ options: Options) throws(SolverFailure) {
    let swept = options.sweeps && matrix.method != .sparse ? problem : nil
    if swept != nil, options.vectors == .deferred || (options.vectors == .automatic && count >= Self.leastDeferred) {
      deferral = StateVector_NewDeferral()
      StateVector_Defer(yVector, deferral)
      StateVector_Defer(rateVector, deferral)
      if let crew = matrix.crew { StateVector_Employ(deferral, crew.handle) }
    }
    let flags = [
      IDASetErrHandlerFn(memory, { _, _, _, _, _ in }, nil),
      IDAInit(
        memory,
        { time, y, rate, result, data in
          guard let y = StateVector_Values(y), let rate = StateVector_Values(rate),
            let result = StateVector_Overwrite(result)
          else { return -1 }
          return Unmanaged<IDAIntegrator>.with(data) {
            $0.problem.residual(time: time, y: y, rate: rate, into: result) ? 0 : 1
          }
        }, time, yVector, rateVector),
      IDASetUserData(memory, Unmanaged.passUnretained(self).toOpaque()),
      IDAWFtolerances(
        memory,
        { yVector, weightVector, data in
          Unmanaged<IDAIntegrator>.with(data) {
            StateVector_Weigh(yVector, weightVector, $0.bounds)
            return 0
          }
        }),
      IDASetLinearSolver(memory, linearSolver, matrixStub),
      IDASetJacFn(
        memory,
        { time, cj, y, rate, _, _, data, _, _, _ in
          guard let y = StateVector_Values(y), let rate = StateVector_Values(rate) else { return -1 }
          return Unmanaged<IDAIntegrator>.with(data) {
            $0.evaluateJacobian(time: time, cj: cj, y: y, rate: rate) ? 0 : 1
          }
        }),
      IDASetMaxOrd(memory, Int32(options.maximumOrder)),
      IDASetMaxNumSteps(memory, -1),
      IDASetDeltaCjLSetup(memory, 0.1),
      IDASetEtaFixedStepBounds(memory, 1, Self.roomForDoubling),
      IDASetEtaLow(memory, Self.shortening),
    ]
    guard flags.allSatisfy({ $0 >= 0 }) else { throw SolverFailure(.solver(Int(flags.min() ?? -1)), time: time) }
    if let swept {
      let newton = NewtonIteration(
        swept, matrix: matrix, oldestJacobian: options.oldestJacobian, context: context)
      guard let hook = newton.hook, IDASetNonlinearSolver(memory, hook) >= 0 else {
        throw SolverFailure(.solver(-1), time: time)
      }
      self.newton = newton
    }
    setMaximumStep(options.maximumStep)
    exemptUnknowns()
  }

  /// A step keeps its length until it may be this many times as long; then it is doubled, and the next error test is
  /// passed with something to spare.
  private static let roomForDoubling = 2.2
  /// A step that must be shorter becomes at most this times as long. One that is shortened by little is soon shortened
  /// again, and backward differentiation is the more exact the longer its step keeps its length.
  private static let shortening = 0.6

  private func exemptUnknowns() {
    let exempt = problem.exemptUnknowns
    guard !exempt.isEmpty, let mask = N_VClone(yVector), let values = StateVector_Data(mask) else { return }
    values.update(repeating: 1, count: count)
    for unknown in exempt { values[unknown] = 0 }
    _ = IDASetId(memory, mask)
    _ = IDASetSuppressAlg(memory, 1)
    N_VDestroy(mask)
  }

  private func evaluateJacobian(
    time: Double, cj: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>
  ) -> Bool {
    matrix.lastSlope = cj
    if matrix.hasPivots {
      problem.errorWeights(y: y, into: weightScratch)
      matrix.weights = UnsafePointer(weightScratch)
    }
    return problem.jacobian(time: time, cj: cj, y: y, rate: rate, into: matrix)
  }
}

extension IDAIntegrator {
  package func setMaximumStep(_ step: Double) {
    // 0 is IDA's word for no limit.
    _ = IDASetMaxStep(memory, step.isFinite && step > 0 ? step : 0)
  }

  /// No step passes `time`. IDA forgets it when it is reached, and at a restart.
  package func setStopTime(_ time: Double) {
    guard time != stopTime || self.time >= time else { return }
    stopTime = time
    _ = IDASetStopTime(memory, time)
  }

  /// How often a deferred vector was read after it was gone; anything but 0 is a fault of this module.
  package var lostReads: Int { deferral.map { StateVector_LostReads($0) } ?? 0 }

  /// Fewer unknowns than these are added up faster than it is told what is to be added.
  private static let leastDeferred = 64

  /// Starts anew from `y` and `rate`, consistent at `time`, with a first step of `initialStep`.
  package func restart(
    at time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, initialStep: Double
  ) throws(SolverFailure) {
    StateVector_Overwrite(yVector)?.update(from: y, count: count)
    StateVector_Overwrite(rateVector)?.update(from: rate, count: count)
    finishedStatistics = statistics
    finishedStatistics.restarts += 1
    newton?.forget()
    stopTime = .nan
    let flag = IDAReInit(memory, time, yVector, rateVector)
    guard flag >= 0 else { throw SolverFailure(.solver(Int(flag)), time: time) }
    _ = IDASetInitStep(memory, initialStep)
    self.time = time
    previousTime = time
  }

  package func setInitialStep(_ step: Double) {
    _ = IDASetInitStep(memory, step)
  }

  /// One accepted step towards the stop time.
  package func step(towards end: Double) throws(SolverFailure) {
    let before = time
    var reached = time
    // A step that no longer moves time would go on for ever before a point beyond which nothing can be evaluated.
    if leastStep != 4 * time.ulp {
      leastStep = 4 * time.ulp
      _ = IDASetMinStep(memory, leastStep)
    }
    let flag = IDASolve(memory, end, &reached, yVector, rateVector, IDA_ONE_STEP)
    guard flag >= 0 else { throw failure(flag) }
    previousTime = before
    time = reached
  }

  /// The solution at `time`, to be read until the next step: where nobody has formed another, IDA's own.
  package var solution: UnsafePointer<Double> {
    if StateVector_IsLost(yVector) != 0 { return UnsafePointer(y) }
    return StateVector_Glance(yVector) ?? UnsafePointer(y)
  }

  /// The solution at `time`, and its rate, until the next step.
  package var y: UnsafeMutablePointer<Double> {
    form(yVector, derivative: 0)
    return yStorage
  }
  package var rate: UnsafeMutablePointer<Double> {
    form(rateVector, derivative: 1)
    return rateStorage
  }

  /// Forms one of IDA's own vectors where it waits, from the step's polynomial at its end where it is gone.
  private func form(_ vector: N_Vector, derivative: Int32) {
    if StateVector_IsLost(vector) != 0 { _ = IDAGetDky(memory, time, derivative, vector) }
    _ = StateVector_Data(vector)
  }

  /// Weighted norm of the last step's correction; infinite where it is not known.
  package var correctionNorm: Double { newton?.correctionNorm ?? .infinity }

  package var lastStep: Double {
    var step = 0.0
    _ = IDAGetLastStep(memory, &step)
    return step
  }

  package var statistics: IntegrationStatistics {
    var steps = 0
    var iterations = 0
    var setups = 0
    var errorFailures = 0
    var convergenceFailures = 0
    _ = IDAGetNumSteps(memory, &steps)
    _ = IDAGetNumNonlinSolvIters(memory, &iterations)
    _ = IDAGetNumLinSolvSetups(memory, &setups)
    _ = IDAGetNumErrTestFails(memory, &errorFailures)
    _ = IDAGetNumNonlinSolvConvFails(memory, &convergenceFailures)
    var result = finishedStatistics
    result.steps += steps
    result.iterations += iterations
    result.jacobians += setups
    result.errorTestFailures += errorFailures
    result.convergenceFailures += convergenceFailures
    return result
  }

  private func failure(_ flag: Int32) -> SolverFailure {
    let reason: SolverFailure.Reason =
      switch flag {
      case IDA_CONV_FAIL where matrix.isSingular: .singularMatrix
      case IDA_CONV_FAIL, IDA_NLS_FAIL: .newtonDiverged
      case IDA_ERR_FAIL, IDA_TOO_MUCH_ACC: .errorTestFailed
      case IDA_REP_RES_ERR, IDA_RES_FAIL, IDA_FIRST_RES_FAIL: .outsideDomain
      case IDA_LSETUP_FAIL, IDA_LSOLVE_FAIL: .singularMatrix
      default: .solver(Int(flag))
      }
    var current = time
    _ = IDAGetCurrentTime(memory, &current)
    var step = 0.0
    _ = IDAGetCurrentStep(memory, &step)
    return SolverFailure(reason, time: current, step: step, worstUnknown: worstError(), worstEquation: worstResidual())
  }

  /// The unknown with the largest estimated local error in units of its tolerance.
  private func worstError() -> Int? {
    guard let errors = N_VClone(yVector), let values = StateVector_Data(errors) else { return nil }
    defer { N_VDestroy(errors) }
    guard IDAGetEstLocalErrors(memory, errors) >= 0 else { return nil }
    problem.errorWeights(y: y, into: weightScratch)
    return (0..<count).max { (values[$0] * weightScratch[$0]).magnitude < (values[$1] * weightScratch[$1]).magnitude }
  }

  private func worstResidual() -> Int? {
    let result = weightScratch
    guard problem.residual(time: time, y: y, rate: rate, into: result) else { return nil }
    return (0..<count).max { result[$0].magnitude < result[$1].magnitude }
  }
}
