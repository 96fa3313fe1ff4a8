import Devices
import Diagnostics
import Foundation
import Netlists
import Testing

/// The models that come with the program, against published numbers for them.
struct ModelLibraryTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Devices/Models")

  static var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The memristors among them.
  static let memristors = files.compactMap { file in
    file.hasSuffix(".memristor") ? String(file.dropLast(".memristor".count)) : nil
  }

  /// A library model, compiled.
  static func model(_ name: String) throws -> DeviceModel {
    let text = try String(contentsOf: folder.appendingPathComponent(name + ".memristor"), encoding: .utf8)
    let (model, complaints) = compile(text)
    #expect(complaints.isEmpty)
    return try #require(model)
  }

  @Test func everyFileDefinesTheModelOfItsName() throws {
    #expect(Self.files.contains("hh_potassium.memristor"))
    for file in Self.files {
      let name = String(file.prefix { $0 != "." })
      let bytes = Array(try Data(contentsOf: Self.folder.appendingPathComponent(file)))
      let library = ModelLibrary(names: [name]) { $0 == name ? (file, bytes) : nil }
      var sources = SourceMap()
      var diagnostics = DiagnosticBag()
      let statements = try #require(
        library.statements(defining: name.uppercased(), sources: &sources, diagnostics: &diagnostics))
      #expect(diagnostics.diagnostics.isEmpty)
      let names: [String] = statements.map { statement in
        switch statement {
        case .memristor(let block): block.name.value
        case .model(let model): model.name.value
        case .subcircuit(let subcircuit): subcircuit.name.value
        default: ""
        }
      }
      #expect(names == [name])
    }
  }

  /// Models of sources whose DOI could not be confirmed, or that have none: manuals, early papers.
  static let withoutIdentifier: Set<String> = ["diode_bridge", "diode_bridge_rlc", "xyce_pem", "yakopcic_2020"]

  @Test(arguments: memristors)
  func everyModelIsDocumented(name: String) throws {
    let model = try Self.model(name)
    #expect(!model.card.summary.isEmpty)
    let hasIdentifier = !Self.withoutIdentifier.contains(name)
    #expect(
      Set(model.card.about.map(\.key)).isSuperset(of: ["source", "status", "class"] + (hasIdentifier ? ["doi"] : [])))
    for parameter in model.parameters { #expect(!parameter.documentation.isEmpty) }
    for variable in model.variables { #expect(!variable.documentation.isEmpty) }
  }

  /// Even where there is no unit, a `-` says so.
  @Test(arguments: memristors)
  func everyQuantityHasAUnit(name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name + ".memristor"), encoding: .utf8)
    for line in text.split(separator: "\n") {
      let word = line.split(separator: " ").first
      guard let word, ["param", "input", "state", "var", "memory"].contains(word) else { continue }
      let comment = line.split(separator: ";", maxSplits: 1).dropFirst().first ?? ""
      #expect(comment.contains(","), "\(line)")
    }
  }

  /// Rates per ms, gates and slopes at -65 mV and at the removable singularities (Hodgkin and Huxley 1952).
  @Test func hodgkinHuxleyRatesAreThePrintedOnes() throws {
    let potassium = try Self.model("hh_potassium")
    var rest = Point(model: potassium, values: ["v": -65e-3 + 77e-3, "n": 0.3])
    #expect(abs(rest.quantity("alpha") - 0.0581976707) < 1e-9)
    #expect(abs(rest.quantity("beta") - 0.125) < 1e-12)
    #expect(abs(rest.start(of: "n") - 0.3176769141) < 1e-9)
    rest.values["celsius"] = 18.5
    #expect(abs(rest.quantity("phi") - 3.8202161018) < 1e-9)

    let sodium = try Self.model("hh_sodium")
    let sodiumRest = Point(model: sodium, values: ["v": -65e-3 - 50e-3, "m": 0.1, "h": 0.5])
    #expect(abs(sodiumRest.quantity("alpha_m") - 0.2235637246) < 1e-9)
    #expect(abs(sodiumRest.quantity("beta_m") - 4) < 1e-12)
    #expect(abs(sodiumRest.quantity("alpha_h") - 0.07) < 1e-12)
    #expect(abs(sodiumRest.quantity("beta_h") - 0.0474258732) < 1e-9)
    #expect(abs(sodiumRest.start(of: "m") - 0.0529324853) < 1e-9)
    #expect(abs(sodiumRest.start(of: "h") - 0.5961207536) < 1e-9)
  }

  @Test(arguments: [0, 1e-12, -1e-12, 1e-9, -1e-9, 1e-6, -1e-6, 1e-4, -1e-4, 1e-3, -1e-3])
  func ratesAreSafeAroundTheirSingularities(millivolts: Double) throws {
    // u/(e^u - 1) = 1 - u/2 + u^2/12 - u^4/720, slope -1/2 + u/6 - u^3/180.
    let u = -millivolts / 10
    let value = 1 - u / 2 + u * u / 12
    let slope = 0.5 - u / 6
    let potassium = Point(
      model: try Self.model("hh_potassium"), values: ["v": (-55 + 77 + millivolts) * 1e-3, "n": 0.3])
    #expect(abs(potassium.quantity("alpha") - 0.1 * value) < 1e-9)
    #expect(abs(potassium.slope(of: "alpha", by: "v") * 1e-3 - 0.01 * slope) < 1e-9)
    let sodium = Point(
      model: try Self.model("hh_sodium"), values: ["v": (-40 - 50 + millivolts) * 1e-3, "m": 0.1, "h": 0.5])
    #expect(abs(sodium.quantity("alpha_m") - value) < 1e-9)
    #expect(abs(sodium.slope(of: "alpha_m", by: "v") * 1e-3 - 0.1 * slope) < 1e-9)
  }

  /// Threshold and hold of the quasi-static curve, sets 2012 and 2013b: there y = P/P0 and dv/di = 0.
  @Test(arguments: [
    (true, 0.05492870, 35.251666e-6, 1.444714886), (true, 0.59420968, 381.34673e-6, 0.744487152),
    (false, 0.04384618, 28.182337e-6, 0.837372329), (false, 0.59802544, 384.38364e-6, 0.373423657),
  ])
  func thresholdSwitchIsSteadyAtItsTurningPoints(is2012: Bool, u: Double, current: Double, voltage: Double) throws {
    var point = Point(model: try Self.model("nbo2_pickett"))
    if is2012 {
      point.values = ["l": 20e-9, "rho_ins": 7e-3, "dt": 784]
    }
    point.values["v"] = voltage
    point.values["y"] = 1 / log(1 / u)
    #expect(abs(point.quantity("u") - u) < 1e-12)
    #expect(abs(point.quantity("i") / current - 1) < 1e-6)
    #expect(abs(point.start(of: "y") / (point.values["y"] ?? 0) - 1) < 1e-6)
    let scale = point.quantity("p0") / point.quantity("heat")
    #expect(abs(point.rate(of: "y") / scale) < 1e-6)
  }

  /// dy/dt against the published du/dt = (P - Gamma dT)/(dH/du), and the exact limit for small y.
  @Test func thresholdSwitchHeatsAsPublished() throws {
    var point = Point(model: try Self.model("nbo2_pickett"))
    point.values = ["l": 20e-9, "rho_ins": 7e-3, "dt": 784, "v": 1.6]
    for u in [1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999] {
      let w = log(1 / u)
      point.values["y"] = 1 / w
      let power = point.quantity("power")
      let gamma = 2 * Double.pi * 20e-9 * 1.5 / w
      let capacity = 2.6e6 * 784 * (1 - u * u + 2 * u * u * log(u)) / (2 * u * w * w)
      let enthalpy = Double.pi * 20e-9 * 30e-9 * 30e-9 * (capacity + 2 * 1.6e8 * u)
      let published = (power - gamma * 784) / enthalpy / (u * w * w)
      #expect(abs(point.rate(of: "y") / published - 1) < 1e-7, "u = \(u)")
    }
    point.values["v"] = 0
    point.values["y"] = 1e-9
    #expect(abs(point.rate(of: "y") / (-4 * 1.5 / (2.6e6 * 30e-9 * 30e-9) * 1e-9) - 1) < 1e-12)
    point.values["y"] = 0
    #expect(point.rate(of: "y") == 0)
    #expect(point.quantity("u") == 0)
    #expect(point.slope(of: "i", by: "v").isFinite)
  }
}
