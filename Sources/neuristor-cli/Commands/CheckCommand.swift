internal import ArgumentParser
internal import Neuristor
internal import Terminals

/// `neuristor check FILE`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "neuristor",
    abstract: "Say what is wrong with a netlist without running it.")

  @OptionGroup var netlist: NetlistOptions
  @OptionGroup var json: JSONOption

  func run() throws {
    let settings = try netlist.settings()
    let report = Simulator().check(try netlist.source(), settings: settings)
    report.show()
    try json.write(table: report.hasErrors ? "" : "\(netlist.file): no errors\n", json: report.json)
    if report.hasErrors { throw ExitStatus.wrongInput }
  }
}
