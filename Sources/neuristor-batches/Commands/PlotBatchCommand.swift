internal import ArgumentParser
internal import Neuristor
internal import Sweeps
internal import Terminals

/// `neuristor plot FILE.db`
struct PlotBatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", _superCommandName: "neuristor",
    abstract: "Draw what sweep has found: kept waveforms, measures over parameters, maps, histograms.")

  @Argument(help: ArgumentHelp("The SQLite file.", valueName: "file"), completion: .file())
  var file: String

  @Argument(help: ArgumentHelp("Kept signals to draw; voltages, at most 8, if none is named.", valueName: "signal"))
  var signals: [String] = []

  @Option(help: ArgumentHelp("Draw over this parameter, or signal.", valueName: "parameter"))
  var x: String?

  @Option(help: ArgumentHelp("Draw this measure over the parameter --x.", valueName: "measure"))
  var y: String?

  @Option(help: ArgumentHelp("A curve for each value of this parameter.", valueName: "parameter"))
  var by: String?

  @Option(help: ArgumentHelp("Draw a map of this measure over the parameters --x and --y.", valueName: "measure"))
  var colour: String?

  @Option(help: ArgumentHelp("Draw how this measure is distributed.", valueName: "measure"))
  var histogram: String?

  @Option(name: .customLong("where"), help: ArgumentHelp("Only runs for which this holds.", valueName: "expression"))
  var condition: String?

  @Option(
    name: .customLong("to"), help: ArgumentHelp("An SVG, PNG or PDF file instead of the terminal.", valueName: "path"),
    completion: .file())
  var path: String?

  func validate() throws {
    if colour != nil || y != nil, x == nil { throw ValidationError("say with --x over what is to be drawn") }
    if colour != nil, y == nil { throw ValidationError("a map needs two parameters, --x and --y") }
    if by != nil, y == nil || colour != nil { throw ValidationError("--by goes with --x and --y") }
  }

  func run() throws { try PictureOutput.draw([try picture()], to: path) }

  private func picture() throws(ExitStatus) -> Picture {
    do throws(BatchFailure) {
      var results = try BatchResults(contentsOf: file)
      if let condition { try results.filter(by: condition) }
      if let histogram { return try results.histogram(of: histogram) }
      if let colour, let x, let y { return try results.heatMap(of: colour, over: x, and: y) }
      if let y, let x { return try results.picture(of: y, over: x, by: by) }
      return try results.waveforms(of: signals, over: x)
    } catch {
      throw ExitStatus.complaining(about: error)
    }
  }
}
