package import Circuits

/// The branches of a forest of sources in order, as runs: those of a line of equal cells are a few.
package struct SourceBranches: Sendable {
  /// An ideal voltage source with its place in its tree.
  package struct Branch: Sendable {
    package var plus: NodeIndex
    package var minus: NodeIndex
    /// The end away from the root; its subtree's Kirchhoff law gives the current.
    package var child: NodeIndex
    /// The source's waveform among all.
    package var waveform: Int

    /// The end towards the root.
    package var parent: NodeIndex { child == plus ? minus : plus }
    /// Sign of the source in v(child) - v(parent).
    package var sign: Double { child == plus ? 1 : -1 }
  }

  private var pluses = RunColumn()
  private var minuses = RunColumn()
  private var children = RunColumn()
  private var waveforms = RunColumn()

  mutating func append(_ branch: Branch) {
    pluses.append(branch.plus)
    minuses.append(branch.minus)
    children.append(branch.child)
    waveforms.append(Int32(branch.waveform))
  }

  /// Gives back memory that growing has left over.
  mutating func trim() {
    pluses.trim()
    minuses.trim()
    children.trim()
    waveforms.trim()
  }
}

extension SourceBranches: RandomAccessCollection {
  package struct Iterator: IteratorProtocol {
    fileprivate var pluses: RunColumn.Iterator
    fileprivate var minuses: RunColumn.Iterator
    fileprivate var children: RunColumn.Iterator
    fileprivate var waveforms: RunColumn.Iterator

    package mutating func next() -> Branch? {
      guard let plus = pluses.next(), let minus = minuses.next(), let child = children.next(),
        let waveform = waveforms.next()
      else { return nil }
      return Branch(plus: plus, minus: minus, child: child, waveform: Int(waveform))
    }
  }

  package func makeIterator() -> Iterator {
    Iterator(
      pluses: pluses.makeIterator(), minuses: minuses.makeIterator(), children: children.makeIterator(),
      waveforms: waveforms.makeIterator())
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { children.count }

  package subscript(index: Int) -> Branch {
    Branch(plus: pluses[index], minus: minuses[index], child: children[index], waveform: Int(waveforms[index]))
  }
}
