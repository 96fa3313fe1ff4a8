internal import ArgumentParser
internal import Neuristor
internal import Sweeps
internal import Terminals

/// `neuristor results FILE`
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", _superCommandName: "neuristor", abstract: "Show the runs that sweep has put into a file.")

  @Argument(help: ArgumentHelp("The SQLite file.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only runs for which this holds: 'tau > 1m and r < 2k'.", valueName: "expression"))
  var condition: String?

  @Option(help: ArgumentHelp("Sort by a column, falling with a minus before its name.", valueName: "column"))
  var sort: String?

  @Option(help: ArgumentHelp("Rows to show; the files have all.", valueName: "n"))
  var rows = 40

  @Option(
    help: ArgumentHelp("Write a line for each run; - is standard output.", valueName: "path"), completion: .file())
  var csv: String?

  @OptionGroup var json: JSONOption

  func run() throws {
    guard rows >= 4 else { throw ValidationError("--rows \(rows): at least 4") }
    guard csv != "-" || json.path != "-" else {
      throw ValidationError("only one of --csv and --json can be standard output")
    }
    let results = try read()
    if let csv { try Terminal.write(results.csv, toFile: csv) }
    try json.write(table: csv == "-" ? "" : results.text(rows: rows), json: results.json)
  }

  private func read() throws(ExitStatus) -> BatchResults {
    do throws(BatchFailure) {
      var results = try BatchResults(contentsOf: file)
      if let condition { try results.filter(by: condition) }
      if let sort {
        try results.sort(by: sort.hasPrefix("-") ? String(sort.dropFirst()) : sort, falling: sort.hasPrefix("-"))
      }
      return results
    } catch {
      throw ExitStatus.complaining(about: error)
    }
  }
}

extension ExitStatus {
  /// Says what is wrong with a batch, and how the program ends.
  static func complaining(about failure: BatchFailure) -> ExitStatus {
    Terminal.complain(failure.description)
    return failure.isWrongInput ? .wrongInput : .gaveUp
  }
}
