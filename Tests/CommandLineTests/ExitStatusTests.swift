import Testing

/// What the shell is told.
@Suite struct ExitStatusTests {
  static let divider = """
    A voltage divider
    V1 in 0 2
    R1 in out 1k
    R2 out 0 1k
    .op
    .expect op v(out) = 1 tol=1n
    .end

    """

  @Test func doneIsZero() throws {
    let outcome = try Program.run("run", "-", input: Self.divider)
    #expect(outcome.status == 0, "\(outcome.complaints)")
    #expect(outcome.output.contains("v(out)"))
    #expect(outcome.complaints == "")
  }

  @Test func aBareFileIsRun() throws {
    #expect(try Program.run("-", input: Self.divider).status == 0)
  }

  @Test func aFailedExpectationIsOne() throws {
    let netlist = Self.divider.replacing("= 1 tol", with: "= 2 tol")
    #expect(try Program.run("run", "-", input: netlist).status == 1)
  }

  @Test(arguments: [
    ["run", "no-such-file.cir"], ["run"], ["run", "-", "--set", "x"], ["run", "-", "--plot-to", "x.gif"],
    ["frobnicate", "a", "b"], ["explain", "no-such-code"], ["models", "no_such_model"], ["plot", "no-such-file.raw"],
    ["run", "-", "--raw", "-", "--csv", "-"], ["run", "-", "--threads", "0"],
    ["compare"], ["compare", "no-such-file.cir"], ["compare", "-", "--plot-to", "x.gif"],
    ["compare", "-", "--csv", "-", "--json", "-"],
  ])
  func wrongUsageIsTwo(arguments: [String]) throws {
    let outcome =
      switch arguments.count {
      case 1: try Program.run(arguments[0])
      case 2: try Program.run(arguments[0], arguments[1])
      case 3: try Program.run(arguments[0], arguments[1], arguments[2])
      case 4: try Program.run(arguments[0], arguments[1], arguments[2], arguments[3])
      default: try Program.run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
      }
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.complaints.lowercased().contains("error"))
  }

  @Test func aNetlistWithoutANeuronCannotBeCompared() throws {
    let outcome = try Program.run("compare", "-", input: Self.divider)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.complaints.hasPrefix("standard input:1:1: error:"))
  }

  @Test func aWrongNetlistIsTwo() throws {
    let outcome = try Program.run("check", "-", input: "title\nQ9 a b c d\n.end\n")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.hasPrefix("standard input:2:1: error:"))
  }

  @Test func aClosedPipeIsSuccess() throws {
    let outcome = try Program.shell(
      "$neuristor run netlists/neurons/hh_neuron.cir --csv - | head -1; echo ${PIPESTATUS[0]}")
    #expect(outcome.output.hasSuffix("\n0\n"))
  }

  @Test func interruptionKeepsWhatWasComputed() throws {
    let outcome = try Program.shell(
      """
      folder=$(mktemp -d)
      printf 'RC\\nV1 a 0 SIN(0 1 1k)\\nR1 a b 1k\\nC1 b 0 1u\\n.tran 1u 1000\\n.end\\n' > $folder/long.cir
      $neuristor run $folder/long.cir --csv $folder/long.csv &
      until [ -s $folder/long.csv ]; do sleep 0.1; done; kill -INT $!; wait $!; echo $?
      wc -l < $folder/long.csv
      rm -r $folder
      """)
    let lines = outcome.output.split(separator: "\n").compactMap { Int($0) }
    #expect(lines.first == 130)
    #expect(lines.last ?? 0 > 10)
  }

  @Test func aFullDiskIsSaid() throws {
    let outcome = try Program.shell("$neuristor run netlists/neurons/hh_neuron.cir --raw /dev/full 2>&1; echo $?")
    #expect(outcome.output.contains("no space left"))
    #expect(outcome.output.hasSuffix("3\n"))
  }
}
