internal import Glibc

/// A script for `sbatch`: the batch in shards of an array job, and a job that joins them.
struct SlurmScript {
  private let arguments: [String]
  private let output: String
  private static let tasks = 16

  /// `arguments` are those of the program.
  init(_ arguments: some Sequence<String>, output: String) {
    self.arguments = ["neuristor"] + arguments.filter { $0 != "--slurm" }
    self.output = output
  }

  var text: String {
    let stem = output.hasSuffix(".db") ? String(output.dropLast(3)) : output
    let command = withoutOutput.map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/bash
      # Start with: sbatch FILE.   Tasks that were killed or ran out of time go on where they were when it is started again.
      #SBATCH --job-name=neuristor
      #SBATCH --array=1-\(Self.tasks)
      #SBATCH --cpus-per-task=1
      #SBATCH --time=01:00:00
      set -e
      if [ -z "$SLURM_ARRAY_TASK_ID" ]; then
        echo 'this is a job for sbatch' >&2
        exit 2
      fi
      n="${SLURM_ARRAY_TASK_COUNT:-\(Self.tasks)}"
      part=\(Self.quoted(stem))-"$SLURM_ARRAY_TASK_ID"-of-"$n".db
      rm -f "$part.done"
      status=0
      \(command) --quiet --jobs "${SLURM_CPUS_PER_TASK:-1}" --shard "$SLURM_ARRAY_TASK_ID/$n" --out "$part" || status=$?
      # 1 and 3: some runs failed, and the part is complete; else it is to be gone on with.
      case $status in 0|1|3) touch "$part.done" ;; *) exit $status ;; esac
      # The last task to end joins the parts; of two that end at once the one who can remove the first mark.
      if [ "$(ls \(Self.quoted(stem))-*-of-"$n".db.done 2>/dev/null | wc -l)" = "$n" ] \\
        && rm \(Self.quoted(stem))-1-of-"$n".db.done 2>/dev/null
      then
        neuristor merge \(Self.quoted(output)) \(Self.quoted(stem))-*-of-"$n".db
        rm -f \(Self.quoted(stem))-*-of-"$n".db.done
      fi
      exit $status

      """
  }

  /// What a shard is told apart from where it writes and how many runs go on at a time.
  private var withoutOutput: [String] {
    var kept: [String] = []
    var skips = false
    for argument in arguments {
      if skips {
        skips = false
      } else if ["--out", "--jobs", "-j", "--shard"].contains(argument) {
        skips = true
      } else if !["--out=", "--jobs=", "--shard="].contains(where: argument.hasPrefix), argument != "--quiet" {
        kept.append(argument)
      }
    }
    return kept
  }

  private static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || "-_./=:,+%@".utf8.contains(byte)
    }
    return plain && !text.isEmpty
      ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
