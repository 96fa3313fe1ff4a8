/// Finds names of one kind by their text: for many look-ups.
struct NameIndex {
  private let registry: NameRegistry
  private let positions: [NameTable.Entry: Int32]
  private let scopes: [String: UInt32]

  init(_ entries: [NameTable.Entry], in registry: NameRegistry) {
    self.registry = registry
    var positions: [NameTable.Entry: Int32] = [:]
    positions.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() { positions[entry] = Int32(position) }
    self.positions = positions
    scopes = Dictionary(registry.scopes.enumerated().map { ($1, UInt32($0)) }) { first, _ in first }
  }

  /// The position of the full name `name`.
  func position(of name: String) -> Int? {
    if let position = position(path: "", local: name) { return position }
    for (offset, byte) in name.utf8.enumerated() where byte == UInt8(ascii: ".") {
      let path = String(decoding: name.utf8.prefix(offset + 1), as: UTF8.self)
      let local = String(decoding: name.utf8.dropFirst(offset + 1), as: UTF8.self)
      if let position = position(path: path, local: local) { return position }
    }
    return nil
  }

  /// The position of `name` as read inside the instance `scope`: one of its own first, then from the top.
  func position(of name: String, in scope: UInt32) -> Int? {
    if scope != 0, let position = position(of: registry.scopes[Int(scope)] + name) { return position }
    return position(of: name)
  }

  private func position(path: String, local: String) -> Int? {
    guard let scope = scopes[path], let local = registry.existingLocal(local) else { return nil }
    return positions[NameTable.Entry(scope: scope, local: local)].map(Int.init)
  }
}
