internal import ArgumentParser
internal import Terminals

@main
struct NeuristorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neuristor",
    abstract: "Simulates circuits of neurons and memristors.",
    discussion: """
      EXAMPLES
        neuristor netlists/neurons/hh_neuron.cir --plot
            run a netlist, print what its analyses found, draw its signals
        neuristor run axon.cir --set length=2m --raw axon.raw
            run with a parameter changed, write every waveform
        neuristor sweep axon.cir --param diameter=log:0.5u:8u:9 --out axon.db
            run with many values into an SQLite file
        neuristor plot axon.raw 'v(out)' --to axon.svg
            draw a signal of a waveform file

      Batches are done by a program of their own beside this one: `neuristor sweep`, `results`, `merge`, and `plot` of a
      .db file start it.

      Without a command, `neuristor FILE` is `neuristor run FILE`.
      Exit status: 0 done, 1 an .expect failed, 2 the input or the usage is wrong, 3 the solver gave up, 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, CheckCommand.self, CompareCommand.self, PlotCommand.self, ModelsCommand.self,
      InspectCommand.self, ExplainCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() {
    Program.prepare()
    let words = Array(CommandLine.arguments.dropFirst())
    if let run = NetlistRun(plain: words) { return Program.run(run.perform) }
    if BatchProgram.does(words) { BatchProgram.become(words) }
    let (kind, arguments) = command(of: words)
    Program.run(kind, arguments)
  }

  /// The command that the first word names, with its arguments; `run` for a file. Parsing it alone takes half the time
  /// of parsing the whole tree, which is a good part of running one cell.
  private static func command(of arguments: [String]) -> (kind: any ParsableCommand.Type, arguments: [String]) {
    guard let first = arguments.first, first != "help", !first.hasPrefix("-") || first == "-" else {
      return (self, arguments)
    }
    if let named = configuration.subcommands.first(where: { $0.configuration.commandName == first }) {
      return (named, Array(arguments.dropFirst()))
    }
    return (RunCommand.self, arguments)
  }
}
