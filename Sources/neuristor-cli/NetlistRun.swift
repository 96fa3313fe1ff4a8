internal import Neuristor
internal import Terminals

/// A run of a netlist, as `neuristor run` was asked for it.
struct NetlistRun {
  var file: String
  var options = RunOptions()
  /// Whether only complaints are printed.
  var isQuiet = false
  /// Whether pictures are drawn in the terminal.
  var draws = false
  /// The file that they are drawn into.
  var picture: String?
  /// Where the results go as JSON.
  var json: String?

  init(of file: String, settings: [String: String]) {
    self.file = file
    options.settings = settings
  }

  func perform() throws(ExitStatus) {
    var options = options
    options.keepsWaveforms = false
    options.recordsPictures = draws || picture != nil
    options.isCancelled = { Interruption.isRequested }
    if Terminal.showsProgress { options.progress = ProgressLine.show }
    let result = Simulator().run(try NetlistOptions.source(file), options: options)
    if Terminal.showsProgress { ProgressLine.clear() }
    result.report.show()
    try show(result)
    if let picture { try PictureOutput.draw(result.pictures, to: picture) }
    if draws { try PictureOutput.draw(result.pictures, to: nil) }
    try ExitStatus(result.status).check()
  }

  private func show(_ result: SimulationResult) throws(ExitStatus) {
    // Waveforms on standard output leave it to themselves.
    let table = isQuiet ? "" : result.tables
    if options.files.contains(.raw("-")) || options.files.contains(.csv("-")) {
      Terminal.complain(table)
      try JSONOption.write(table: "", json: result.json, to: json)
    } else {
      try JSONOption.write(table: table, json: result.json, to: json)
    }
    if result.status == .interrupted { Terminal.complain("interrupted: what had been computed is kept\n") }
  }
}

extension NetlistRun {
  /// The run that `words` ask for where they say no more than `run FILE`, or a name with a point in it, which no command
  /// has, and `--set NAME=VALUE`, rightly; else nil.
  ///
  /// The argument parser looks at its options through mirrors, which takes longer than simulating 100 ms of one neuron.
  init?(plain words: [String]) {
    guard let first = words.first, first == "run" || first.contains(".") else { return nil }
    var file: String?
    var assignments: [String] = []
    var rest = first == "run" ? words.dropFirst() : words[...]
    while let word = rest.popFirst() {
      if word == "--set", let assignment = rest.popFirst(), !assignment.hasPrefix("-") {
        assignments.append(assignment)
      } else if file == nil, !word.hasPrefix("-") {
        file = word
      } else {
        return nil
      }
    }
    guard let file, let settings = try? SettingOptions.settings(assignments) else { return nil }
    self.init(of: file, settings: settings)
  }
}
