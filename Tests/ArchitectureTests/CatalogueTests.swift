import Neuristor
import TestSupport
import Testing

/// Folders against the lists that name what lies in them.
@Suite struct CatalogueTests {
  @Test(arguments: [
    (
      "Sources/Devices/Elements", "(?:ElementKind|SingleValueElement|ModelledElement|ControlledSource|SwitchElement)",
      "Sources/Devices/ElementCatalogue.swift"
    ),
    ("Sources/Devices/SourceShapes", "SourceShapeKind", "Sources/Devices/SourceShapes/SourceShapeKind.swift"),
    ("Sources/Waveforms/Measures", "WindowStatistic", "Sources/Waveforms/Measures/MeasureCatalogue.swift"),
    ("Sources/Waveforms/Formats", "OutputFormat", "Sources/Waveforms/Formats/OutputFormat.swift"),
    ("Sources/neuristor-cli/Commands", "ParsableCommand", "Sources/neuristor-cli/NeuristorCommand.swift"),
    (
      "Sources/neuristor-batches/Commands", "ParsableCommand",
      "Sources/neuristor-batches/NeuristorBatchesCommand.swift"
    ),
  ])
  func listNamesWhatTheFolderHolds(folder: String, protocolName: String, catalogue: String) throws {
    let list = try Repository.text(of: catalogue)
    let kind = try Regex(
      "(?:struct|enum) (\\w+): (?:[A-Za-z, ]+, )?\(protocolName)\\b", as: (Substring, Substring).self)
    var names: [Substring] = []
    for file in Repository.files(below: folder, endingWith: ".swift") {
      names += try Repository.text(of: file).matches(of: kind).map(\.output.1)
    }
    #expect(!names.isEmpty)
    for name in names {
      #expect(list.contains("\(name).self"), "\(catalogue) does not list \(name)")
    }
  }

  @Test func everyModelHasACard() throws {
    let simulator = Simulator(models: Repository.path(of: "Sources/Devices/Models"))
    #expect(!simulator.modelNames.isEmpty)
    for name in simulator.modelNames {
      let model = try #require(simulator.describe(model: name), "\(name) has no card")
      guard model.kind == .memristor else { continue }
      #expect(!model.summary.isEmpty, "\(name) does not say what it is")
      #expect(model.about.contains { $0.key == "source" }, "\(name) does not say where it comes from")
      // `param gmax = 36m in [0, inf)   ; S, conductance with every gate open`; the unit `-` is none.
      for line in model.text.split(separator: "\n") {
        guard line.firstMatch(of: /^\s*(?:param|state|input|var)\s/) != nil else { continue }
        #expect(line.firstMatch(of: /;\s*[^,\s][^,]*,\s*\S/) != nil, "\(name): no unit and word behind '\(line)'")
      }
    }
  }
}
