/// The words of a `plot` line: expressions, what they are drawn over, and a title. Words that shape ngspice's window are
/// left out with what belongs to them.
struct PlotWords {
  /// Expressions with what they stand over; nil is the scale of the plot.
  private(set) var curves: [(text: String, scale: String?)] = []
  private(set) var title: String?

  /// How many words belong to each.
  private static let arguments: [String: Int] = [
    "xlimit": 2, "xl": 2, "ylimit": 2, "yl": 2, "xindices": 2, "xlabel": 1, "ylabel": 1, "xdelta": 1, "ydelta": 1,
    "xcompress": 1, "sgraphid": 1,
  ]
  private static let flags: Set<String> = [
    "linear", "loglog", "xlog", "ylog", "linplot", "combplot", "pointplot", "polar", "smith", "smithgrid", "nogrid",
    "lingrid", "boxesplot", "histeps", "points", "lines", "retraceplot", "nointerp", "nounits", "kicad", "samep",
    "digitop",
  ]

  /// `namesFile`: the first word is a file's name.
  init(_ text: String, namesFile: Bool) {
    var words = Self.words(text)[...]
    if namesFile { words = words.dropFirst() }
    var kept: [String] = []
    while let word = words.popFirst() {
      let known = word.lowercased()
      if known == "title" {
        title = words.popFirst()?[...].trimmingMarks
      } else if let count = Self.arguments[known] {
        words = words.dropFirst(count)
      } else if known == "vs" {
        guard var scale = words.popFirst() else { break }
        // What a sign joins, `vs v(1) - v(2)`, is one item.
        while let next = words.first, VectorText.list("\(scale) \(next)").count == 1 {
          scale += " " + next
          words = words.dropFirst()
        }
        curves.append((kept.joined(separator: " "), scale))
        kept = []
      } else if !Self.flags.contains(known) {
        kept.append(word)
      }
    }
    if !kept.isEmpty { curves.append((kept.joined(separator: " "), nil)) }
  }

  /// The words of a text, quotes and parentheses holding theirs together.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      } else if character.isWhitespace, depth <= 0 {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}
