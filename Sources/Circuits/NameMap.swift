/// Whole numbers from 0 on by name, for names that count: a table by number for each stem, without hashing.
struct NameMap {
  /// By stem; names without a number stand at 0, number n at n + 1.
  private var tables: [[Int32]] = []
  /// Names whose numbers lie too far from the others for a table.
  private var scattered: [LocalName: Int32] = [:]
  private static let none: Int32 = -1

  /// The value of a name, or nil.
  subscript(name: LocalName) -> Int32? {
    get {
      let stem = Int(name.stem)
      let place = Int(name.number) + 1
      if stem < tables.count, place < tables[stem].count, tables[stem][place] != Self.none {
        return tables[stem][place]
      }
      return scattered.isEmpty ? nil : scattered[name]
    }
    set {
      let stem = Int(name.stem)
      let place = Int(name.number) + 1
      while tables.count <= stem { tables.append([]) }
      if place < tables[stem].count {
        tables[stem][place] = newValue ?? Self.none
      } else if place <= 2 * tables[stem].count + 64 {
        while tables[stem].count < place { tables[stem].append(Self.none) }
        tables[stem].append(newValue ?? Self.none)
      } else {
        scattered[name] = newValue
      }
    }
  }

  /// Calls `body` with every name and its value, in no order that means anything.
  func forEach(_ body: (LocalName, Int32) -> Void) {
    for (stem, table) in tables.enumerated() {
      for (place, value) in table.enumerated() where value != Self.none {
        body(LocalName(stem: Int32(stem), number: Int32(place - 1)), value)
      }
    }
    for (name, value) in scattered { body(name, value) }
  }
}
