/// Names by position as numbers alone, in runs: the million `x{k}.na` of a line of cells are three runs.
struct NameColumns: Sendable, Equatable {
  private var scopes = RunColumn()
  private var stems = RunColumn()
  private var numbers = RunColumn()

  var count: Int { scopes.count }

  var storedCount: Int { scopes.storedCount + stems.storedCount + numbers.storedCount }

  mutating func append(_ entry: NameEntry) {
    scopes.append(entry.scope)
    stems.append(entry.local.stem)
    numbers.append(entry.local.number)
  }

  mutating func trim() {
    scopes.trim()
    stems.trim()
    numbers.trim()
  }

  subscript(position: Int) -> NameEntry {
    NameEntry(scope: scopes[position], local: LocalName(stem: stems[position], number: numbers[position]))
  }

  /// The first position of `entry`, found by arithmetic on runs.
  func firstPosition(of entry: NameEntry) -> Int? {
    // What few names have is sought first: within an instance its number, at the top level that in the name, or its stem.
    let (column, value) =
      if entry.scope != NameEntry.top {
        (scopes, entry.scope)
      } else if entry.local.number != LocalName.noNumber {
        (numbers, entry.local.number)
      } else {
        (stems, entry.local.stem)
      }
    var start = 0
    while let range = column.nextRange(of: value, from: start) {
      for position in range where self[position] == entry { return position }
      start = range.upperBound
    }
    return nil
  }
}

extension NameColumns: Sequence {
  struct Iterator: IteratorProtocol {
    fileprivate var scopes: RunColumn.Iterator
    fileprivate var stems: RunColumn.Iterator
    fileprivate var numbers: RunColumn.Iterator

    mutating func next() -> NameEntry? {
      guard let scope = scopes.next(), let stem = stems.next(), let number = numbers.next() else { return nil }
      return NameEntry(scope: scope, local: LocalName(stem: stem, number: number))
    }
  }

  func makeIterator() -> Iterator {
    Iterator(scopes: scopes.makeIterator(), stems: stems.makeIterator(), numbers: numbers.makeIterator())
  }
}

/// Names of a numbered list of nodes or devices, lower case, hierarchy first: `x1.n1`.
///
/// A name is computed when it is asked for, and looked up by taking it apart: a list of a million keeps no text but
/// the stems that its names share.
package struct NameTable: Sendable, Equatable {
  private var registry: NameRegistry
  private var entries: NameColumns
  private var lookups = NameLookups()

  init(_ entries: NameColumns, in registry: NameRegistry) {
    self.entries = entries
    self.registry = registry
  }

  package init() {
    self.init(NameColumns(), in: NameRegistry())
  }

  package init(_ names: some Sequence<String>) {
    self.init()
    for name in names { append(name) }
  }

  /// Adds a name of the top level.
  package mutating func append(_ name: String) {
    entries.append(NameEntry(scope: NameEntry.top, local: registry.local(name)))
    lookups = NameLookups()
  }

  /// The names at `positions`, in that order.
  func selecting(_ positions: [Int]) -> NameTable {
    var kept = NameColumns()
    for position in positions { kept.append(entries[position]) }
    kept.trim()
    return NameTable(kept, in: registry)
  }

  /// The position of `name`.
  package func firstIndex(of name: String) -> Int? {
    if let index = lookups.index(entries, registry) { return index.position(of: name) }
    for entry in registry.entries(spelling: name) {
      if let position = entries.firstPosition(of: entry) { return position }
    }
    return nil
  }

  /// The names that begin with `prefix`, in order; the others are not spelt.
  package func names(beginning prefix: String) -> [String] {
    let mayBegin = registry.stems.map { NameRegistry.mayBegin($0, with: prefix) }
    var result: [String] = []
    for entry in entries where mayBegin[Int(registry.outermost(entry).stem)] {
      let name = registry[entry]
      if name.hasPrefix(prefix) { result.append(name) }
    }
    return result
  }

  /// How many runs of numbers, or numbers, the names are kept as.
  package var storedCount: Int { entries.storedCount }

  /// How many texts the names are made of.
  package var storedTextCount: Int { registry.stems.count }

  package static func == (left: NameTable, right: NameTable) -> Bool {
    guard left.count == right.count else { return false }
    if left.entries == right.entries, left.registry.isEqual(to: right.registry) { return true }
    return left.elementsEqual(right)
  }
}

extension NameTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count }

  package subscript(index: Int) -> String { registry[entries[index]] }
}

extension NameTable: ExpressibleByArrayLiteral {
  package init(arrayLiteral names: String...) {
    self.init(names)
  }
}

extension NameRegistry {
  /// Every pair of an instance and a name in it that spells `name`: its dots may belong to either.
  func entries(spelling name: String) -> [NameEntry] {
    var result: [NameEntry] = []
    if let local = existingLocal(name) { result.append(NameEntry(scope: NameEntry.top, local: local)) }
    for dot in name.utf8.indices where name.utf8[dot] == UInt8(ascii: ".") {
      guard let scope = scope(ofPath: String(name[..<dot])),
        let local = existingLocal(String(name[name.utf8.index(after: dot)...]))
      else { continue }
      result.append(NameEntry(scope: scope, local: local))
    }
    return result
  }

  /// The first part of a name: that of its outermost instance, or its own at the top level.
  fileprivate func outermost(_ entry: NameEntry) -> LocalName {
    var entry = entry
    while entry.scope != NameEntry.top { entry = scopes[Int(entry.scope)] }
    return entry.local
  }

  /// Whether a text that begins with `stem`, its number put in, may begin with `prefix`.
  fileprivate static func mayBegin(_ stem: String, with prefix: String) -> Bool {
    for (a, b) in zip(stem.utf8, prefix.utf8) {
      if a == mark { return true }
      if a != b { return false }
    }
    return true
  }

  fileprivate func isEqual(to other: NameRegistry) -> Bool {
    stems == other.stems && scopes == other.scopes
  }
}
