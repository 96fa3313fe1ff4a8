package import Devices

/// `x=value` for a state (or memory) of one instance.
package struct HeldStart: Sendable, Equatable {
  package var instance: Int
  package var target: Event.Target
  package var value: Double

  package init(instance: Int, target: Event.Target, value: Double) {
    self.instance = instance
    self.target = target
    self.value = value
  }
}

/// The states of a group that are given on cards or by `.ic @n1[x]=`, a column per state: where every instance gives
/// the same, neither instances nor values are kept one by one.
package struct HeldStarts: Sendable {
  private struct Target: Sendable {
    let target: Event.Target
    var instances = RunColumn()
    var values = GrowingColumn()
  }

  private var targets: [Target] = []

  package var isEmpty: Bool { targets.isEmpty }

  /// The value of `target` where all of `count` instances are given the same one.
  package func commonValue(of target: Event.Target, count: Int) -> Double? {
    guard let column = targets.first(where: { $0.target == target }), column.instances.count == count,
      case .uniform(let value) = column.values.column
    else { return nil }
    return value
  }

  mutating func append(_ start: HeldStart) {
    let index = targets.firstIndex { $0.target == start.target } ?? targets.count
    if index == targets.count { targets.append(Target(target: start.target)) }
    targets[index].instances.append(Int32(start.instance))
    targets[index].values.append(start.value)
  }

  /// Gives states anew, later ones winning; the others stay as they are.
  mutating func override(by starts: [HeldStart]) {
    var latest: [Event.Target: [Int: Double]] = [:]
    for start in starts { latest[start.target, default: [:]][start.instance] = start.value }
    let before = self
    targets = []
    for start in before where latest[start.target]?[start.instance] == nil { append(start) }
    for start in starts {
      guard let value = latest[start.target]?.removeValue(forKey: start.instance) else { continue }
      append(HeldStart(instance: start.instance, target: start.target, value: value))
    }
  }
}

extension HeldStarts: Sequence {
  package struct Iterator: IteratorProtocol {
    fileprivate let starts: HeldStarts
    private var target = 0
    private var place = 0
    private var instances: RunColumn.Iterator?

    fileprivate init(_ starts: HeldStarts) {
      self.starts = starts
      instances = starts.targets.first?.instances.makeIterator()
    }

    package mutating func next() -> HeldStart? {
      while target < starts.targets.count {
        if let instance = instances?.next() {
          defer { place += 1 }
          let column = starts.targets[target]
          return HeldStart(instance: Int(instance), target: column.target, value: column.values[place])
        }
        target += 1
        place = 0
        instances = target < starts.targets.count ? starts.targets[target].instances.makeIterator() : nil
      }
      return nil
    }
  }

  package func makeIterator() -> Iterator { Iterator(self) }
}
