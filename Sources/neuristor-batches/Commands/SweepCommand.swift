internal import ArgumentParser
internal import Neuristor
internal import Sweeps
internal import Terminals

/// `neuristor sweep FILE --param r=1k:3k:500 ...`
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", _superCommandName: "neuristor",
    abstract: "Run a netlist with many values, several runs at a time, into an SQLite file.",
    discussion: """
      Values are from:to:step, lin:from:to:count, log:from:to:count or value,value,...; with --samples ranges, from:to or
      log:from:to. A batch that was broken off goes on when the same command is started again.
      """)

  @OptionGroup var netlist: NetlistOptions

  @Option(
    name: .customLong("param"), parsing: .singleValue,
    help: ArgumentHelp(
      "A .param, temp, a source, model(parameter) or an option, and its values; may be repeated.",
      valueName: "name=values"))
  var parameters: [String] = []

  @Flag(help: "Combine every value with every value of the other parameters, which is what happens unless --zip.")
  var grid = false

  @Flag(help: "Take first values together, second values together.")
  var zip = false

  @Option(help: ArgumentHelp("Take so many samples of the ranges: sobol:N or lhs:N.", valueName: "design"))
  var samples: String?

  @Option(help: ArgumentHelp("Begin the random numbers here.", valueName: "s"))
  var seed: Int?

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Keep the waveforms of these signals.", valueName: "signal"))
  var keep: [String] = []

  @Option(help: ArgumentHelp("Give a run up after so many seconds.", valueName: "s"))
  var timeLimit: Double?

  @Option(
    name: [.customShort("j"), .long], help: ArgumentHelp("Runs at a time; all processors if left out.", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Do part k of n of the runs, as one of n machines.", valueName: "k/n"))
  var shard: String?

  @Flag(name: .customLong("dry-run"), help: "List the runs and how long one takes; keep nothing.")
  var isDry = false

  @Flag(name: .customLong("new"), help: "Begin anew, deleting the batch that the file holds.")
  var beginsAnew = false

  @Flag(help: "Print a script for Slurm that does the batch in shards.")
  var slurm = false

  @Option(name: .customLong("out"), help: ArgumentHelp("The SQLite file.", valueName: "path"), completion: .file())
  var output: String?

  @Flag(help: "Print nothing but complaints.")
  var quiet = false

  /// A part of a batch in several processes, which exchange messages on standard input and output.
  enum Part: String, ExpressibleByArgument {
    case keeper, worker
  }

  @Option(help: .hidden)
  var part: Part?

  func run() throws {
    let options = try makeOptions()
    let source = try netlist.source()
    if slurm { return Terminal.say(SlurmScript(CommandLine.arguments.dropFirst(), output: options.output).text) }
    if isDry { return try preview(source, options) }
    if part == .worker { return try work(on: source, options) }
    let result =
      part == .keeper
      ? Simulator().keepSweep(source, options: options, input: 0, output: 1)
      : Simulator().sweep(source, options: options)
    if Terminal.showsProgress { ProgressLine.clear() }
    result.report.show()
    if result.runs > 0, !quiet {
      let summary = result.summary(in: options.output)
      part == nil ? Terminal.say(summary) : Terminal.complain(summary)
    }
    try ExitStatus(result.status).check()
  }

  private func work(on source: Source, _ options: SweepOptions) throws(ExitStatus) {
    // What is wrong with the netlist is said once, by the keeper.
    if Simulator().workOnSweep(source, options: options, input: 0, output: 1) != nil { throw .wrongInput }
  }

  private func preview(_ source: Source, _ options: SweepOptions) throws {
    let preview = Simulator().previewSweep(source, options: options)
    preview.report.show()
    guard preview.secondsPerRun != nil else { throw ExitStatus.wrongInput }
    Terminal.say(preview.table)
  }

  func makeOptions() throws -> SweepOptions {
    var options = SweepOptions()
    options.parameters = parameters
    options.settings = try netlist.settings()
    if let seed { options.settings["seed"] = String(seed) }
    options.combination = try combination()
    options.keep = keep
    if let timeLimit {
      guard timeLimit > 0 else { throw ValidationError("--time-limit \(timeLimit): a time above 0") }
      options.timeLimit = timeLimit
    }
    if let jobs {
      guard jobs >= 1 else { throw ValidationError("--jobs \(jobs): a number of runs from 1 on") }
      options.jobs = jobs
    }
    options.beginsAnew = beginsAnew
    options.shard = try shard.map { try Self.part($0) }
    options.output = try output ?? defaultOutput(options.shard)
    if Terminal.showsProgress, !quiet { options.progress = { if $0.elapsed > 0.5 { ProgressLine.show($0.words) } } }
    options.isCancelled = { Interruption.isRequested }
    return options
  }

  private func combination() throws -> SweepOptions.Combination {
    if [grid, zip, samples != nil].count(where: { $0 }) > 1 {
      throw ValidationError("only one of --grid, --zip and --samples can say how values meet")
    }
    guard let samples else { return zip ? .zip : .grid }
    let parts = samples.split(separator: ":", omittingEmptySubsequences: false)
    if parameters.isEmpty { throw ValidationError("--samples needs a range: --param NAME=from:to") }
    guard parts.count == 2, let count = Int(parts[1]), (1...1_000_000).contains(count) else {
      throw ValidationError("--samples \(samples): write sobol:N or lhs:N")
    }
    switch parts[0] {
    case "sobol": return .sobol(count)
    case "lhs": return .latinHypercube(count)
    default: throw ValidationError("--samples \(samples): write sobol:N or lhs:N")
    }
  }

  static func part(_ text: String) throws -> (number: Int, count: Int) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1, (1...count).contains(number) else {
      throw ValidationError("--shard \(text): write k/n, k being one of 1 to n")
    }
    return (number, count)
  }

  /// `axon.db` for `lines/axon.cir`, `axon-2-of-8.db` for a shard of it.
  private func defaultOutput(_ shard: (number: Int, count: Int)?) throws -> String {
    if netlist.file == "-" { throw ValidationError("say with --out where results of a netlist from standard input go") }
    let name = netlist.file.split(separator: "/").last.map(String.init) ?? netlist.file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return shard.map { "\(stem)-\($0.number)-of-\($0.count).db" } ?? "\(stem).db"
  }
}
