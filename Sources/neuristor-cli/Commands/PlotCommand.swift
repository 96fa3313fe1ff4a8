internal import ArgumentParser
internal import Neuristor

/// `neuristor plot FILE [SIGNAL ...]`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw signals of a waveform file (.raw, .csv).")

  @Argument(help: ArgumentHelp("The waveform file.", valueName: "file"), completion: .file())
  var file: String

  @Argument(help: ArgumentHelp("Signals to draw; all of them if none is named.", valueName: "signal"))
  var signals: [String] = []

  @Option(name: .customLong("x"), help: ArgumentHelp("Draw over this signal instead of time.", valueName: "signal"))
  var axis: String?

  @Option(
    name: .customLong("to"), help: ArgumentHelp("An SVG, PNG or PDF file instead of the terminal.", valueName: "path"),
    completion: .file())
  var path: String?

  func run() throws {
    do throws(PictureFailure) {
      let pictures = try WaveformFile(contentsOf: file).pictures(of: signals, over: axis)
      for (index, picture) in pictures.enumerated() {
        if let path {
          try picture.draw(to: PicturePath.numbered(path, index, of: pictures.count))
        } else {
          let size = Terminal.size
          Terminal.say(try picture.text(columns: size.columns, rows: size.rows - 1))
        }
      }
    } catch {
      Terminal.complain(error.description)
      throw error.exitStatus
    }
  }
}
