/// The likely spelling of a word that is not known.
package enum Suggestion {
  /// The candidate nearest to `word` (letter case ignored), or nil where none is near enough to be meant.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    // No one misspells a name this long letter by letter, and binary data must not cost a table of distances.
    guard word.utf8.count <= 100 else { return nil }
    let word = Array(word.lowercased().utf8)
    // One letter is near to every other.
    let limit = word.count == 1 ? 0 : max(1, word.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      guard abs(candidate.utf8.count - word.count) <= limit else { continue }
      let distance = editDistance(word, Array(candidate.lowercased().utf8))
      if distance <= limit, distance < (best?.distance ?? .max) { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Damerau-Levenshtein distance (adjacent transposition counts one).
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 0..<left.count {
      var current = [i + 1]
      for j in 0..<right.count {
        let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
        var distance = min(substitution, last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          distance = min(distance, beforeLast[j - 1] + 1)
        }
        current.append(distance)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
