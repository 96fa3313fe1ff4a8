/// One input of a kernel call: a column with a value per instance, or one value that all instances share.
package struct KernelColumn {
  /// For a shared value: `KernelRunner.blockLength` equal values, so that a block reads it like any column.
  package var pointer: UnsafePointer<Double>
  package var isUniform: Bool

  package init(_ pointer: UnsafePointer<Double>, isUniform: Bool = false) {
    self.pointer = pointer
    self.isUniform = isUniform
  }
}

/// Runs a `KernelProgram` over columns, a block of `blockLength` instances at a time.
///
/// Owns its registers: confined to one task, while the program is shared.
package final class KernelRunner {
  /// Instances per block: 256 doubles of a few dozen registers stay in the first-level cache.
  package static let blockLength = 256

  package let program: KernelProgram

  package init(_ program: KernelProgram) {
    self.program = program
  }

  /// Evaluates instances 0..<count. `inputs[k]` belongs to `program.leaves[k]`; `outputs[k]` receives output k.
  /// Columns need no padding: nothing past `count` is read or written (uniform columns excepted).
  package func run(
    count: Int, inputs: UnsafePointer<KernelColumn>, outputs: UnsafePointer<UnsafeMutablePointer<Double>>
  ) {}  // contract
}
