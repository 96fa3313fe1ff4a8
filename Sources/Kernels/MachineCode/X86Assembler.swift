/// The few instructions of x86-64 with AVX and FMA that single instances need (Intel 64 and IA-32 Architectures Software
/// Developer's Manual, volume 2: section 2.3 on the VEX prefix, chapters 3 to 5 on the instructions).
///
/// rbx holds the table of operands and r12 the instructions. Constants stand behind the code and are addressed relative to
/// it.
struct X86Assembler {
  /// xmm0 ... xmm15
  typealias Register = UInt8

  static let registerCount: Register = 16

  /// What an operation takes besides registers.
  enum Source {
    case register(Register)
    case constant(Double)
    /// What rax points to.
    case memory
  }

  enum Arithmetic: UInt8 {
    case squareRoot = 0x51  // vsqrtsd
    case add = 0x58  // vaddsd
    case multiply = 0x59  // vmulsd
    case subtract = 0x5c  // vsubsd
    /// x where it is less (greater) than the source, else the source: that one where either is NaN
    case minimum = 0x5d  // vminsd
    case maximum = 0x5f  // vmaxsd
    case divide = 0x5e  // vdivsd
  }

  /// z = ±y z ± source
  enum Fused: UInt8 {
    case multiplyAdd = 0xa9  // vfmadd213sd
    case multiplySubtract = 0xab  // vfmsub213sd
    case subtractProduct = 0xad  // vfnmadd213sd
  }

  /// A place in the code that something jumps to.
  struct Label {
    fileprivate let index: Int
  }

  private var bytes: [UInt8] = []
  private var constants: [UInt64] = []
  /// Where a distance to a constant stands in the code, and which.
  private var references: [(place: Int, constant: Int)] = []
  private var labels: [Int] = []
  private var jumps: [(place: Int, label: Int)] = []

  /// `size`: about so many bytes of code.
  init(size: Int) {
    bytes.reserveCapacity(size)
    constants.reserveCapacity(64)
    references.reserveCapacity(256)
  }

  /// A function of the table of operands and of the instructions.
  mutating func enter() {
    emit(0x53, 0x41, 0x54, 0x50)  // push rbx; push r12; push rax, which aligns the stack for calls
    emit(0x48, 0x89, 0xfb)  // mov rbx, rdi
    emit(0x49, 0x89, 0xf4)  // mov r12, rsi
  }

  mutating func leave() {
    emit(0x58, 0x41, 0x5c)  // pop rax; pop r12
    emit(0x5b, 0xc3)  // pop rbx; ret
  }

  /// The code with its constants behind it.
  mutating func finish() -> [UInt8] {
    while !bytes.count.isMultiple(of: 8) { bytes.append(0xcc) }
    let pool = bytes.count
    for reference in references { connect(reference.place, to: pool + 8 * reference.constant) }
    for jump in jumps { connect(jump.place, to: labels[jump.label]) }
    for constant in constants { emit(constant) }
    return bytes
  }

  // MARK: Numbers

  /// mov rax, [rbx + place]
  mutating func point(to place: Int) {
    emit(0x48, 0x8b, 0x83)
    emit(Int32(place))
  }

  /// vmovsd z, source
  mutating func load(_ z: Register, _ source: Source) {
    if case .register(let x) = source {
      vex(.map0F, .p66, z, 0, source: .register(x), opcode: 0x28)  // vmovapd z, x
    } else {
      vex(.map0F, .pF2, z, 0, source: source, opcode: 0x10)
    }
  }

  /// vmovsd [rax], x
  mutating func store(_ x: Register) { vex(.map0F, .pF2, x, 0, source: .memory, opcode: 0x11) }

  /// z = x ∘ source
  mutating func apply(_ operation: Arithmetic, _ z: Register, _ x: Register, _ source: Source) {
    vex(.map0F, .pF2, z, x, source: source, opcode: operation.rawValue)
  }

  /// z = ±y z ± source
  mutating func fuse(_ operation: Fused, _ z: Register, _ y: Register, _ source: Source) {
    vex(.map0F38, .p66, z, y, source: source, opcode: operation.rawValue, isWide: true)
  }

