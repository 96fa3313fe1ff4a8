internal import CSundials

/// A crew of threads for one simulation. Work is cut at fixed places, and every result is written by one member or is a
/// maximum, so that a run gives the same bits with any number of them.
package final class Crew {
  /// Members, of which the calling thread is one.
  package let size: Int
  let handle: OpaquePointer

  /// Below this many instances, or unknowns, a fork and a join cost more than they save.
  package static let leastWork = 5000
  /// The most members.
  package static let largestSize = Int(Crew_MostMembers)
  /// Shares are cut at whole blocks of instances.
  private static let grain = 256

  /// Nil where one thread would do the same, or the system gives no more.
  package init?(size: Int) {
    guard size > 1, let handle = Crew_New(Int32(size)) else { return nil }
    self.handle = handle
    self.size = size
  }

  deinit { Crew_Free(handle) }

  /// Calls `work` once for every member and returns when all have come back.
  package func run(_ work: (_ member: Int) -> Void) {
    withoutActuallyEscaping(work) { work in
      withUnsafePointer(to: work) { pointer in
        Crew_Run(
          handle,
          { context, member in
            context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(member))
          }, UnsafeMutableRawPointer(mutating: pointer))
      }
    }
  }

  /// The share of `member` in 0 ..< count.
  package func share(of member: Int, in count: Int) -> Range<Int> {
    let share = Crew_ShareOf(Int32(member), Int32(size), count, Self.grain)
    return share.first..<share.first + share.count
  }
}
