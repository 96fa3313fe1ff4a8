package import ArgumentParser
internal import Neuristor

/// `--json PATH` of every command.
package struct JSONOption: ParsableArguments {
  package init() {}

  @Option(
    name: .customLong("json"), help: ArgumentHelp("Write the results as JSON; - is standard output.", valueName: "path")
  )
  package var path: String?

  /// Shows `table` and writes `json` where they belong: with `--json -` the table goes to standard error.
  package func write(table: String, json: @autoclosure () -> String) throws(ExitStatus) {
    try Self.write(table: table, json: json(), to: path)
  }

  /// The same, with the path that was given.
  package static func write(table: String, json: @autoclosure () -> String, to path: String?) throws(ExitStatus) {
    if path == "-" { Terminal.complain(table) } else { Terminal.say(table) }
    if let path { try Terminal.write(json(), toFile: path) }
  }
}
