import Foundation
import Testing

/// Data to standard output, words to standard error.
@Suite struct OutputTests {
  @Test func helpShowsExamplesFirst() throws {
    let outcome = try Program.run("--help")
    #expect(outcome.status == 0)
    let examples = try #require(outcome.output.range(of: "EXAMPLES"))
    let usage = try #require(outcome.output.range(of: "USAGE"))
    #expect(examples.lowerBound < usage.lowerBound)
  }

  @Test func versionNamesTheProcessor() throws {
    let outcome = try Program.run("--version")
    #expect(outcome.output.hasPrefix("neuristor "))
    #expect(outcome.output.contains("built for "))
  }

  @Test func jsonOnOutputLeavesItAlone() throws {
    let outcome = try Program.run("run", "-", "--json", "-", input: ExitStatusTests.divider)
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(value?["status"] as? String == "completed")
    #expect(outcome.complaints.contains("v(out)"))
  }

  @Test func settingsWinOverTheNetlist() throws {
    let netlist = ExitStatusTests.divider.replacing("V1 in 0 2", with: ".param supply=2\nV1 in 0 {supply}")
    #expect(try Program.run("run", "-", "--set", "supply=4", input: netlist).status == 1)
    #expect(try Program.run("run", "-", "--set", "SUPPLY=2", input: netlist).status == 0)
    let unknown = try Program.run("run", "-", "--set", "suply=2", input: netlist)
    #expect(unknown.status == 2)
    #expect(unknown.complaints.contains("supply"))
  }

  @Test func explainPrintsThePage() throws {
    let outcome = try Program.run("explain", "voltage-loop")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("# voltage-loop\n"))
  }

  @Test func modelsPrintsCards() throws {
    let list = try Program.run("models")
    #expect(list.output.contains("hh_potassium"))
    let card = try Program.run("models", "hh_potassium")
    #expect(card.output.contains("gmax"))
    #expect(card.output.contains("celsius"))
  }

  @Test(arguments: ["netlist", "circuit", "system", "kernels"])
  func everyStagePrintsItself(stage: String) throws {
    let outcome = try Program.run("inspect", "-", "--stage", stage, input: ExitStatusTests.divider)
    #expect(outcome.status == 0)
    #expect(outcome.output.count > 20)
  }

  @Test func quietPrintsNothing() throws {
    let outcome = try Program.run("run", "-", "--quiet", input: ExitStatusTests.divider)
    #expect(outcome.output == "" && outcome.complaints == "")
  }

  @Test func picturesAreDrawn() throws {
    let path = NSTemporaryDirectory() + "neuristor-\(UUID().uuidString).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Program.run("run", "netlists/neurons/hh_neuron.cir", "--quiet", "--plot-to", path)
    #expect(outcome.status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("<svg"))
  }

  static let membrane = """
    A membrane that crosses a level
    Iin 0 a 0
    R1 a 0 1k
    C1 a 0 1u
    .param top=100m
    .tran 10u 20m
    .neuron cell input=Iin output=v(a) threshold=1 max={top} width=1m
    .end

    """

  @Test func compareWritesTablesAndFiles() throws {
    let path = NSTemporaryDirectory() + "neuristor-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Program.run("compare", "-", "--csv", path, "--json", "-", input: Self.membrane)
    #expect(outcome.status == 0, "\(outcome.complaints)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(value?["status"] as? String == "completed")
    #expect(outcome.complaints.contains("pulse threshold"))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("cell,threshold,A,0.00158"))
  }

  @Test func settingsReachTheNeuron() throws {
    let outcome = try Program.run("compare", "-", "--set", "top=1u", input: Self.membrane)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("no spike"))
  }
}
