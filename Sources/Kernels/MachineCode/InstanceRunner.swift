/// Runs a list of instructions for one instance: by the interpreter until they have been run often, then by their machine
/// code.
struct InstanceRunner {
  private let cache: MachineCodeCache
  private(set) var code: MachineCode?
  /// That of the code, for which no reference is counted.
  private var entry: MachineCode.Entry?
  private var runCount = 0

  /// How often instructions are interpreted before they become code: it takes as long as some hundred runs to make it.
  private static let patience = 100

  /// `code`: that of the instructions, where somebody has made it.
  init(_ cache: MachineCodeCache, _ code: MachineCode?) {
    self.cache = cache
    self.code = code
    entry = code?.entry
  }

  @inline(__always)
  mutating func run(
    _ instructions: UnsafePointer<Instruction>, _ count: Int, _ operands: UnsafeMutablePointer<Operands>
  ) {
    if let entry { return entry(operands, instructions) }
    interpret(instructions, count, operands)
  }

  private mutating func interpret(
    _ instructions: UnsafePointer<Instruction>, _ count: Int, _ operands: UnsafePointer<Operands>
  ) {
    KernelRunner.executeOne(instructions, count, operands)
    runCount += 1
    guard runCount == Self.patience else { return }
    code = cache.code(for: UnsafeBufferPointer(start: instructions, count: count))
    entry = code?.entry
  }
}
