internal import ArgumentParser
internal import CProcessor

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
        neuristor plot axon.raw 'v(out)' --to axon.svg
            draw a signal of a waveform file

      Without a command, `neuristor FILE` is `neuristor run FILE`.
      Exit status: 0 done, 1 an .expect failed, 2 the input or the usage is wrong, 3 the solver gave up, 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, CheckCommand.self, CompareCommand.self, PlotCommand.self, ModelsCommand.self,
      InspectCommand.self,
      ExplainCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() {
    if let missing = processor_missing_instructions() {
      Terminal.complain(
        "this program was built for a processor with \(String(cString: missing)), which this one lacks: build it here "
          + "with `make build`, or for any processor with `make build ARCH=`\n")
      ExitStatus.wrongInput.exit()
    }
    Interruption.prepare()
    let (kind, arguments) = command(of: Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try kind.parseAsRoot(arguments)
      try command.run()
    } catch let status as ExitStatus {
      status.exit()
    } catch {
      // Help and version are no failures; everything else that the argument parser finds is wrong usage.
      let isFailure = kind.exitCode(for: error) != .success
      let text = kind.fullMessage(for: error)
      isFailure ? Terminal.complain(text + "\n") : Terminal.say(text + "\n")
      (isFailure ? ExitStatus.wrongInput : .done).exit()
    }
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
