internal import ArgumentParser
internal import Neuristor

/// `--json PATH` of every command.
struct JSONOption: ParsableArguments {
  @Option(
    name: .customLong("json"), help: ArgumentHelp("Write the results as JSON; - is standard output.", valueName: "path")
  )
  var path: String?

  /// Shows `table` and writes `json` where they belong: with `--json -` the table goes to standard error.
  func write(table: String, json: @autoclosure () -> String) throws(ExitStatus) {
    if path == "-" { Terminal.complain(table) } else { Terminal.say(table) }
    if let path { try Terminal.write(json(), toFile: path) }
  }
}
