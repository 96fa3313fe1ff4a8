internal import Analyses
internal import Batches
internal import Circuits
internal import Diagnostics
internal import Glibc
internal import Netlists
internal import Synchronization
internal import Waveforms
public import Neuristor

extension Simulator {
  /// Runs a netlist with many values, several runs at a time, and keeps what each finds in an SQLite file; runs that the
  /// file holds already are not repeated.
  public func sweep(_ source: Source, options: SweepOptions) -> SweepResult {
    var pipeline = Pipeline(library: library)
    return pipeline.sweep(source, options)
  }

  /// What `sweep` would do; the first run is done, to see how long it takes.
  public func previewSweep(_ source: Source, options: SweepOptions) -> SweepPreview {
    var pipeline = Pipeline(library: library)
    guard let bench = pipeline.bench(source, options) else { return SweepPreview(report: pipeline.report) }
    let record = bench.run(0) { options.isCancelled() }
    var preview = SweepPreview(report: pipeline.report)
    preview.names = bench.parameterNames
    let identity = pipeline.identity(of: source, bench, options)
    preview.runs = (0..<identity.runCount).filter { identity.holds($0) }
    preview.values = preview.runs.map { bench.reading.steps.values(ofRun: $0) }
    preview.secondsPerRun = record?.wall
    return preview
  }
}

extension Pipeline {
  /// One run understood to its last directive; nil where something is wrong with it.
  mutating func experiment(of reading: Reading, run: Int, like first: Experiment) -> Experiment? {
    guard let elaboration = elaborate(reading, run: run) else { return nil }
    let experiment = Experiment(
      elaboration, like: first, varying: elaborating(reading, run: run), diagnostics: &diagnostics)
    return diagnostics.hasErrors ? nil : experiment
  }

  /// The first error in one line, empty where there is none.
  var firstError: String {
    diagnostics.diagnostics.first { $0.severity == .error }.map { Complaint($0, in: sources).description } ?? ""
  }

  /// A netlist and what is swept, understood; nil where something is wrong.
  mutating func bench(_ source: Source, _ options: SweepOptions) -> SweepBench? {
    guard var reading = read(source, settings: options.settings, sweep: options.request) else { return nil }
    if !options.keep.isEmpty { keepSignals(options.keep, in: &reading) }
    var kept: [String] = []
    guard !diagnostics.hasErrors, let first = firstExperiment(of: reading) else { return nil }
    if !options.keep.isEmpty { kept = Array(first.requests.outputs.saved.map(\.name)) }
    var options = options
    options.keep = kept
    // Once more on a pipeline that every run begins with: it has read the library.
    var ready = self
    guard ready.elaborate(reading) != nil else { return nil }
    return SweepBench(ready, reading, first: first, options)
  }

  /// In place of the netlist's `.save`, `.print` and `.plot` lines there is one `.save` line of `signals`.
  private mutating func keepSignals(_ signals: [String], in reading: inout Reading) {
    let text = signals.map { $0.contains(" ") ? "{\($0)}" : $0 }.joined(separator: " ")
    let file = sources.add(name: "--keep", bytes: Array(".save \(text)\n".utf8))
    let kept = NetlistParser.parse(
      file, in: &sources, reader: FileSourceReader(), hasTitle: false, diagnostics: &diagnostics)
    reading.netlist.statements.removeAll {
      if case .directive(let card) = $0 { ["save", "print", "plot"].contains(card.keyword.value) } else { false }
    }
    reading.netlist.statements += kept.statements
  }

