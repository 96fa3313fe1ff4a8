import Solvers

/// A DAE of a few unknowns whose residual and Jacobian (rows of ∂F/∂y + cj ∂F/∂y') are written by hand; all unknowns
/// stand in one dense block.
final class HandWrittenProblem: DAEProblem {
  typealias Values = UnsafePointer<Double>

  let structure: BorderedStructure
  var exemptUnknowns: [Int] = []
  var reltol: Double
  let abstol: [Double]
  private let absolute: UnsafePointer<Double>
  private let arena = Arena()
  /// Calls of the residual so far.
  private(set) var residualCount = 0
  /// What the residual gives instead of its value at a call of that number: NaN, or a refusal.
  var poisonedCalls: Range<Int> = 0..<0
  var refusedCalls: Range<Int> = 0..<0
  private let rows: (_ time: Double, _ y: Values, _ rate: Values) -> [Double]
  private let derivatives: (_ time: Double, _ cj: Double, _ y: Values, _ rate: Values) -> [[Double]]

  init(
    reltol: Double, abstol: [Double], residual: @escaping (_ time: Double, _ y: Values, _ rate: Values) -> [Double],
    jacobian: @escaping (_ time: Double, _ cj: Double, _ y: Values, _ rate: Values) -> [[Double]]
  ) {
    self.reltol = reltol
    self.abstol = abstol
    absolute = UnsafePointer(arena.copy(abstol))
    rows = residual
    derivatives = jacobian
    structure = .oneBlock(size: abstol.count)
  }

  func residual(time: Double, y: Values, rate: Values, into result: UnsafeMutablePointer<Double>) -> Bool {
    defer { residualCount += 1 }
    for (index, value) in rows(time, y, rate).enumerated() {
      result[index] = poisonedCalls.contains(residualCount) ? .nan : value
    }
    return !refusedCalls.contains(residualCount)
  }

  func jacobian(time: Double, cj: Double, y: Values, rate: Values, into matrix: BorderedMatrix) -> Bool {
    let values = matrix.values(ofBatch: 0)
    for (index, value) in derivatives(time, cj, y, rate).joined().enumerated() { values[index] = value }
    return true
  }

  var errorBounds: ErrorBounds { ErrorBounds(relative: reltol, absolute: absolute) }
}

extension HandWrittenProblem: SweptProblem {
  func noteFailedSweep(_ trial: Trial) {}

  func sweep(_ trial: Trial, matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>) -> Bool {
    let arena = Arena()
    let size = abstol.count
    let y = arena.doubles(size)
    let rate = arena.doubles(size)
    trial.form(0, size, into: y, rate: rate)
    let rows = arena.doubles(size)
    guard residual(time: trial.time, y: y, rate: rate, into: rows) else { return false }
    matrix.eliminate(batch: 0, instances: 0..<1, rows: rows, stride: 1, into: solution)
    return true
  }
}

extension HandWrittenProblem {
  /// An integrator at time 0 with these consistent values.
  func integrator(
    y: [Double], rate: [Double], order: Int = 5, sweeps: Bool = true, vectors: IDAIntegrator.Vectors = .automatic
  ) throws -> IDAIntegrator {
    var options = IDAIntegrator.Options()
    options.maximumOrder = order
    options.sweeps = sweeps
    // Comparisons with IDA's own iteration, which knows no such limit.
    options.oldestJacobian = .max
    options.vectors = vectors
    return try IDAIntegrator(
      self, matrix: BorderedMatrix(structure), time: 0, y: y, rate: rate, options: options)
  }

  /// The solution at `end`, from consistent values at time 0.
  func solution(at end: Double, y: [Double], rate: [Double], order: Int = 5) throws -> [Double] {
    let integrator = try integrator(y: y, rate: rate, order: order)
    integrator.setStopTime(end)
    while integrator.time < end { try integrator.step(towards: end) }
    return (0..<y.count).map { integrator.y[$0] }
  }
}

extension BorderedStructure {
  /// No border, one full block.
  static func oneBlock(size: Int) -> BorderedStructure {
    let places = (0..<size).flatMap { row in (0..<size).map { BlockPlace(row: row, column: $0) } }
    let block = BlockBatch(
      count: 1, size: size, firstUnknown: 0, inputs: [], outputs: [], internalPlaces: places, inputPlaces: [],
      outputPlaces: [], directPlaces: [])
    return BorderedStructure(borderCount: 0, linear: [], batches: [block])
  }
}