  /// z = factor 2^k, where x holds `Exponential.rounding` + k: k moved into the exponent's place, and the factor's bits added.
  mutating func scale(_ factor: Double, byPowerOfTwo z: Register, _ x: Register, scratch: Register) {
    vex(.map0F, .p66, 6, z, source: .register(x), opcode: 0x73)  // vpsllq z, x, 52
    bytes.append(52)
    load(scratch, .constant(factor))
    vex(.map0F, .p66, z, z, source: .register(scratch), opcode: 0xd4)  // vpaddq z, z, scratch
  }

  // MARK: Control

  mutating func label() -> Label {
    labels.append(0)
    return Label(index: labels.count - 1)
  }

  /// `label` is here.
  mutating func place(_ label: Label) { labels[label.index] = bytes.count }

  mutating func jump(to label: Label) {
    bytes.append(0xe9)
    reserve(label)
  }

  /// Jumps where |x| > limit, or x is NaN; with `orZero` also where it is 0. The label is yet to be placed.
  mutating func jump(ifLarge x: Register, limit: Double, orZero: Bool) -> Label {
    let label = label()
    vex(.map0F, .p66, x, 0, source: .register(0), opcode: 0x7e, isWide: true)  // vmovq rax, x
    emit(0x48, 0xd1, 0xe0)  // shl rax, 1, without the sign
    if orZero {
      emit(0x0f, 0x84)  // jz
      reserve(label)
    }
    emit(0x48, 0xb9)  // mov rcx, limit
    emit(limit.bitPattern << 1)
    emit(0x48, 0x39, 0xc8)  // cmp rax, rcx
    emit(0x0f, 0x87)  // ja
    reserve(label)
    return label
  }

  /// Calls a function of an instruction and its operands, so many bytes into their arrays.
  mutating func call(_ address: Int, instruction: Int, operands: Int) {
    emit(0x49, 0x8d, 0xbc, 0x24)  // lea rdi, [r12 + instruction]
    emit(Int32(instruction))
    emit(0x48, 0x8d, 0xb3)  // lea rsi, [rbx + operands]
    emit(Int32(operands))
    emit(0xff, 0x15)  // call [constant]
    refer(to: UInt64(UInt(bitPattern: address)))
  }

  // MARK: Encoding

  private enum OpcodeMap: UInt8 {
    case map0F = 1
    case map0F38 = 2
  }

  private enum Prefix: UInt8 {
    case p66 = 1
    case pF2 = 3
  }

  /// An instruction with a three-byte VEX prefix: `z` in ModRM.reg, `y` in VEX.vvvv, the source in ModRM.rm.
  private mutating func vex(
    _ map: OpcodeMap, _ prefix: Prefix, _ z: Register, _ y: Register, source: Source, opcode: UInt8,
    isWide: Bool = false
  ) {
    var extendsSource: UInt8 = 0
    if case .register(let x) = source { extendsSource = x >> 3 }
    emit(
      0xc4, (z >> 3 ^ 1) << 7 | 0x40 | (extendsSource ^ 1) << 5 | map.rawValue,
      (isWide ? 0x80 : 0) | (~y & 0xf) << 3 | prefix.rawValue, opcode)
    switch source {
    case .register(let x): bytes.append(0xc0 | (z & 7) << 3 | x & 7)
    case .memory: bytes.append((z & 7) << 3)
    case .constant(let value):
      bytes.append((z & 7) << 3 | 5)
      refer(to: value.bitPattern)
    }
  }

  private mutating func refer(to constant: UInt64) {
    let index = constants.firstIndex(of: constant) ?? constants.count
    if index == constants.count { constants.append(constant) }
    references.append((bytes.count, index))
    emit(Int32(0))
  }

  private mutating func reserve(_ label: Label) {
    jumps.append((bytes.count, label.index))
    emit(Int32(0))
  }

  /// Writes the distance from behind `place` to `target`.
  private mutating func connect(_ place: Int, to target: Int) {
    let distance = Int32(target - (place + 4))
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: distance >> (8 * Int32(byte))) }
  }

  // One by one: a list of arguments would be an array each.
  private mutating func emit(_ first: UInt8, _ second: UInt8) {
    bytes.append(first)
    bytes.append(second)
  }

  private mutating func emit(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    emit(first, second)
    bytes.append(third)
  }

  private mutating func emit(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
    emit(first, second)
    emit(third, fourth)
  }

  private mutating func emit(_ value: Int32) {
    for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * Int32(byte)))) }
  }

  private mutating func emit(_ value: UInt64) {
    for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }
}
