internal import Devices
internal import Diagnostics

/// What one instance of a subcircuit adds to a circuit, all values known, names and nodes relative to the instance.
///
/// Instances with equal arguments share one expansion; placing it is index arithmetic.
final class Expansion {
  /// A node as the subcircuit sees it.
  enum Slot {
    case ground
    /// Given by the instance.
    case port
    /// Made anew for every instance.
    case inner(LocalName)
    /// `.global`.
    case global(LocalName)
    /// `x1.a`: a node of another instance; index into `foreignNodes`.
    case foreign(Int32)
  }

  /// What a line wants of a node.
  enum Use: Comparable {
    /// `.ic` and `.nodeset`, which a node without elements does not mind.
    case holds
    case reads
    /// A terminal of an element: the node may be new.
    case connects
  }

  /// A node of another instance, found when all are placed, or made where it may be new.
  struct ForeignNode {
    var name: String
    var use: Use
    var range: SourceRange
  }

  /// A node that no element connects to.
  struct UnconnectedNode {
    var name: String
    var use: Use
    var range: SourceRange
  }

  enum Item {
    case device(ExpandedDevice)
    case instance(ExpandedInstance)
  }

  /// Ground, the ports, then nodes in the order of their first use.
  private(set) var slots: [Slot] = [.ground]
  private(set) var foreignNodes: [ForeignNode] = []
  var items: [Item] = []
  /// Devices in `items` so far and in the instances among them.
  private(set) var deviceCount = 0
  var voltages: [ExpandedVoltage] = []
  var starts: [ExpandedStart] = []
  private var slotIndices = NameMap()
  /// Where nodes were named that nothing had connected to yet, by their slots.
  private var firstUses: [Int32: (use: Use, range: SourceRange)] = [:]
  private var isConnected: [Bool] = [true]
  /// Where each device was written, by its place in `claims`.
  private var deviceNames = NameMap()
  private var claims = Palette<SourceRange>()

  init(ports: [LocalName]) {
    for port in ports { slotIndices[port] = addSlot(.port, isConnected: true) }
  }

  /// The slot of a node, made where it is new.
  func slot(
    _ name: String, _ use: Use, at range: SourceRange, globals: Set<String>, names: inout NameRegistry
  ) -> Int32 {
    let local = names.local(name)
    if let slot = slotIndices[local] {
      note(use, of: slot, at: range)
      return slot
    }
    if HierarchicalName.isGround(name) { return 0 }
    let slot: Int32
    if globals.contains(name) {
      slot = addSlot(.global(local), isConnected: true)
    } else if name.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) {
      slot = addSlot(.foreign(Int32(foreignNodes.count)), isConnected: true)
      foreignNodes.append(ForeignNode(name: name, use: use, range: range))
      if use != .connects { return slot }
    } else {
      return innerSlot(local, use, at: range)
    }
    slotIndices[local] = slot
    return slot
  }

  /// As `slot`, for a name that is neither ground nor global, nor that of a node of another instance.
  func innerSlot(_ name: LocalName, _ use: Use, at range: SourceRange) -> Int32 {
    if let slot = slotIndices[name] {
      note(use, of: slot, at: range)
      return slot
    }
    let slot = addSlot(.inner(name), isConnected: use == .connects)
    slotIndices[name] = slot
    note(use, of: slot, at: range)
    return slot
  }

  private func note(_ use: Use, of slot: Int32, at range: SourceRange) {
    if isConnected[Int(slot)] { return }
    if use == .connects {
      isConnected[Int(slot)] = true
    } else if firstUses[slot].map({ $0.use < use }) ?? true {
      firstUses[slot] = (use, range)
    }
  }

  /// A slot of its own for a node that no card can name: `n1#m`.
  func internalSlot(_ name: String, names: inout NameRegistry) -> Int32 {
    addSlot(.inner(names.local(name)), isConnected: true)
  }

  func add(_ device: ExpandedDevice) {
    items.append(.device(device))
    deviceCount += 1
  }

  func add(_ instance: ExpandedInstance) {
    items.append(.instance(instance))
    deviceCount += instance.expansion.deviceCount
  }

  /// Takes a device's name; the place of the first where there are two.
  func claim(_ name: LocalName, at range: SourceRange) -> SourceRange? {
    if let first = deviceNames[name] { return claims.values[Int(first)] }
    deviceNames[name] = claims.place(of: range)
    return nil
  }

  /// Nodes that are read or held and that nothing connects to, where that is first written.
  func unconnectedNodes(_ names: NameRegistry) -> [UnconnectedNode] {
    if firstUses.isEmpty { return [] }
    var result: [UnconnectedNode] = []
    slotIndices.forEach { name, slot in
      guard !isConnected[Int(slot)], let first = firstUses[slot] else { return }
      result.append(UnconnectedNode(name: names[name], use: first.use, range: first.range))
    }
    return result.sorted { ($0.range.start, $0.name) < ($1.range.start, $1.name) }
  }

  func connectedNodes(_ names: NameRegistry) -> [String] {
    var result: [String] = []
    slotIndices.forEach { name, slot in
      if isConnected[Int(slot)] { result.append(names[name]) }
    }
    return result.sorted()
  }

  private func addSlot(_ slot: Slot, isConnected connected: Bool) -> Int32 {
    slots.append(slot)
    isConnected.append(connected)
    return Int32(slots.count - 1)
  }
}

struct ExpandedDevice {
  var name: LocalName
  /// Slots of the model's terminals.
  var terminals: [Int32]
  var signals: [ExpandedSignal] = []
  var values: DeviceValues
}

/// What devices of one card have in common where all that it reads is worth the same.
final class DeviceValues {
  /// Index into the binder's models.
  let model: Int
  let parameters: [Double]
  /// Place among the assembler's waveforms.
  var waveform: Int32?
  var heldStarts: [(target: Event.Target, value: Double)] = []
  var initialCondition: Double?
  /// Place among the assembler's origins.
  let origin: Int32
  /// A resistor, which adds nothing where both its nodes are one.
  let isResistor: Bool
  /// The card stands in a text of the library, where such a resistor is meant.
  let isLibrary: Bool

  init(model: Int, parameters: [Double], origin: Int32, isResistor: Bool, isLibrary: Bool) {
    self.model = model
    self.parameters = parameters
    self.origin = origin
    self.isResistor = isResistor
    self.isLibrary = isLibrary
  }
}

/// What an input reads, nodes as slots, devices by name.
enum ExpandedSignal {
  case constant(Double)
  case voltage(plus: Int32, minus: Int32)
  case device(String, DeviceReading, SourceRange)
}

/// Which quantity of a device is read.
enum DeviceReading {
  case current, power
  case quantity(String)
}

struct ExpandedInstance {
  var name: LocalName
  var expansion: Expansion
  /// One slot of the surrounding expansion per port.
  var ports: [Int32]
}

/// `.ic v(a)=` or `.nodeset v(a)=`.
struct ExpandedVoltage {
  var slot: Int32
  var value: Double
  var isGuess: Bool
  var range: SourceRange
}

/// `.ic @n1[x]=`.
struct ExpandedStart {
  var device: String
  var quantity: String
  var value: Double
  var range: SourceRange
}
