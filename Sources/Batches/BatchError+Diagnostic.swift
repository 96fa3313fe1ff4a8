package import Diagnostics

extension BatchError {
  package var diagnostic: Diagnostic {
    switch self {
    case .locked(let path):
      Diagnostic(
        .error, "locked-batch", "another program has '\(path)' open", at: nil,
        notes: ["one sweep writes into a file at a time, and it is read when the sweep has ended"])
    case .readOnly(let path):
      Diagnostic(
        .error, "unwritable-batch", "'\(path)' cannot be written", at: nil,
        notes: ["the file or its folder is read-only; finished runs are kept"])
    case .full(let path):
      Diagnostic(
        .error, "unwritable-batch", "there is no room left for '\(path)'", at: nil,
        notes: ["finished runs are kept: make room and start the same command again"])
    case .cannotOpen(let path):
      Diagnostic(.error, "unwritable-batch", "'\(path)' cannot be opened", at: nil)
    case .notABatch(let path):
      Diagnostic(
        .error, "not-a-batch", "'\(path)' is not a database of neuristor's, or it is damaged", at: nil)
    case .changed(let path, let trait, let was, let asked):
      Diagnostic(
        .error, "changed-batch", "'\(path)' holds a batch of something else: \(Self.words(trait, was, asked))", at: nil,
        fixIts: [FixIt("write --new to begin anew, which deletes what the file holds, or --out another file")])
    case .unlike(let path, let other, let trait):
      Diagnostic(
        .error, "changed-batch", "'\(path)' and '\(other)' are not of one batch: \(Self.subject(trait)) differs",
        at: nil)
    case .failed(let path, let reason):
      Diagnostic(
        .error, "unwritable-batch", "SQLite cannot go on with '\(path)': \(reason)", at: nil,
        notes: ["finished runs are kept; the disk may be at fault, or a quota, or a limit to the size of files"])
    case .unknownColumn(let name, let known):
      Diagnostic(
        .error, "unknown-column", "there is no parameter and no measure '\(name)' in the batch", at: nil,
        notes: ["it has \(known.joined(separator: ", "))"],
        fixIts: Suggestion.nearest(to: name, among: known).map { [FixIt("did you mean '\($0)'?")] } ?? [])
    }
  }

  private static func subject(_ trait: String) -> String {
    switch trait {
    case "netlist": "the netlist or a file that it includes"
    case "version": "the version of neuristor"
    case "settings": "what is set"
    case "keep": "the choice of waveforms"
    case "values": "the list of values"
    default: "'\(trait)'"
    }
  }

  private static func words(_ trait: String, _ was: String, _ asked: String) -> String {
    let isShort = was.utf8.count + asked.utf8.count < 80 && trait != "netlist" && trait != "values"
    return subject(trait) + " differs" + (isShort ? ", '\(was)' there and '\(asked)' here" : "")
  }
}
