internal import ArgumentParser
internal import Terminals

/// The commands of `neuristor` that know SQLite, in a program of their own: what it takes to load would be a quarter of the
/// time of a small run.
@main
struct NeuristorBatchesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neuristor-batches", abstract: "Runs netlists with many values; `neuristor sweep` starts it.",
    version: Version.text,
    subcommands: [SweepCommand.self, ResultsCommand.self, MergeCommand.self, PlotBatchCommand.self])

  static func main() {
    Program.prepare()
    let words = Array(CommandLine.arguments.dropFirst())
    let named = configuration.subcommands.first { $0.configuration.commandName == words.first }
    Program.run(named ?? self, named == nil ? words : Array(words.dropFirst()))
  }
}
