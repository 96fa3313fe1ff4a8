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
    case inner(local: UInt32)
    /// `.global`.
    case global(String)
    /// `x1.a`: a node of another instance, found when all are placed, or made where it may be new.
    case foreign(String, mustExist: Bool, SourceRange)
  }

  enum Item {
    case device(ExpandedDevice)
    case instance(ExpandedInstance)
  }

  /// Ground, the ports, then nodes in the order of their first use.
  private(set) var slots: [Slot] = [.ground]
  var items: [Item] = []
  /// Devices in `items` so far and in the instances among them.
  private(set) var deviceCount = 0
  var voltages: [ExpandedVoltage] = []
  var starts: [ExpandedStart] = []
  private var slotIndices: [String: Int32] = [:]
  private var firstUses: [Int32: SourceRange] = [:]
  private var isConnected: [Bool] = [true]
  private var deviceNames: [String: SourceRange] = [:]

  init(ports: [String]) {
    for port in ports { slotIndices[port] = addSlot(.port, isConnected: true) }
  }

  /// The slot of a node, made where it is new. `connects` is false where the node is only read.
  func slot(
    _ name: String, connects: Bool, at range: SourceRange, globals: Set<String>, names: inout NameRegistry
  ) -> Int32 {
    if let slot = slotIndices[name] {
      if connects { isConnected[Int(slot)] = true }
      return slot
    }
    if HierarchicalName.isGround(name) { return 0 }
    let slot: Int32
    if globals.contains(name) {
      slot = addSlot(.global(name), isConnected: true)
    } else if name.utf8.contains(UInt8(ascii: ".")) {
      slot = addSlot(.foreign(name, mustExist: !connects, range), isConnected: true)
      if !connects { return slot }
    } else {
      slot = addSlot(.inner(local: names.local(name)), isConnected: connects)
      if !connects { firstUses[slot] = range }
    }
    slotIndices[name] = slot
    return slot
  }

  /// A slot of its own for a node that no card can name: `n1#m`.
  func internalSlot(_ name: String, names: inout NameRegistry) -> Int32 {
    addSlot(.inner(local: names.local(name)), isConnected: true)
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
  func claim(_ name: String, at range: SourceRange) -> SourceRange? {
    if let first = deviceNames[name] { return first }
    deviceNames[name] = range
    return nil
  }

  /// Nodes that are read and that nothing connects to, where they are read first.
  var unconnectedNodes: [(name: String, range: SourceRange)] {
    slotIndices.compactMap { name, slot in
      isConnected[Int(slot)] ? nil : firstUses[slot].map { (name, $0) }
    }.sorted { ($0.1.start, $0.0) < ($1.1.start, $1.0) }
  }

  var connectedNodes: [String] {
    slotIndices.filter { isConnected[Int($0.value)] }.map(\.key).sorted()
  }

  private func addSlot(_ slot: Slot, isConnected connected: Bool) -> Int32 {
    slots.append(slot)
    isConnected.append(connected)
    return Int32(slots.count - 1)
  }
}

struct ExpandedDevice {
  /// Index into the binder's models.
  var model: Int
  /// Local name.
  var name: UInt32
  /// Slots of the model's terminals.
  var terminals: [Int32]
  var parameters: [Double]
  var waveform: SourceWaveform?
  var signals: [ExpandedSignal] = []
  var heldStarts: [(target: Event.Target, value: Double)] = []
  var initialCondition: Double?
  var origin: SourceRange
  /// A resistor, which adds nothing where both its nodes are one.
  var isResistor: Bool
  /// The card stands in a text of the library, where such a resistor is meant.
  var isLibrary: Bool
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
  var name: String
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
