internal import ArgumentParser
internal import Glibc
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
    guard let path else { return }
    let text = json()
    if path == "-" { return Terminal.say(text) }
    guard let file = fopen(path, "w") else { throw Self.failure(path) }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> ExitStatus {
    Terminal.complain("error: cannot write '\(path)': \(String(cString: strerror(errno)).lowercased())\n")
    return .gaveUp
  }
}
