internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor run FILE`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: "neuristor",
    abstract: "Run every analysis of a netlist and print what it found.")

  @OptionGroup var netlist: NetlistOptions

  @Option(help: ArgumentHelp("Write waveforms as Spice3 raw file.", valueName: "path"), completion: .file())
  var raw: String?

  @Option(help: ArgumentHelp("Write waveforms as comma-separated values.", valueName: "path"), completion: .file())
  var csv: String?

  @Option(help: ArgumentHelp("Write waveforms as HDF5, compressed.", valueName: "path"), completion: .file())
  var hdf5: String?

  @OptionGroup var json: JSONOption

  @Flag(help: "Draw the .plot lines, else what .save names, else node voltages, in the terminal.")
  var plot = false

  @Option(help: ArgumentHelp("Draw them into an SVG, PNG or PDF file.", valueName: "path"), completion: .file())
  var plotTo: String?

  @Option(help: ArgumentHelp("Begin the random numbers here.", valueName: "s"))
  var seed: Int?

  @Option(help: ArgumentHelp("Share one simulation of 5000 devices or more among this many threads.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print no tables, only complaints.")
  var quiet = false

  /// What was typed, understood.
  struct Request {
    var source: Source
    var options: RunOptions
  }

  func makeRequest() throws -> Request {
    var options = RunOptions()
    options.settings = try netlist.settings()
    if let seed { options.settings["seed"] = String(seed) }
    if let threads { options.settings["threads"] = String(threads) }
    if let plotTo, !Picture.canDraw(to: plotTo) {
      throw ValidationError("--plot-to \(plotTo): the name must end with .svg, .png or .pdf")
    }
    let toOutput = [raw, csv, json.path].count { $0 == "-" }
    if toOutput > 1 { throw ValidationError("only one of --raw, --csv and --json can be standard output") }
    if let raw { options.files.append(.raw(raw)) }
    if let csv { options.files.append(.csv(csv)) }
    if let hdf5 { options.files.append(.hdf5(hdf5)) }
    options.keepsWaveforms = false
    options.recordsPictures = plot || plotTo != nil
    options.isCancelled = { Interruption.isRequested }
    if Terminal.showsProgress { options.progress = ProgressLine.show }
    return Request(source: try netlist.source(), options: options)
  }

  func run() throws {
    let request = try makeRequest()
    let result = Simulator().run(request.source, options: request.options)
    if Terminal.showsProgress { ProgressLine.clear() }
    result.report.show()
    try show(result)
    if let plotTo { try PictureOutput.draw(result.pictures, to: plotTo) }
    if plot { try PictureOutput.draw(result.pictures, to: nil) }
    try ExitStatus(result.status).check()
  }

  private func show(_ result: SimulationResult) throws(ExitStatus) {
    let tables = quiet ? "" : result.tables
    // Waveforms on standard output leave it to themselves.
    if raw == "-" || csv == "-" {
      Terminal.complain(tables)
      try json.write(table: "", json: result.json)
    } else {
      try json.write(table: tables, json: result.json)
    }
    if result.status == .interrupted { Terminal.complain("interrupted: what had been computed is kept\n") }
  }
}
