package import ArgumentParser
package import Neuristor

/// What every command that reads a netlist is told: the file, and values that win over it.
package struct NetlistOptions: ParsableArguments {
  package init() {}

  @Argument(help: ArgumentHelp("The netlist; - is standard input.", valueName: "file"), completion: .file())
  package var file: String

  @OptionGroup package var values: SettingOptions

  /// The netlist's text.
  package func source() throws(ExitStatus) -> Source { try Self.source(file) }

  /// The text of the netlist in `file`.
  package static func source(_ file: String) throws(ExitStatus) -> Source {
    do throws(UnreadableFile) {
      return try Source(contentsOf: file)
    } catch {
      Terminal.complain("error: \(error)\n")
      throw .wrongInput
    }
  }

  /// The values by name.
  package func settings() throws -> [String: String] { try values.settings() }
}

/// `--set NAME=VALUE`.
package struct SettingOptions: ParsableArguments {
  package init() {}

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Set a .param or, if none has that name, an option; may be repeated.", valueName: "name=value"))
  package var assignments: [String] = []

  /// The values by name.
  package func settings() throws -> [String: String] { try Self.settings(assignments) }

  /// The values that `assignments` give, by name.
  package static func settings(_ assignments: [String]) throws -> [String: String] {
    var settings: [String: String] = [:]
    for assignment in assignments {
      guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex,
        assignment.index(after: equals) < assignment.endIndex
      else { throw ValidationError("'\(assignment)' does not set anything: write --set NAME=VALUE") }
      let name = assignment[..<equals].lowercased()
      if settings.updateValue(String(assignment[assignment.index(after: equals)...]), forKey: name) != nil {
        throw ValidationError("'\(name)' is set twice")
      }
    }
    return settings
  }
}

extension Report {
  /// Writes the complaints, if any, to standard error.
  package func show() {
    if !isEmpty { Terminal.complain(text(coloured: Terminal.showsColour)) }
  }
}
