internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor compare FILE ...`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", _superCommandName: "neuristor",
    abstract: "Run the standard protocols on neurons and print them side by side.",
    discussion:
      "Each netlist declares its neuron: .neuron NAME input=SOURCE output=SIGNAL threshold=LEVEL max=AMPLITUDE")

  @Argument(help: ArgumentHelp("Netlists with a .neuron line.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup var values: SettingOptions

  @Option(help: ArgumentHelp("Write the findings as comma-separated values.", valueName: "path"), completion: .file())
  var csv: String?

  @OptionGroup var json: JSONOption

  @Flag(help: "Draw spikes, rates and memristors in the terminal.")
  var plot = false

  @Option(help: ArgumentHelp("Draw them into an SVG, PNG or PDF file.", valueName: "path"), completion: .file())
  var plotTo: String?

  @Option(help: ArgumentHelp("Examine so many neurons at a time; left out, one on each core.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print no tables, only complaints.")
  var quiet = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("name the netlists to compare") }
    if let plotTo, !Picture.canDraw(to: plotTo) {
      throw ValidationError("--plot-to \(plotTo): the name must end with .svg, .png or .pdf")
    }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): give 1 or more") }
    if csv == "-", json.path == "-" { throw ValidationError("only one of --csv and --json can be standard output") }
  }

  func run() throws {
    var options = ComparisonOptions()
    options.settings = try values.settings()
    options.threads = threads
    options.isCancelled = { Interruption.isRequested }
    if Terminal.showsProgress {
      options.progress = { subject, fraction in
        ProgressLine.show(Progress(analysis: subject, fraction: fraction, reached: 0))
      }
    }
    var sources: [Source] = []
    for file in files { sources.append(try NetlistOptions.source(file)) }
    let comparison = Simulator().compare(sources, options: options)
    if Terminal.showsProgress { ProgressLine.clear() }
    for report in comparison.reports { report.show() }
    let tables = quiet ? "" : comparison.tables
    if csv == "-" { Terminal.complain(tables) }
    try json.write(table: csv == "-" ? "" : tables, json: comparison.json)
    if let csv { try Terminal.write(comparison.csv, toFile: csv) }
    let pictures = comparison.picture.map { [$0] } ?? []
    if let plotTo { try PictureOutput.draw(pictures, to: plotTo) }
    if plot { try PictureOutput.draw(pictures, to: nil) }
    try ExitStatus(comparison.status).check()
  }
}
