internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor plot FILE [SIGNAL ...]`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", _superCommandName: "neuristor",
    abstract: "Draw signals of a waveform file (.raw, .csv, .h5), or a batch (.db).")

  @Argument(help: ArgumentHelp("The waveform file.", valueName: "file"), completion: .file())
  var file: String

  @Argument(help: ArgumentHelp("Signals to draw; node voltages, at most 8, if none is named.", valueName: "signal"))
  var signals: [String] = []

  @Option(name: .customLong("x"), help: ArgumentHelp("Draw over this signal instead of time.", valueName: "signal"))
  var axis: String?

  @Option(
    name: .customLong("to"), help: ArgumentHelp("An SVG, PNG or PDF file instead of the terminal.", valueName: "path"),
    completion: .file())
  var path: String?

  @OptionGroup var json: JSONOption

  func run() throws {
    let (file, pictures) = try read()
    try PictureOutput.draw(pictures, to: path)
    try json.write(table: "", json: file.json)
  }

  private func read() throws(ExitStatus) -> (WaveformFile, [Picture]) {
    do throws(PictureFailure) {
      let file = try WaveformFile(contentsOf: file)
      return (file, try file.pictures(of: signals, over: axis))
    } catch {
      throw PictureOutput.complain(about: error)
    }
  }
}
