/// Names of a numbered list of nodes or devices, lower case, hierarchy first: `x1.n1`.
///
/// Nothing but two numbers is stored for a name: the instance it belongs to and its name there. The million nodes of
/// a line of equal subcircuits share the few local names that the subcircuit has.
package struct NameTable: Sendable, Equatable {
  /// A name as the instance it stands in and its own part.
  struct Entry: Hashable, Sendable {
    var scope: UInt32
    var local: UInt32
  }

  /// Path of each instance, dot included (`x1.x2.`); the first is the top level's, empty.
  private(set) var scopes: [String]
  private(set) var locals: [String]
  private(set) var entries: [Entry]

  init(scopes: [String], locals: [String], entries: [Entry]) {
    self.scopes = scopes
    self.locals = locals
    self.entries = entries
  }

  package init() {
    self.init(scopes: [""], locals: [], entries: [])
  }

  package init(_ names: some Sequence<String>) {
    self.init()
    for name in names { append(name) }
  }

  /// Adds a name of the top level.
  package mutating func append(_ name: String) {
    entries.append(Entry(scope: 0, local: UInt32(locals.count)))
    locals.append(name)
  }

  /// The position of `name`. Compares numbers, not texts; for many names make a `NameIndex`.
  package func firstIndex(of name: String) -> Int? {
    for entry in matches(of: name) {
      if let index = entries.firstIndex(of: entry) { return index }
    }
    return nil
  }

  package static func == (left: NameTable, right: NameTable) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  /// Every pair of a path and a local name that spells `name`: its dots may belong to either.
  private func matches(of name: String) -> [Entry] {
    var result: [Entry] = []
    let bytes = Array(name.utf8)
    let cuts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }.map { $0 + 1 }
    for cut in cuts {
      let path = String(decoding: bytes[..<cut], as: UTF8.self)
      guard let scope = scopes.firstIndex(of: path) else { continue }
      let local = String(decoding: bytes[cut...], as: UTF8.self)
      for index in locals.indices where locals[index] == local {
        result.append(Entry(scope: UInt32(scope), local: UInt32(index)))
      }
    }
    return result
  }
}

extension NameTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count }

  package subscript(index: Int) -> String {
    let entry = entries[index]
    return entry.scope == 0 ? locals[Int(entry.local)] : scopes[Int(entry.scope)] + locals[Int(entry.local)]
  }
}

extension NameTable: ExpressibleByArrayLiteral {
  package init(arrayLiteral names: String...) {
    self.init(names)
  }
}

/// The texts that the name tables of one circuit are made of, while it is built.
struct NameRegistry {
  private(set) var scopes: [String] = [""]
  private(set) var locals: [String] = []
  private var localIDs: [String: UInt32] = [:]

  subscript(entry: NameTable.Entry) -> String {
    scopes[Int(entry.scope)] + locals[Int(entry.local)]
  }

  /// The number of a local name, made where it is new.
  mutating func local(_ name: String) -> UInt32 {
    if let id = localIDs[name] { return id }
    let id = UInt32(locals.count)
    locals.append(name)
    localIDs[name] = id
    return id
  }

  /// The number of a local name that is in use.
  func existingLocal(_ name: String) -> UInt32? { localIDs[name] }

  /// A new instance called `name` inside `parent`.
  mutating func scope(_ name: String, in parent: UInt32) -> UInt32 {
    scopes.append(scopes[Int(parent)] + name + ".")
    return UInt32(scopes.count - 1)
  }

  func table(_ entries: [NameTable.Entry]) -> NameTable {
    NameTable(scopes: scopes, locals: locals, entries: entries)
  }
}