  /// What decides the results of a batch.
  func identity(of source: Source, _ bench: SweepBench, _ options: SweepOptions) -> BatchIdentity {
    var identity = BatchIdentity()
    let steps = bench.reading.steps
    identity.files = bench.pipeline.sources.files.filter { !$0.name.hasPrefix("--") }.map {
      ($0.name, String(decoding: $0.bytes, as: UTF8.self))
    }
    let fixed = ["run", "status", "wall", "cpu", "message"]
    identity.parameters = bench.parameterNames.map { fixed.contains($0) ? "\($0)_2" : $0 }
    identity.runCount = steps.runCount
    identity.shard = options.shard
    let values = steps.lines.map { line in "\(line.name.value) = \(line.values.map { "\($0)" }.joined(separator: " "))"
    }
    let seeds = steps.lines.compactMap { line -> String? in
      if case .sample(let seed) = line.target { "mc seed \(seed.map { String($0) } ?? "of the options")" } else { nil }
    }
    identity.traits = [
      ("version", Release.number),
      ("settings", options.settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")),
      ("values", (["joined \(steps.lines.count { $0.isJoined })"] + values + seeds).joined(separator: "\n")),
      ("keep", bench.keep.joined(separator: " ")),
    ]
    return identity
  }

  /// Does the runs of a list that are not in the file yet, and hands each to `keep`.
  typealias Doing = (_ left: [Int], _ keep: (BatchRecord) throws(BatchError) -> Void) throws(BatchError) -> Void

  /// Everything on the threads of this process.
  mutating func sweep(_ source: Source, _ options: SweepOptions) -> SweepResult {
    guard let bench = bench(source, options) else { return SweepResult(status: .invalid, report: report) }
    let watch = SweepWatch(options)
    let isCancelled = options.isCancelled
    return sweep(source, bench, options, watch) { left, keep throws(BatchError) in
      try BatchRunner.run(
        left, jobs: options.jobs ?? WorkerThreads.available, isCancelled: isCancelled,
        makeWorker: { { bench.run($0, isCancelled: isCancelled) } }, pause: watch.tell, keep: keep)
    }
  }

  /// Everything by `work`.
  mutating func sweep(_ source: Source, _ options: SweepOptions, work: Doing) -> SweepResult {
    guard let bench = bench(source, options) else { return SweepResult(status: .invalid, report: report) }
    return sweep(source, bench, options, SweepWatch(options), work: work)
  }

  private mutating func sweep(
    _ source: Source, _ bench: SweepBench, _ options: SweepOptions, _ watch: SweepWatch, work: Doing
  ) -> SweepResult {
    let identity = identity(of: source, bench, options)
    do throws(BatchError) {
      let store = try BatchStore(path: options.output, identity: identity, beginsAnew: options.beginsAnew)
      var failure: BatchError?
      let runs = (0..<identity.runCount).filter { identity.holds($0) }
      let left = runs.filter { !store.finished.contains($0) }
      watch.begin(runs: runs.count, done: runs.count - left.count)
      var result = SweepResult(status: .completed, report: report)
      (result.runs, result.resumed) = (runs.count, runs.count - left.count)
      do throws(BatchError) {
        try work(left) { record throws(BatchError) in
          try store.keep(record)
          watch.note(isGood: record.status == .completed)
          watch.tell()
        }
      } catch { failure = error }
      result.done = watch.progress.done
      result.elapsed = watch.progress.elapsed
      do throws(BatchError) {
        result.endings = try store.endings()
        try store.close()
      } catch { failure = failure ?? error }
      if let failure { throw failure }
      return finished(result)
    } catch {
      diagnostics.report(error.diagnostic)
      return SweepResult(status: error.isWrongInput ? .invalid : .gaveUp, report: report)
    }
  }

  /// The result with the status of the worst that happened.
  private func finished(_ result: SweepResult) -> SweepResult {
    var result = result
    func count(_ status: BatchRecord.Status) -> Int { result.endings.first { $0.word == status.rawValue }?.count ?? 0 }
    if result.done < result.runs {
      result.status = .interrupted
    } else if count(.gaveUp) + count(.timeLimit) + count(.invalid) > 0 {
      result.status = .gaveUp
    } else if count(.expectationFailed) > 0 {
      result.status = .expectationFailed
    }
    result.report = report
    return result
  }
}

/// How far a batch has come, told a few times a second.
private final class SweepWatch {
  private let tellsTo: (@Sendable (SweepProgress) -> Void)?
  private let start = ContinuousClock.now
  private var told = ContinuousClock.now
  private var runs = 0
  private var done = 0
  private var resumed = 0
  private var failed = 0

  init(_ options: SweepOptions) { tellsTo = options.progress }

  func begin(runs: Int, done: Int) { (self.runs, self.done, resumed) = (runs, done, done) }

  func note(isGood: Bool) {
    done += 1
    if !isGood { failed += 1 }
  }

  var progress: SweepProgress {
    let time = start.duration(to: .now).components
    return SweepProgress(
      runs: runs, done: done, failed: failed, doneNow: done - resumed,
      elapsed: Double(time.seconds) + 1e-18 * Double(time.attoseconds))
  }

  func tell() {
    guard let tellsTo, told.duration(to: .now) > .milliseconds(300) else { return }
    told = .now
    tellsTo(progress)
  }
}

extension SweepOptions {
  fileprivate var request: BatchValues {
    var request = BatchValues()
    request.parameters = parameters
    request.combination =
      switch combination {
      case .grid: .grid
      case .zip: .zip
      case .sobol(let count): .samples(.sobol, count: count)
      case .latinHypercube(let count): .samples(.lhs, count: count)
      }
    return request
  }
}
