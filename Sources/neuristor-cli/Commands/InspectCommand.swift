public import ArgumentParser
public import Neuristor
internal import Terminals

/// `neuristor inspect --stage STAGE FILE`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", _superCommandName: "neuristor",
    abstract: "Print what one stage makes of a netlist: netlist, circuit, system or kernels.")

  @OptionGroup var netlist: NetlistOptions

  @Option(help: ArgumentHelp("netlist, circuit, system or kernels.", valueName: "stage"))
  var stage: Stage

  @OptionGroup var json: JSONOption

  func run() throws {
    let settings = try netlist.settings()
    let inspection = Simulator().inspect(try netlist.source(), stage: stage, settings: settings)
    inspection.report.show()
    try json.write(table: inspection.text ?? "", json: inspection.json)
    if inspection.text == nil { throw ExitStatus.wrongInput }
  }
}

extension Stage: ExpressibleByArgument {}
