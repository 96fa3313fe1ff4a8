import Diagnostics
import Testing
import Waveforms

/// One simulation on several threads.
@Suite struct CrewRunTests {
  /// An axon of `count` compartments with a gate of two states each, and the diodes and resistors of `more`.
  static func axon(_ count: Int, threads: Int, more: String = "") -> String {
    """
    .memristor gate
      state a in [0, 1] = 0.3
      state b in (-1, 2) = 0.05
      ddt(a) = (1/(1 + exp(-(v + 40m)/10m)) - a)/5m
      ddt(b) = (1/(1 + exp(-(v + 35m)/6m)) - b)/1m
      i = 36n*a**4*(v + 77m) + 120n*b**3*(1 - a)*(v - 50m)
    .endmemristor
    Iin 0 c1 PULSE(0 20n 0.1m 0.1m 0.1m 0.5m 2m)
    .for k = 1 to \(count)
      C{k} c{k} 0 1n
      N{k} c{k} 0 gate
      .ic v(c{k})=-65m
    .endfor
    .for k = 2 to \(count)
      R{k} c{k-1} c{k} 1meg
    .endfor
    \(more)
    .options threads=\(threads) reltol=1e-3
    .tran 50u 0.6m uic
    .save v(c1) v(c5) v(c\(count / 2)) v(c\(count)) @n1[a] @n\(count)[b]
    .measure tran top max v(c1)
    """
  }

  static func bits(_ run: NetlistRun) -> [[UInt64]] {
    run.tables.flatMap { table in table.columns.map { $0.map(\.bitPattern) } }
  }

  /// Long enough to be shared out, by members that get unequal shares.
  @Test func severalThreadsGiveTheSameBits() throws {
    let one = NetlistRun(Self.axon(6000, threads: 1))
    #expect(one.isCompleted, "\(one.words)")
    #expect(one["top"] > -60e-3)
    let wanted = Self.bits(one)
    #expect(wanted.count >= 7)
    for threads in [2, 3] {
      let several = NetlistRun(Self.axon(6000, threads: threads))
      #expect(several.isCompleted, "\(several.words)")
      #expect(Self.bits(several) == wanted)
      #expect(several["top"].bitPattern == one["top"].bitPattern)
    }
  }

  /// What is read between two steps changes no bit of them.
  @Test func readingChangesNothing() {
    let few = NetlistRun(Self.axon(200, threads: 1))
    let all = NetlistRun(Self.axon(200, threads: 1, more: ".save v(c*) @n*[a] @n*[b]"))
    #expect(few.isCompleted, "\(few.words)")
    #expect(all.isCompleted, "\(all.words)")
    for name in ["v(c1)", "v(c200)", "@n1[a]", "@n200[b]"] {
      #expect(few.column(name).count > 10)
      #expect(few.column(name).map(\.bitPattern) == all.column(name).map(\.bitPattern), "\(name)")
    }
    #expect(few["top"].bitPattern == all["top"].bitPattern)
  }

  /// Rows that several instances add to stay with one thread, as do small circuits.
  @Test func whatCannotBeSharedOutIsNot() throws {
    let bridges = ".for k = 2 to 6000\n  D{k} c{k-1} c{k} bridge\n.endfor\n.model bridge D(is=1e-15)"
    let runs = [1, 2].map { NetlistRun(Self.axon(6000, threads: $0, more: bridges)) }
    #expect(runs[1].isCompleted, "\(runs[1].words)")
    #expect(Self.bits(runs[0]) == Self.bits(runs[1]))
    let small = [1, 2].map { NetlistRun(Self.axon(40, threads: $0)) }
    #expect(Self.bits(small[0]) == Self.bits(small[1]))
  }

  @Test(arguments: ["0", "1.5", "-2", "65", "many"]) func aWrongNumberIsAnError(threads: String) {
    let run = NetlistRun("R1 a 0 1\nI1 0 a 1\n.options threads=\(threads)\n.op")
    #expect(run.diagnostics.contains { $0.severity == .error && $0.message.contains("threads") })
  }
}
