import Neuristor
import TestSupport
import Testing

/// Folders against the lists that name what lies in them.
@Suite struct CatalogueTests {
  @Test(arguments: [
    ("Sources/Devices/Elements", "Sources/Devices/ElementCatalogue.swift"),
    ("Sources/Devices/SourceShapes", "Sources/Devices/SourceShapes/SourceShapeCatalogue.swift"),
    ("Sources/Waveforms/Formats", "Sources/Waveforms/Formats/OutputFormat.swift"),
    ("Sources/Netlists/Directives", "Sources/Netlists/Directives/DirectiveCatalogue.swift"),
    ("Sources/neuristor-cli/Commands", "Sources/neuristor-cli/NeuristorCommand.swift"),
  ])
  func listNamesWhatTheFolderHolds(folder: String, catalogue: String) throws {
    let list = try Repository.text(of: catalogue)
    for file in Repository.files(below: folder, endingWith: ".swift") {
      let text = try Repository.text(of: file)
      // The type that the file is there for: it conforms to the folder's protocol and is named in the list.
      for match in text.matches(of: /(?:struct|enum) (\w+): (?:ElementKind|OutputFormat|Directive|ParsableCommand)\b/) {
        #expect(list.contains("\(match.output.1).self"), "\(catalogue) does not list \(match.output.1)")
      }
    }
  }

  @Test func everyModelIsReadAndDocumented() throws {
    let simulator = Simulator(models: Repository.path(of: "Sources/Devices/Models"))
    #expect(!simulator.modelNames.isEmpty)
    for name in simulator.modelNames {
      let model = try #require(simulator.describe(model: name), "\(name) has no card")
      guard model.kind == .memristor else { continue }
      #expect(!model.summary.isEmpty, "\(name) does not say what it is")
      for parameter in model.parameters + model.states {
        #expect(!parameter.unit.isEmpty, "\(parameter.name) of \(name) has no unit")
        #expect(!parameter.documentation.isEmpty, "\(parameter.name) of \(name) is not explained")
      }
    }
  }
}
