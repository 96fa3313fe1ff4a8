internal import Circuits
internal import Devices
internal import Solvers

/// The border's constant linear part: G y + C y' and the known terms that eliminated sources leave behind,
///
///     r = G y + C y' + k + Σ g e(t) + c e'(t).
final class LinearPart {
  /// Entries by row, then column, each place once.
  private(set) var entries: [LinearEntry] = []
  let rowCount: Int
  let arena = Arena()
  var conductanceBands: [Band] = []
  var capacitanceBands: [Band] = []
  /// Those that lie in every band.
  var commonRows: Range<Int>
  /// What is in no band, by rows.
  private(set) var hasRest = false
  private(set) var starts: UnsafeMutablePointer<Int32>
  private(set) var columns: UnsafeMutablePointer<Int32>
  private(set) var conductances: UnsafeMutablePointer<Double>
  private(set) var capacitances: UnsafeMutablePointer<Double>
  let constants: UnsafeMutablePointer<Double>
  private var constantsGeneration = -1
  private var fixedTerms: [SourceTerm] = []
  private(set) var movingTerms: [SourceTerm] = []
  private var plainTerms: [(row: Int32, value: Double)] = []
  private var pending: [LinearEntry]

  /// g e + c e' in `row`, e being a waveform's value or a node's tied voltage.
  struct SourceTerm {
    enum Source {
      case waveform(Int32)
      case node(NodeIndex)
    }
    var row: Int32
    var source: Source
    var conductance: Double
    var capacitance: Double
  }

  var hasBands: Bool { !conductanceBands.isEmpty }

  init(rowCount: Int, identities: [LinearEntry]) {
    self.rowCount = rowCount
    commonRows = 0..<rowCount
    pending = identities
    constants = arena.doubles(rowCount)
    starts = arena.indices(rowCount + 1)
    columns = arena.indices(1)
    conductances = arena.doubles(1)
    capacitances = arena.doubles(1)
  }

  func add(row: Int32, column: Int32, conductance: Double, capacitance: Double) {
    guard row >= 0, column >= 0 else { return }
    pending.append(LinearEntry(row: row, column: column, conductance: conductance, capacitance: capacitance))
  }

  func add(_ term: SourceTerm, moves: Bool) {
    guard term.row >= 0 else { return }
    if moves { movingTerms.append(term) } else { fixedTerms.append(term) }
  }

  /// Everything that sources add.
  var sourceTerms: [SourceTerm] { fixedTerms + movingTerms }

  func add(row: Int32, constant: Double) {
    if row >= 0, constant != 0 { plainTerms.append((row, constant)) }
  }

  /// Sorts what was added into rows; to be called once.
  func finish() {
    let added = sorted(pending)
    pending = []
    entries.reserveCapacity(Self.placeCount(of: added))
    for entry in added {
      if let last = entries.last, last.row == entry.row, last.column == entry.column {
        entries[entries.count - 1].conductance += entry.conductance
        entries[entries.count - 1].capacitance += entry.capacitance
      } else {
        entries.append(entry)
      }
    }
    let rest = splitBands()
    hasRest = !rest.isEmpty
    columns = arena.copy(rest.map(\.column))
    conductances = arena.copy(rest.map(\.conductance))
    capacitances = arena.copy(rest.map(\.capacitance))
    for entry in rest { starts[Int(entry.row) + 1] += 1 }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
  }

  /// How many places sorted entries have.
  private static func placeCount(of entries: [LinearEntry]) -> Int {
    var count = 0
    for index in entries.indices
    where index == 0 || entries[index].row != entries[index - 1].row
      || entries[index].column != entries[index - 1].column
    {
      count += 1
    }
    return count
  }

  /// Entries by row, then column, in linear time: rows are short.
  private func sorted(_ entries: [LinearEntry]) -> [LinearEntry] {
    var next = [Int32](repeating: 0, count: rowCount + 1)
    for entry in entries { next[Int(entry.row) + 1] += 1 }
    for row in 0..<rowCount { next[row + 1] += next[row] }
    let ends = next
    var result = entries
    for entry in entries {
      result[Int(next[Int(entry.row)])] = entry
      next[Int(entry.row)] += 1
    }
    for row in 0..<rowCount where ends[row + 1] - ends[row] > 1 {
      result[Int(ends[row])..<Int(ends[row + 1])].sort { $0.column < $1.column }
    }
    return result
  }

  /// The border's rows of F; without `rate` at the operating point.
  func evaluate(
    _ sources: SourceValues, y: UnsafePointer<Double>, rate: UnsafePointer<Double>?,
    into result: UnsafeMutablePointer<Double>
  ) {
    bringUpToDate(sources)
    formBands(y: y, rate: rate, into: result)
    if hasRest { addRest(y: y, rate: rate, to: result) }
    for term in movingTerms { result[Int(term.row)] += value(of: term, sources, withSlope: rate != nil) }
  }

  private func addRest(
    y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, to result: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<rowCount {
      var sum = 0.0
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        let column = Int(columns[entry])
        sum += conductances[entry] * y[column]
        if let rate { sum += capacitances[entry] * rate[column] }
      }
      result[row] += sum
    }
  }

  /// Has `constants` hold what the sources give that stand still.
  func bringUpToDate(_ sources: SourceValues) {
    guard constantsGeneration != sources.generation else { return }
    constants.update(repeating: 0, count: rowCount)
    for term in plainTerms { constants[Int(term.row)] += term.value }
    for term in fixedTerms { constants[Int(term.row)] += value(of: term, sources, withSlope: false) }
    constantsGeneration = sources.generation
  }

  private func value(of term: SourceTerm, _ sources: SourceValues, withSlope: Bool) -> Double {
    switch term.source {
    case .waveform(let index):
      term.conductance * sources.values[Int(index)] + (withSlope ? term.capacitance * sources.slopes[Int(index)] : 0)
    case .node(let node):
      term.conductance * sources.tied[Int(node)] + (withSlope ? term.capacitance * sources.tiedSlopes[Int(node)] : 0)
    }
  }
}
