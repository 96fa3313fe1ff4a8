package import Circuits
internal import Devices
package import Expressions

extension Circuit {
  /// The probes that `probe` stands for: itself, or, where a name holds `*`, one per match; likewise with `?`, unless a node or
  /// device is called so.
  package func probes(matching probe: Probe) -> [Probe] {
    func nodes(_ pattern: String) -> [String] {
      guard Wildcard.isPattern(pattern, { node(named: $0) != nil }) else { return [pattern] }
      return nodeNames.matching(pattern).filter { !HierarchicalName.isGround($0) }
    }
    func devices(_ pattern: String) -> [String] {
      guard Wildcard.isPattern(pattern, { device(named: $0) != nil }) else { return [pattern] }
      return groups.filter(\.model.carriesCurrent).flatMap { $0.names.matching(pattern) }
    }
    switch probe {
    case .voltage(let plus, let minus): return nodes(plus).map { .voltage($0, minus) }
    case .current(let name): return devices(name).map { .current($0) }
    case .power(let name): return devices(name).map { .power($0) }
    case .quantity(let name, let quantity):
      let isPattern = Wildcard.isPattern(name, { device(named: $0) != nil })
      let names = isPattern ? groups.flatMap { $0.names.matching(name) } : [name]
      return names.compactMap { name in
        guard let device = device(named: name) else { return nil }
        let model = groups[device.group].model
        let has =
          model.quantities.contains { $0.name == quantity } || model.variables.contains { $0.name == quantity }
          || model.parameters.contains { $0.name == quantity } || model.memories.contains { $0.name == quantity }
        return has || !isPattern ? .quantity(device: name, name: quantity) : nil
      }
    }
  }
}

extension NameTable {
  /// The names that fit `pattern`, in order.
  fileprivate func matching(_ pattern: String) -> [String] {
    let prefix = pattern.prefix { $0 != "*" && $0 != "?" }
    return names(beginning: String(prefix)).filter { Wildcard.matches($0, pattern) }
  }
}

/// `*` stands for any run of characters, `?` for one.
enum Wildcard {
  /// Whether `text` holds `*`, or `?` where it is no name itself.
  static func isPattern(_ text: String, _ isName: (String) -> Bool) -> Bool {
    text.contains("*") || text.contains("?") && !isName(text)
  }

  static func matches(_ text: String, _ pattern: String) -> Bool {
    let text = Array(text.utf8)
    let pattern = Array(pattern.utf8)
    var position = 0
    var place = 0
    var retry: (position: Int, place: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        retry = (position, place)
        place += 1
      } else if place < pattern.count, pattern[place] == text[position] || pattern[place] == UInt8(ascii: "?") {
        position += 1
        place += 1
      } else if let last = retry {
        retry = (last.position + 1, last.place)
        position = last.position + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
