import Foundation
import Neuristor
import TestSupport
import Testing

/// Docs/gallery/numbers.md: every number that the gallery's netlists expect and that the reference knows of them, its
/// tolerance, and what the program gives.
///
/// `make snapshots` writes it anew. A table written on one machine holds on another within each tolerance.
@Suite struct GalleryNumbers {
  static let page = "Docs/gallery/numbers.md"

  /// One line of the page.
  struct Row: Equatable {
    /// Where the reference has the number; nil for the netlist's own.
    var place: String?
    var name: String
    var expected: String
    var allowed: String
    var obtained: String
    var share: String

    init(_ result: ExpectationResult, reference: ReferenceNumbers.Row? = nil) {
      place = reference?.place
      name = (reference?.quantity ?? result.name).replacing("|", with: "\\|")
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
      var cells = line.split(separator: " | ", omittingEmptySubsequences: false)[...]
      guard line.hasPrefix("| "), line.hasSuffix(" |"), !line.hasPrefix("|---"), cells.count >= 5 else { return nil }
      cells[0] = cells[0].dropFirst(2)
      guard cells[0] != "result", cells[0] != "reference" else { return nil }
      if cells.count == 6 { place = cells.popFirst().map(String.init) }
      let texts = cells.map(String.init)
      (name, expected, allowed, obtained, share) = (
        texts[0], texts[1], texts[2], texts[3], String(texts[4].dropLast(2))
      )
    }

    var line: String {
      "| " + [place, name, expected, allowed, obtained, share].compactMap { $0 }.joined(separator: " | ") + " |"
    }

    private static func text(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)g", value) }
  }

  /// The netlist's own results, and then those that the reference asks for.
  private static func rows(of results: [ExpectationResult], _ netlist: String) -> [Row] {
    let reference = ReferenceNumbers.rows[netlist] ?? []
    let own = max(0, results.count - reference.count)
    return results.enumerated().map { index, result in
      Row(result, reference: index < own ? nil : reference[index - own])
    }
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

  static let index = "Docs/gallery/index.md"

  /// What the index says of a netlist's numbers, before how far they are off.
  private static func count(_ rows: [Row]) -> String { "[all \(rows.count)" }

  /// The index's last column: how many numbers, the farthest, and where they all stand.
  private static func summary(_ rows: [Row], _ netlist: String) -> String {
    let farthest = rows.compactMap { Double($0.share) }.max() ?? 0
    let anchor = netlist.filter { $0.isLetter || $0.isNumber || $0 == "_" }
    return "\(count(rows)), off by \(String(format: "%.2f", farthest))](numbers.md#\(anchor))"
  }

  /// The index with what `rows` say of each netlist in the last column.
  private static func indexTelling(_ rows: [String: [Row]]) throws -> String {
    let lines = try Repository.text(of: index).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let netlist = rows.keys.first(where: { line.hasPrefix("| ") && line.contains("(../../\($0)) | ") }) else {
        return String(line)
      }
      let cells = line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false).prefix(5)
      return "| " + (cells.map(String.init) + [summary(rows[netlist] ?? [], netlist)]).joined(separator: " | ") + " |"
    }
    return lines.joined(separator: "\n")
  }

  /// Whether the pages tell of `netlist` what it gives now.
  static func compare(_ results: [ExpectationResult], of netlist: String) throws {
    if ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil { return }
    let (told, found) = (written[netlist] ?? [], rows(of: results, netlist))
    #expect(told.map(\.name) == found.map(\.name), "\(netlist) in \(page): make snapshots")
    #expect(told.map(\.place) == found.map(\.place), "\(netlist) in \(page): make snapshots")
    let row = try Repository.text(of: index).split(separator: "\n").first { $0.contains("(../../\(netlist)) | ") }
    #expect(row?.contains(count(found) + ",") == true, "\(netlist) in \(index): make snapshots")
    for ((told, found), result) in zip(zip(told, found), results) {
      #expect(told.expected == found.expected && told.allowed == found.allowed, "\(netlist): make snapshots")
      guard let allowed = result.allowed, let measured = result.measured else { continue }
      let value = try #require(Double(told.obtained))
      #expect(abs(value - measured) <= allowed, "\(netlist): \(found.name) is \(measured), not \(value)")
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil))
  func writeThePage() throws {
    var text = """
      # Numbers of the gallery

      What every netlist below `netlists/` must give, and what it gives: printed by the program, written by `make snapshots`, and held by the
      tests, which run every netlist. *off* is the difference in parts of what is allowed. SI units.

      The first table of each netlist is of its own `.expect` lines; where their numbers come from stands in its head and on its page. The second
      holds what the reference knows of the same circuit: waveforms and scalars that two other integrators computed, read with their tolerances
      from `Tests/Reference/gallery-numbers.txt`.

      """
    var told: [String: [Row]] = [:]
    for netlist in GalleryTests.netlists {
      let result = Simulator().run(try ReferenceNumbers.source(of: netlist))
      let rows = Self.rows(of: result.expectations, netlist)
      told[netlist] = rows
      let head = "result | expected | allowed | obtained | off |\n|---|---|---|---|---|"
      text += "\n## \(netlist)\n\n| \(head)\n"
      for row in rows where row.place == nil { text += row.line + "\n" }
      guard rows.contains(where: { $0.place != nil }) else { continue }
      text += "\n| reference | \(head)---|\n"
      for row in rows where row.place != nil { text += row.line + "\n" }
    }
    try text.write(toFile: Repository.path(of: Self.page), atomically: true, encoding: .utf8)
    let index = try Self.indexTelling(told)
    try index.write(toFile: Repository.path(of: Self.index), atomically: true, encoding: .utf8)
  }
}
