internal import ArgumentParser
internal import Neuristor
internal import Sweeps
internal import Terminals

/// `neuristor merge OUT IN ...`
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", _superCommandName: "neuristor", abstract: "Join the files of one batch's shards into one.")

  @Argument(
    help: ArgumentHelp("The joined file; one that exists takes the runs in.", valueName: "out"), completion: .file())
  var output: String

  @Argument(help: ArgumentHelp("Files that sweep --shard has written.", valueName: "in"), completion: .file())
  var inputs: [String]

  func run() throws {
    do throws(BatchFailure) {
      let (done, runs) = try BatchResults.merge(inputs, into: output)
      Terminal.say("\(done) of \(runs) runs in \(output)\n")
    } catch {
      throw ExitStatus.complaining(about: error)
    }
  }
}
