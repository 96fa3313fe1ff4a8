import TestSupport
import Testing

/// How often a run asks for memory: while it is set up, and not in its steps.
@Suite struct AllocationTests {
  /// What `Tests/Preloads/allocations.c` counts of a run of a netlist of the benchmarks until each time of `stops`.
  private func allocations(of netlist: String, arguments: String, stops: [String]) throws -> [Int] {
    let outcome = try Program.shell(
      #"""
      folder=$(mktemp -d)
      trap 'rm -r $folder' EXIT
      clang -O2 -shared -fPIC -o $folder/allocations.so Tests/Preloads/allocations.c || exit
      for stop in \#(stops.joined(separator: " ")); do
        sed -E "s/^(\.tran \S+) (\S+|\{.*\})/\1 $stop/" Tests/Benchmarks/netlists/\#(netlist).cir > $folder/until.cir
        LD_PRELOAD=$folder/allocations.so ALLOCATIONS=$folder/count \
          $neuristor run $folder/until.cir \#(arguments) >/dev/null || exit
        od -An -td8 -N8 $folder/count
      done
      """#)
    try #require(outcome.status == 0)
    return outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
  }

  @Test(arguments: [
    ("w1", "", ["50m", "100m"]), ("w2", "--set count=100", ["25m", "50m"]), ("w2", "--set count=2000", ["5m", "10m"]),
    ("w1", "--csv $folder/cell.csv", ["50m", "100m"]), ("mott_line", "--set count=20", ["6u", "12u"]),
    ("mott_array", "--set side=8 --set watched=1", ["2u", "4u"]), ("hh_tree", "", ["5m", "10m"]),
    ("diode_chain", "", ["50u", "100u"]),
  ])
  func aRunTwiceAsLongAllocatesAsOften(netlist: String, arguments: String, stops: [String]) throws {
    let counts = try allocations(of: netlist, arguments: arguments, stops: stops)
    try #require(counts.count == 2)
    #expect(counts[0] > 1000, "the counter has not been loaded")
    #expect(abs(counts[1] - counts[0]) <= 50, "\(counts[0]) until \(stops[0]), \(counts[1]) until \(stops[1])")
  }
}
