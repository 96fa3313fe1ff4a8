import Foundation
import TestSupport
import Testing

/// Every file below `netlists/ngspice`, one for each feature, through ngspice and neuristor.
@Suite(.enabled(if: Ngspice.path != nil, "ngspice is not installed; make difftest installs it"))
struct NetlistTests {
  static let folder = "netlists/ngspice"
  static let netlists = Repository.files(below: folder, endingWith: ".cir")

  /// Where ngspice is wrong, as in `GeneratedCircuit.ngspiceFaults`.
  static let ngspiceFaults: [String: Comment] = [
    "behavioural_rate.cir": "ddt() is 0 in the first step"
  ]

  @Test(arguments: netlists)
  func agreesWithNgspice(netlist: String) throws {
    let folder = URL(filePath: Repository.path(of: Self.folder))
    let name = URL(filePath: netlist).lastPathComponent
    let found = Comparison.differences(of: try Repository.text(of: netlist), name: name, folder: folder)
    func expectNone() { #expect(found.isEmpty, "\(found.joined(separator: "\n"))") }
    if let fault = Self.ngspiceFaults[name] { withKnownIssue(fault) { expectNone() } } else { expectNone() }
  }
}
