/// Finds names of one kind by their text: for many look-ups.
///
/// Positions are sorted by instance and, where an instance has many names, by name; a look-up bisects. Nothing is
/// hashed, and an entry takes four bytes.
struct NameIndex: Sendable {
  private let registry: NameRegistry
  private let entries: NameOrder
  private let scopes: NameOrder

  init(_ entries: NameColumns, in registry: NameRegistry) {
    self.registry = registry
    self.entries = NameOrder(entries, scopeCount: registry.scopes.count)
    scopes = NameOrder(registry.scopes, scopeCount: registry.scopes.count)
  }

  /// The position of the full name `name`.
  func position(of name: String) -> Int? { position(of: name[...], below: NameEntry.top) }

  /// The position of `name` as read inside the instance `scope`: one of its own first, then from the top.
  func position(of name: String, in scope: Int32) -> Int? {
    if scope != NameEntry.top, let position = position(of: name[...], below: scope) { return position }
    return position(of: name)
  }

  /// The position of a name relative to an instance; its dots (in Xyce colons) may belong to the path or to the name.
  private func position(of name: Substring, below scope: Int32) -> Int? {
    if let local = registry.existingLocal(String(name)),
      let position = entries.position(of: NameEntry(scope: scope, local: local))
    {
      return position
    }
    for dot in name.utf8.indices where name.utf8[dot] == UInt8(ascii: ".") || name.utf8[dot] == UInt8(ascii: ":") {
      guard let local = registry.existingLocal(String(name[..<dot])),
        let inner = scopes.position(of: NameEntry(scope: scope, local: local)), inner != Int(NameEntry.top)
      else { continue }
      if let position = position(of: name[name.utf8.index(after: dot)...], below: Int32(inner)) { return position }
    }
    return nil
  }
}

/// The positions of names, sorted.
private struct NameOrder: Sendable {
  private let entries: NameColumns
  /// Where the names of each instance begin in `positions`; one more than there are instances.
  private var starts: [Int32]
  private var positions: [Int32]

  init(_ entries: NameColumns, scopeCount: Int) {
    self.entries = entries
    starts = Array(repeating: 0, count: scopeCount + 1)
    for entry in entries { starts[Int(entry.scope) + 1] += 1 }
    for scope in 0..<scopeCount { starts[scope + 1] += starts[scope] }
    positions = Array(repeating: 0, count: entries.count)
    var next = starts
    for (position, entry) in entries.enumerated() {
      positions[Int(next[Int(entry.scope)])] = Int32(position)
      next[Int(entry.scope)] += 1
    }
    let names = Array(entries)
    for scope in 0..<scopeCount {
      let own = Int(starts[scope])..<Int(starts[scope + 1])
      // Names are mostly written in order.
      let isSorted = own.dropFirst().allSatisfy {
        !Self.isOrdered(names[Int(positions[$0])], names[Int(positions[$0 - 1])])
      }
      if !isSorted { positions[own].sort { Self.isOrdered(names[Int($0)], names[Int($1)]) } }
    }
  }

  func position(of entry: NameEntry) -> Int? {
    var low = Int(starts[Int(entry.scope)])
    var high = Int(starts[Int(entry.scope) + 1])
    while low < high {
      let middle = (low + high) / 2
      if Self.isOrdered(entries[Int(positions[middle])], entry) { low = middle + 1 } else { high = middle }
    }
    guard low < Int(starts[Int(entry.scope) + 1]), entries[Int(positions[low])].local == entry.local else { return nil }
    return Int(positions[low])
  }

  private static func isOrdered(_ a: NameEntry, _ b: NameEntry) -> Bool {
    (a.local.stem, a.local.number) < (b.local.stem, b.local.number)
  }
}
