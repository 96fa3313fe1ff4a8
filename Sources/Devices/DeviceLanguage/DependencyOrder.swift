/// An order in which every item comes after what it reads, or the circle that forbids one.
///
/// Depth-first without recursion: a block of ten thousand chained lines must not exhaust the stack.
struct DependencyOrder {
  /// Items, each after those it reads.
  private(set) var order: [Int] = []
  /// Items that read each other in a circle, the first again at the end; empty where there is none.
  private(set) var cycle: [Int] = []

  /// `reads[k]`: the items that item k reads.
  init(reads: [[Int]]) {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: reads.count)
    for start in reads.indices where marks[start] == .new {
      var path: [(item: Int, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let (item, next) = path.last {
        guard next < reads[item].count else {
          marks[item] = .done
          order.append(item)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let other = reads[item][next]
        switch marks[other] {
        case .done: break
        case .new:
          marks[other] = .open
          path.append((other, 0))
        case .open:
          guard let begin = path.firstIndex(where: { $0.item == other }) else { continue }
          cycle = path[begin...].map(\.item) + [other]
          return
        }
      }
    }
  }
}
