import Foundation
import TestSupport

/// One damaged netlist: known by the seed and its number.
struct Mutant {
  let name: String
  let bytes: [UInt8]
  /// Beside the netlist that it was, for the files that it names.
  let path: String

  /// Where the mutant under test is kept, so that a crash leaves it behind.
  static let folder = Repository.root.appending(path: ".build/fuzz")

  /// Every netlist of the repository, those of the tests too, and the fragments that they include.
  static let corpus: [(path: String, bytes: [UInt8])] = {
    let paths = ["netlists", "Tests"].flatMap { Repository.files(below: $0, endingWith: ".cir") }
    return paths.compactMap { path in
      guard let data = try? Data(contentsOf: URL(filePath: Repository.path(of: path))) else { return nil }
      // A line that writes a file, damaged, may write any.
      let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let kept = lines.filter { !String(decoding: $0, as: UTF8.self).lowercased().contains("wr") }
      return (path, [UInt8](kept.joined(separator: [UInt8(ascii: "\n")])))
    }
  }()

  private static let lines = corpus.flatMap { $0.bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) }

  init(seed: UInt64, number: Int) {
    var draws = Draws(seed: seed &* 1_000_003 &+ UInt64(number))
    let (path, bytes) = draws.pick(Self.corpus)
    self.path = Repository.path(of: path)
    name = "mutant \(number) of seed \(seed), once \(path)"
    self.bytes = Mutation(of: bytes, others: Self.lines).mutant(&draws)
  }

  func keep(as file: String) {
    try? FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    try? Data(bytes).write(to: Self.folder.appending(path: file))
  }
}
