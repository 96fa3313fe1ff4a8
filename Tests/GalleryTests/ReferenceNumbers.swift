import Foundation
import Neuristor
import TestSupport
import Testing

/// `Tests/Reference/gallery-numbers.txt`: what the gallery's netlists must give by the reference, beside their own `.expect` lines.
enum ReferenceNumbers {
  static let file = "Tests/Reference/gallery-numbers.txt"

  struct Row: Equatable {
    /// Where the number stands: `bio-models 2, channels.json /sine/K/10`.
    var place: String
    /// `tran max i(n10) from=0.2`, `op v(v)`, or a result's name.
    var quantity: String
    /// `0.000683366 reltol=0.0001`.
    var expected: String

    /// The lines that ask a netlist for it.
    func lines(number: Int) -> [String] {
      guard quantity.hasPrefix("tran ") || quantity.hasPrefix("dc ") else {
        return [".expect \(quantity) = \(expected)"]
      }
      let words = quantity.split(separator: " ", maxSplits: 1)
      let name = "reference_\(number)"
      return [".measure \(words[0]) \(name) \(words[1])", ".expect \(name) = \(expected)"]
    }
  }

  /// The rows of each netlist, in the order of the file.
  static let rows: [String: [Row]] = (try? read()) ?? [:]

  private static func read() throws -> [String: [Row]] {
    var rows: [String: [Row]] = [:]
    var (netlist, place) = ("", "")
    let lines = try Repository.text(of: file).split(separator: "\n").drop { $0 != "----" }.dropFirst()
    for line in lines {
      let text = line.drop { $0 == " " }
      switch line.count - text.count {
      case 0: netlist = String(text)
      case 2: place = String(text)
      default:
        let parts = text.split(separator: " = ", maxSplits: 1)
        try #require(parts.count == 2, "\(line)")
        rows[netlist, default: []].append(Row(place: place, quantity: String(parts[0]), expected: String(parts[1])))
      }
    }
    return rows
  }

  /// A netlist that also expects what the reference says of it.
  static func source(of netlist: String) throws -> Source {
    let text = try Repository.text(of: netlist)
    let lines = (rows[netlist] ?? []).enumerated().flatMap { $1.lines(number: $0 + 1) }
    let end = try #require(text.range(of: "\n.end\n", options: .backwards), "\(netlist) does not end with .end")
    let asked = text[..<end.lowerBound] + "\n" + lines.joined(separator: "\n") + "\n.end\n"
    return Source(String(asked), name: Repository.path(of: netlist))
  }
}

@Suite struct ReferenceNumberTests {
  @Test func theyBelongToNetlists() {
    #expect(ReferenceNumbers.rows.values.reduce(0) { $0 + $1.count } > 1400)
    let unknown = Set(ReferenceNumbers.rows.keys).subtracting(GalleryTests.netlists)
    #expect(unknown.isEmpty, "\(unknown) are not in the gallery")
  }
}
