internal import Analyses
internal import Batches
internal import Diagnostics
public import Neuristor
internal import Pipes

/// A batch of which the parts are processes, on several machines maybe, that exchange messages by pipes: one keeps the
/// file, the others do runs. `neuristor-mpi` carries the messages.
extension Simulator {
  /// Keeps the file: writes which runs are left on `output`, one message of 8 bytes each, and takes runs from `input` until
  /// it ends. Where the batch is refused it writes nothing.
  public func keepSweep(_ source: Source, options: SweepOptions, input: Int32, output: Int32) -> SweepResult {
    var pipeline = Pipeline(library: library)
    return pipeline.sweep(source, options) { left, keep throws(BatchError) in
      let list = left.flatMap { run in withUnsafeBytes(of: UInt64(run)) { Array($0) } }
      let incoming = FramePipe(input)
      guard FramePipe(output).send(list) else { return }
      while let bytes = incoming.receive() {
        if let record = BatchRecord(bytes) { try keep(record) }
      }
    }
  }

  /// Does the runs whose numbers come on `input` and writes what each found on `output`; returns what was said where the
  /// netlist is wrong.
  public func workOnSweep(_ source: Source, options: SweepOptions, input: Int32, output: Int32) -> Report? {
    var pipeline = Pipeline(library: library)
    guard let bench = pipeline.bench(source, options) else { return pipeline.report }
    let isCancelled = options.isCancelled
    while let bytes = FramePipe(input).receive(), bytes.count == 8 {
      let number = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
      guard number < UInt64(bench.reading.steps.runCount),
        let record = bench.run(Int(number), isCancelled: isCancelled),
        FramePipe(output).send(record.bytes)
      else { break }
    }
    return nil
  }
}
