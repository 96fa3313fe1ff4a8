import Foundation
import Neuristor
import TestSupport
import Testing

/// Docs/gallery/numbers.md: every number that the gallery's netlists expect, its tolerance, and what the program gives.
///
/// `make snapshots` writes it anew. A table written on one machine holds on another within each tolerance.
@Suite struct GalleryNumbers {
  static let page = "Docs/gallery/numbers.md"

  /// One line of the page.
  struct Row: Equatable {
    var name: String
    var expected: String
    var allowed: String
    var obtained: String
    var share: String

    init(_ result: ExpectationResult) {
      name = result.name.replacing("|", with: "\\|")
      expected = result.expected.map { Self.text($0, digits: 12) } ?? "holds"
      allowed = result.allowed.map { Self.text($0, digits: 3) } ?? ""
      obtained = result.expected == nil ? "holds" : result.measured.map { Self.text($0, digits: 10) } ?? "none"
      share = ""
      if let measured = result.measured, let expected = result.expected, let allowed = result.allowed, allowed > 0 {
        share = Self.text(abs(measured - expected) / allowed, digits: 2)
      }
    }

    /// A line as it stands on the page; nil for any other.
    init?(line: Substring) {
      let cells = line.split(separator: " | ", omittingEmptySubsequences: false)
      guard line.hasPrefix("| "), cells.count == 5, cells[0] != "| result", !line.hasPrefix("|---") else { return nil }
      name = String(cells[0].dropFirst(2))
      (expected, allowed, obtained) = (String(cells[1]), String(cells[2]), String(cells[3]))
      share = String(cells[4].dropLast(2))
    }

    var line: String { "| \(name) | \(expected) | \(allowed) | \(obtained) | \(share) |" }

    private static func text(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)g", value) }
  }

  /// The rows of each netlist.
  private static func rows() throws -> [String: [Row]] {
    var result: [String: [Row]] = [:]
    var netlist = ""
    for line in try Repository.text(of: page).split(separator: "\n") {
      if line.hasPrefix("## ") { netlist = String(line.dropFirst(3)) }
      if let row = Row(line: line) { result[netlist, default: []].append(row) }
    }
    return result
  }

  static let written: [String: [Row]] = (try? rows()) ?? [:]

  /// Whether the page tells of `netlist` what it gives now.
  static func compare(_ results: [ExpectationResult], of netlist: String) throws {
    if ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil { return }
    let rows = written[netlist] ?? []
    #expect(rows.map(\.name) == results.map { Row($0).name }, "\(netlist) in \(page): make snapshots")
    for (row, result) in zip(rows, results) {
      #expect(row.expected == Row(result).expected && row.allowed == Row(result).allowed, "\(netlist): make snapshots")
      guard let allowed = result.allowed, let measured = result.measured else { continue }
      let told = try #require(Double(row.obtained))
      #expect(abs(told - measured) <= allowed, "\(netlist): \(row.name) is \(measured), not \(told)")
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil))
  func writeThePage() throws {
    var text = """
      # Numbers of the gallery

      What every netlist below `netlists/` must give, and what it gives: printed by the program, written by `make snapshots`, and held by the
      tests, which run every netlist. *off* is the difference in parts of what is allowed. SI units; where the numbers come from stands in the
      head of each netlist and on its page.

      """
    for netlist in GalleryTests.netlists {
      let result = Simulator().run(try Source(contentsOf: Repository.path(of: netlist)))
      text += "\n## \(netlist)\n\n| result | expected | allowed | obtained | off |\n|---|---|---|---|---|\n"
      for expectation in result.expectations { text += Row(expectation).line + "\n" }
    }
    try text.write(toFile: Repository.path(of: Self.page), atomically: true, encoding: .utf8)
  }
}
