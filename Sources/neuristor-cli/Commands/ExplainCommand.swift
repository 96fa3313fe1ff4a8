internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor explain CODE`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: "neuristor",
    abstract: "Print the page of an error code: what it means, and what would be right.")

  @Argument(help: ArgumentHelp("A code as complaints give it in brackets: foreign-element.", valueName: "code"))
  var code: String

  @OptionGroup var json: JSONOption

  func run() throws {
    guard let page = ErrorPage.text(for: code) else {
      let hint = ErrorPage.suggestion(for: code).map { "did you mean '\($0)'?" }
      Terminal.complain("error: there is no error code '\(code)'" + (hint.map { ": " + $0 } ?? "") + "\n")
      throw ExitStatus.wrongInput
    }
    try json.write(table: page, json: ErrorPage.json(code: code, page: page))
  }
}
