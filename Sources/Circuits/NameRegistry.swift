/// A name as its stem and the number in it: `c12` is 12 in `c{`, `node_a` has none.
///
/// Two names are one where both parts are: the million nodes `c1`, `c2`, ... share one text.
struct LocalName: Hashable, Sendable {
  /// Stands for a name without a number.
  static let noNumber: Int32 = -1
  /// Longer numbers stay text.
  static let largestNumber = 999_999_999

  var stem: Int32
  var number: Int32
}

/// A name as the instance it stands in and its own part.
struct NameEntry: Hashable, Sendable {
  var scope: Int32
  var local: LocalName

  /// The instance that stands for the top level.
  static let top: Int32 = 0
}

/// The texts of which all names of one circuit are made: stems, and the tree of instances.
struct NameRegistry: Sendable {
  /// The byte that marks the place of the number in a stem; no name has it.
  static let mark = UInt8(ascii: "{")
  /// Those of `LocalName.largestNumber`.
  private static let mostDigits = 9

  private(set) var stems: [String] = []
  private var stemIDs: [String: Int32] = [:]
  /// The instances by number, each with the one around it; the first is the top level.
  private(set) var scopes = NameColumns()

  init() {
    scopes.append(NameEntry(scope: NameEntry.top, local: local("")))
  }

  /// The parts of `name`, its stem noted where it is new.
  mutating func local(_ name: String) -> LocalName {
    let (text, number) = Self.parts(of: name)
    if let stem = stemIDs[text] { return LocalName(stem: stem, number: number) }
    let stem = Int32(stems.count)
    stems.append(text)
    stemIDs[text] = stem
    return LocalName(stem: stem, number: number)
  }

  /// The parts of a name whose stem is known.
  func existingLocal(_ name: String) -> LocalName? {
    let (text, number) = Self.parts(of: name)
    return stemIDs[text].map { LocalName(stem: $0, number: number) }
  }

  /// A new instance called `name` inside `parent`.
  mutating func scope(_ name: LocalName, in parent: Int32) -> Int32 {
    scopes.append(NameEntry(scope: parent, local: name))
    return Int32(scopes.count - 1)
  }

  /// The instance whose path is `path`, its last dot left out (`x1.x2`).
  func scope(ofPath path: String) -> Int32? {
    var scope = NameEntry.top
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let local = existingLocal(String(part)),
        let inner = scopes.firstPosition(of: NameEntry(scope: scope, local: local))
      else { return nil }
      scope = Int32(inner)
    }
    return scope
  }

  subscript(local: LocalName) -> String {
    let stem = stems[Int(local.stem)]
    guard local.number != LocalName.noNumber else { return stem }
    let parts = stem.split(separator: Character(Unicode.Scalar(Self.mark)), omittingEmptySubsequences: false)
    return parts.joined(separator: String(local.number))
  }

  /// The name in full, hierarchy first.
  subscript(entry: NameEntry) -> String {
    path(of: entry.scope) + self[entry.local]
  }

  /// The path of an instance, dot included: `x1.x2.`; the top level's is empty.
  func path(of scope: Int32) -> String {
    var path = ""
    var scope = scope
    while scope != NameEntry.top {
      let entry = scopes[Int(scope)]
      path = self[entry.local] + "." + path
      scope = entry.scope
    }
    return path
  }

  /// `name` with its longest digits, the last of equals, taken out for their number; digits that a number would not
  /// spell stay text.
  private static func parts(of name: String) -> (stem: String, number: Int32) {
    var name = name
    return name.withUTF8 { bytes in
      var length = 0
      var first = 0
      var index = 0
      while index < bytes.count {
        let start = index
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
        let isNumber = index - start == 1 || (index > start && bytes[start] != UInt8(ascii: "0"))
        if isNumber, index - start >= length, index - start <= mostDigits { (first, length) = (start, index - start) }
        if index < bytes.count, bytes[index] == mark { return nil }
        index += 1
      }
      if length == 0 { return nil }
      let last = first + length - 1
      let number = bytes[first...last].reduce(Int32(0)) { 10 * $0 + Int32($1 - UInt8(ascii: "0")) }
      let stem = String(unsafeUninitializedCapacity: bytes.count - length + 1) { text in
        for index in 0..<first { text[index] = bytes[index] }
        text[first] = mark
        for index in last + 1..<bytes.count { text[first + index - last] = bytes[index] }
        return bytes.count - length + 1
      }
      return (stem, number)
    } ?? (name, LocalName.noNumber)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
