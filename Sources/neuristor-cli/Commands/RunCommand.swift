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

  func run() throws { try makeRun().perform() }

  private func makeRun() throws -> NetlistRun {
    var run = NetlistRun(of: netlist.file, settings: try netlist.settings())
    if let seed { run.options.settings["seed"] = String(seed) }
    if let threads { run.options.settings["threads"] = String(threads) }
    if let plotTo, !Picture.canDraw(to: plotTo) {
      throw ValidationError("--plot-to \(plotTo): the name must end with .svg, .png or .pdf")
    }
    let toOutput = [raw, csv, json.path].count { $0 == "-" }
    if toOutput > 1 { throw ValidationError("only one of --raw, --csv and --json can be standard output") }
    if let raw { run.options.files.append(.raw(raw)) }
    if let csv { run.options.files.append(.csv(csv)) }
    if let hdf5 { run.options.files.append(.hdf5(hdf5)) }
    run.draws = plot
    run.picture = plotTo
    run.json = json.path
    run.isQuiet = quiet
    return run
  }
}
