import TestSupport
import Testing

/// The walls of the house: who may import whom, how long a file may be.
@Suite struct LadderTests {
  /// What each target may import; system modules apart.
  static let ladder: [String: Set<String>] = [
    "Diagnostics": [],
    "Expressions": ["Diagnostics"],
    "Kernels": ["Diagnostics", "Expressions", "CVectorMath"],
    "Netlists": ["Diagnostics", "Expressions"],
    "Devices": ["Diagnostics", "Expressions", "Netlists", "Kernels"],
    "Circuits": ["Diagnostics", "Expressions", "Netlists", "Devices", "Kernels"],
    "Solvers": ["CSundials"],
    "Equations": ["Diagnostics", "Expressions", "Kernels", "Devices", "Circuits", "Solvers"],
    "Waveforms": ["Diagnostics", "Expressions", "CHDF5"],
    "Analyses": [
      "Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Kernels", "Equations", "Solvers", "Waveforms",
    ],
    "Protocols": [
      "Diagnostics", "Expressions", "Devices", "Circuits", "Equations", "Solvers", "Waveforms", "Analyses",
    ],
    "Scripts": ["Diagnostics", "Expressions", "Netlists", "Waveforms"],
    "Neuristor": [
      "Diagnostics", "Expressions", "Kernels", "Netlists", "Devices", "Circuits", "Equations", "Solvers", "Waveforms",
      "Analyses", "Protocols", "Scripts",
    ],
    "Pipes": [],
    "neuristor-mpi": ["CMPI", "Pipes"],
    "Batches": ["Diagnostics", "Expressions", "GRDB", "Foundation"],
    "Sweeps": [
      "Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Waveforms", "Analyses", "Neuristor", "Pipes",
      "Batches",
    ],
    "Terminals": ["Neuristor", "CProcessor", "ArgumentParser"],
    "neuristor-cli": ["Neuristor", "Terminals", "ArgumentParser"],
    "neuristor-batches": ["Neuristor", "Sweeps", "Terminals", "ArgumentParser"],
  ]
  static let systemModules: Set<String> = ["Glibc", "Synchronization"]

  @Test func importsFollowTheLadder() throws {
    for file in Repository.files(below: "Sources", endingWith: ".swift") {
      let target = String(file.split(separator: "/")[1])
      let allowed = try #require(Self.ladder[target], "\(target) has no place on the ladder")
      for line in try Repository.text(of: file).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 1, keyword + 1 < words.count,
          words.first == "import" || ["internal", "package", "public", "private", "fileprivate"].contains(words[0])
        else { continue }
        let module = String(words[keyword + 1])
        #expect(allowed.contains(module) || Self.systemModules.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test func filesAreOfOneSubject() throws {
    let files = ["Sources", "Tests"].flatMap { Repository.files(below: $0, endingWith: ".swift") }
    for file in files {
      let lines = try Repository.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 351, "\(file) has \(lines - 1) lines; split it by subject")
    }
  }
}
