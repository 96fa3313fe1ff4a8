internal import Analyses
internal import Batches
internal import Circuits
internal import Diagnostics
internal import Glibc
internal import Waveforms
internal import Neuristor

/// A netlist ready to be run with many values. A value: every thread has one of its own, and they share what no run changes.
struct SweepBench: Sendable {
  var pipeline: Pipeline
  let reading: Pipeline.Reading
  /// The first run; others share its equations as long as values alone differ.
  let first: Experiment
  let keep: [String]
  let timeLimit: Double?
  /// Models whose operating points have many nodes would make as many columns.
  private static let mostSignals = 8

  init(_ pipeline: Pipeline, _ reading: Pipeline.Reading, first: Experiment, _ options: SweepOptions) {
    self.pipeline = pipeline
    self.pipeline.diagnostics = DiagnosticBag()
    self.reading = reading
    self.first = first
    keep = options.keep
    timeLimit = options.timeLimit
  }

  var parameterNames: [String] { reading.steps.lines.map(\.name.value) }

  /// Does one run; nil where it was broken off.
  func run(_ number: Int, isCancelled: @escaping @Sendable () -> Bool) -> BatchRecord? {
    let start = Clock.now
    var record = BatchRecord(run: number, status: .completed)
    record.parameters = reading.steps.values(ofRun: number)
    var copy = pipeline
    guard let experiment = copy.experiment(of: reading, run: number, like: first) else {
      record.status = .invalid
      record.message = copy.firstError
      (record.wall, record.cpu) = start.elapsed
      return record
    }
    var isLate = false
    let late: () -> Bool = {
      if let timeLimit, start.elapsed.wall > timeLimit { isLate = true }
      return isLate || isCancelled()
    }
    let table = WaveformTable()
    var waveforms: [BatchRecord.Waveform] = []
    let run = experiment.run { _ in
      var control = RunControl()
      control.isCancelled = late
      control.sink = keep.isEmpty ? nil : table
      return control
    } onFinish: { outcome in
      if !keep.isEmpty { waveforms += Self.columns(of: table, outcome.kind, keep) }
    }
    if run.outcomes.contains(where: { if case .interrupted = $0.ending { true } else { false } }) {
      guard isLate else { return nil }
      record.status = .timeLimit
      record.message = "it took longer than \(NumberFormat.significant(timeLimit ?? 0)) s"
    } else if run.outcomes.contains(where: { if case .failed = $0.ending { true } else { false } })
      || run.diagnostics.hasErrors
    {
      record.status = .gaveUp
      copy.diagnostics = run.diagnostics
      record.message = copy.firstError
    } else if let failed = run.verdicts.first(where: { !$0.holds }) {
      record.status = .expectationFailed
      record.message = failed.sentence
    }
    record.waveforms = waveforms
    for outcome in run.outcomes { Self.add(outcome, to: &record) }
    (record.wall, record.cpu) = start.elapsed
    return record
  }

  private static func add(_ outcome: AnalysisOutcome, to record: inout BatchRecord) {
    var known = Set(record.measures.map(\.name))
    func add(_ name: String, _ value: Double?) {
      if known.insert(name).inserted { record.measures.append((name, value)) }
    }
    for item in outcome.values.prefix(mostSignals) { add(item.signal.name, item.value) }
    for train in outcome.table.spikes {
      for property in ["count", "latency", "rate"] + (train.spacing == nil ? [] : ["velocity"]) {
        add("\(train.name).\(property)", try? outcome.table.value(of: "\(train.name).\(property)")?.get())
      }
      for (signal, times) in zip(train.signalNames, train.times)
      where !record.spikes.contains(where: { $0.name == train.name && $0.signal == signal }) {
        record.spikes.append(BatchRecord.Spikes(name: train.name, signal: signal, times: times))
      }
    }
    // Of several with one name the last is the result.
    for measure in outcome.table.measures {
      add(measure.name, try? outcome.table.value(of: measure.name)?.get())
    }
  }

  private static func columns(of table: WaveformTable, _ kind: AnalysisKind, _ keep: [String]) -> [BatchRecord.Waveform]
  {
    zip(table.signals, table.columns).enumerated().compactMap { place, column in
      guard place == 0 || keep.contains(column.0.name) else { return nil }
      return BatchRecord.Waveform(
        analysis: kind.rawValue, signal: column.0.name, unit: column.0.kind.unit, values: column.1)
    }
  }
}

/// Wall time and the thread's processor time since a moment.
private struct Clock {
  private let wall: Double
  private let cpu: Double

  static var now: Clock { Clock(wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_THREAD_CPUTIME_ID)) }

  var elapsed: (wall: Double, cpu: Double) {
    let now = Clock.now
    return (now.wall - wall, now.cpu - cpu)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
