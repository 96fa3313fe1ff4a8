import TestSupport

/// What a careless hand or a damaged file does to a netlist.
struct Mutation {
  private let lines: [[UInt8]]
  /// Lines of other netlists.
  private let others: [[UInt8]]

  init(of netlist: [UInt8], others: [[UInt8]]) {
    lines = netlist.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    self.others = others
  }

  /// The netlist with one to six faults.
  func mutant(_ draws: inout Draws) -> [UInt8] {
    var lines = lines
    for _ in 1...draws.whole(1...6) {
      let at = draws.whole(0...lines.count - 1)
      switch draws.whole(0...9) {
      case 0: lines.remove(at: at)
      case 1: lines.insert(lines[at], at: draws.whole(0...lines.count - 1))
      case 2: lines.swapAt(at, draws.whole(0...lines.count - 1))
      case 3: lines.insert(draws.pick(others), at: at)
      case 4, 5: lines[at] = bytesChanged(lines[at], &draws)
      default: lines[at] = wordsChanged(lines[at], &draws)
      }
      if lines.isEmpty { lines = [[]] }
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private func bytesChanged(_ line: [UInt8], _ draws: inout Draws) -> [UInt8] {
    var line = line
    let at = draws.whole(0...line.count)
    switch draws.whole(0...3) {
    case 0: line.insert(UInt8(draws.whole(0...255)), at: at)
    case 1: line.insert(draws.pick(Array("(){}[]'\"=,;:*+-/^%$&|?!<>@#~\\.0 \t\r".utf8)), at: at)
    case 2 where at < line.count: line.remove(at: at)
    case 3 where at < line.count: line[at] ^= UInt8(1 << draws.whole(0...7))
    default: line.append(contentsOf: line.prefix(at))
    }
    return line
  }

  private func wordsChanged(_ line: [UInt8], _ draws: inout Draws) -> [UInt8] {
    var words = Self.words(of: line)
    if words.isEmpty { return line }
    let at = draws.whole(0...words.count - 1)
    switch draws.whole(0...4) {
    case 0: words.remove(at: at)
    case 1: words.insert(draws.pick(words), at: at)
    case 2: words.swapAt(at, draws.whole(0...words.count - 1))
    case 3: words[at] = Self.words(of: draws.pick(others)).first ?? []
    default: words[at] = Array(draws.pick(Self.traps).utf8)
    }
    return Array(words.joined())
  }

  /// Runs of letters and digits, runs of blanks, and all else one by one.
  private static func words(of line: [UInt8]) -> [[UInt8]] {
    func kind(_ byte: UInt8) -> Int {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "."), 128...:
        0
      case UInt8(ascii: " "), UInt8(ascii: "\t"): 1
      default: 2
      }
    }
    var words: [[UInt8]] = []
    var last = 2
    for byte in line {
      let next = kind(byte)
      if next == last, next < 2 { words[words.count - 1].append(byte) } else { words.append([byte]) }
      last = next
    }
    return words
  }

  /// Words that have broken simulators before.
  private static let traps = [
    "0", "-1", "1e999", "-1e-999", "1e308", "5e-324", "nan", "inf", "1e", "0x10", "1k1", "1..2", "9223372036854775808",
    "{", "}", "{}", "{1/0}", "{0/0}", "{-1}", "{log(-1)}", "'", "\"", "(", ")", "=", "+", "+ +", ",", "**", "..", "*",
    ".ends", ".subckt", ".end", ".if", ".else", ".endif", ".for", ".endfor", ".memristor", ".endmemristor", ".control",
    ".endc", ".model", ".param", ".step", ".tran", ".op", ".dc", ".ac", ".noise", ".measure", ".include", "uic",
    "poly(3)",
    "poly(0)", "poly(-1)", "value={v(a)}", "table", "pulse(", "pwl(0 0 0 0)", "v(0,0)", "i(v1)", "@r1[i]", "ddt(v(a))",
    "time", "temp", "gnd", "0", "k = 1 to 1e9", "k = 1 to 0", "µ", "\u{FEFF}", "\u{0}", "𝛀",
  ]
}
