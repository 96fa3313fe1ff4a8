package import ArgumentParser
internal import CProcessor

/// What programs of neuristor's do around their commands.
package enum Program {
  /// Sees to signals and to the processor.
  package static func prepare() {
    if let missing = processor_missing_instructions() {
      Terminal.complain(
        "this program was built for a processor with \(String(cString: missing)), which this one lacks: build it here "
          + "with `make build`, or for any processor with `make build ARCH=`\n")
      ExitStatus.wrongInput.exit()
    }
    Interruption.prepare()
  }

  /// Does some work and ends with its status where that is not 0.
  package static func run(_ work: () throws(ExitStatus) -> Void) {
    do throws(ExitStatus) { try work() } catch { error.exit() }
  }

  /// Runs a command and ends with its status where that is not 0.
  package static func run(_ kind: any ParsableCommand.Type, _ arguments: [String]) {
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
}
