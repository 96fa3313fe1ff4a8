/// A netlist as the programs are given it: the same lines, but for ngspice with its most exact settings.
///
/// A `.control` block is left out, for ngspice would obey it in place of the analyses. `reltol` is 1e-6 and the tolerances
/// beside it follow; a transient has Gear's method and steps of a given part of the run.
struct NgspiceDeck {
  private let lines: [Substring]

  init(_ netlist: String) {
    var isScript = false
    lines = netlist.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let word = line.split { $0 == " " || $0 == "\t" }.first?.lowercased()
      if word == ".control" { isScript = true }
      defer { if word == ".endc" { isScript = false } }
      return !isScript
    }
  }

  /// Whether there are `.measure` or `.four` lines.
  var asksForResults: Bool {
    lines.contains { line in [".meas", ".four"].contains { line.lowercased().hasPrefix($0) } }
  }

  /// The text for ngspice, with at least `steps` steps to a transient.
  func text(steps: Int) -> String {
    let settings = ".options reltol=1e-6 vntol=1e-9 abstol=1e-14 method=gear itl1=500 itl2=500 itl4=100"
    return limited(steps, after: [settings])
  }

  /// The text as it was, but for a `.control` block.
  var plainText: String { lines.joined(separator: "\n") }

  /// The same, with at least `steps` steps to a transient.
  func plainText(steps: Int) -> String { limited(steps, after: []) }

  private func limited(_ steps: Int, after settings: [String]) -> String {
    let rewritten = lines.dropFirst().map { Self.limited($0, steps: steps) }
    return ([String(lines.first ?? "")] + settings + rewritten).joined(separator: "\n")
  }

  /// A `.tran` line with its largest step; any other line as it is.
  private static func limited(_ line: Substring, steps: Int) -> String {
    let fields = line.split { $0 == " " || $0 == "\t" }
    guard fields.first?.lowercased() == ".tran", fields.count >= 3 else { return String(line) }
    var times = fields.dropFirst().prefix { $0.lowercased() != "uic" }.map(String.init)
    let rest = fields.dropFirst(1 + times.count)
    if times.count == 2 { times.append("0") }
    let stop = times[1].hasPrefix("{") ? String(times[1].dropFirst().dropLast()) : times[1]
    let step = "{(\(stop))/\(steps)}"
    if times.count == 3 { times.append(step) } else { times[3] = "{min(\(times[3]), (\(stop))/\(steps))}" }
    return ([".tran"] + times + rest.map(String.init)).joined(separator: " ")
  }
}
