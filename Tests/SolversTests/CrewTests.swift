import Solvers
import Synchronization
import Testing

/// Threads that share one piece of work at a time.
@Suite struct CrewTests {
  @Test(arguments: [2, 3, 8]) func everyMemberWorksOnceAndAllAreAwaited(size: Int) throws {
    let crew = try #require(Crew(size: size))
    let arena = Arena()
    let counts = arena.doubles(size)
    for round in 1...2000 {
      crew.run { counts[$0] += 1 }
      for member in 0..<size { #expect(counts[member] == Double(round)) }
    }
  }

  /// Longer than anybody spins, on both sides.
  @Test func whoSleepsIsWoken() throws {
    let crew = try #require(Crew(size: 2))
    let turns = Atomic(0)
    for round in 0..<20 {
      crew.run { member in
        if member == round % 2 { pause() }
        turns.add(1, ordering: .relaxed)
      }
      pause()
    }
    #expect(turns.load(ordering: .relaxed) == 40)
  }

  private func pause() {
    let end = ContinuousClock.now + .milliseconds(2)
    while ContinuousClock.now < end {}
  }

  @Test(arguments: [0, 1, 255, 256, 257, 5000, 100_000], [2, 3, 7]) func sharesMakeTheWhole(count: Int, size: Int)
    throws
  {
    let crew = try #require(Crew(size: size))
    var end = 0
    for member in 0..<size {
      let share = crew.share(of: member, in: count)
      #expect(share.isEmpty || share.lowerBound == end)
      #expect(share.isEmpty || share.lowerBound.isMultiple(of: 256))
      if !share.isEmpty { end = share.upperBound }
    }
    #expect(end == count)
  }

  @Test func oneThreadIsNoCrew() {
    #expect(Crew(size: 1) == nil)
    #expect(Crew(size: Crew.largestSize + 1) == nil)
  }
}
