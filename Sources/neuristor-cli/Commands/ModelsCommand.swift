internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor models [NAME]`.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", _superCommandName: "neuristor",
    abstract: "List the models of the library, or print the card of one.")

  @Argument(help: ArgumentHelp("A model of the library.", valueName: "name"))
  var name: String?

  @OptionGroup var json: JSONOption

  func run() throws {
    let simulator = Simulator()
    guard let name else {
      return try json.write(table: simulator.modelTable, json: simulator.modelsJSON)
    }
    guard let description = simulator.describe(model: name) else {
      let hint = simulator.suggestion(forModel: name).map { "did you mean '\($0)'?" }
      Terminal.complain(
        "error: there is no model '\(name)' in the library: " + (hint ?? "`neuristor models` lists them") + "\n")
      throw ExitStatus.wrongInput
    }
    try json.write(table: description.card, json: description.json)
  }
}
