internal import ArgumentParser
internal import Neuristor

@main
struct NeuristorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "neuristor")
}
