/// Whole numbers, one per position: while they are few, as they are; of many, as runs of equal steps: 3, 4, 5, 6 is one
/// run, and so is 7, 7, 7.
///
/// What a `.for` writes counts, so a column over a million passes takes the room of a few runs; where a pass writes
/// several numbers, those of equal place in it count. Many numbers without any order take half as much again as a plain
/// array.
package struct RunColumn: Sendable {
  fileprivate struct Run: Sendable, Equatable {
    var start: Int32
    var first: Int32
    var stride: Int32
  }

  /// The numbers themselves, as long as there are no tracks.
  fileprivate var numbers: [Int32] = []
  /// Position i is place i / n of track i mod n, n being the number of tracks.
  fileprivate var tracks: [[Run]] = []
  package private(set) var count = 0

  /// Numbers that a pass may write, for its places to be found.
  private static let mostTracks = 16
  /// So many numbers take little room, and are read faster than runs; by them the number of tracks is judged.
  private static let mostPlain = 1 << 16

  package init() {}

  package init(_ values: some Sequence<Int32>) {
    for value in values { append(value) }
  }

  package init(_ values: [Int32]) {
    if values.count <= Self.mostPlain {
      numbers = values
      count = values.count
    } else {
      for value in values { append(value) }
      trim()
    }
  }

  package mutating func append(_ value: Int32) {
    if tracks.isEmpty {
      if count < Self.mostPlain {
        count += 1
        return numbers.append(value)
      }
      divide()
    }
    appendToTrack(value)
  }

  /// From now on as runs, in as many tracks as take the fewest.
  private mutating func divide() {
    tracks = Array(repeating: [], count: Self.bestTrackCount(for: numbers))
    count = 0
    for number in numbers { appendToTrack(number) }
    numbers = []
  }

  private mutating func appendToTrack(_ value: Int32) {
    let (place, track) = split(count)
    count += 1
    guard let last = tracks[track].last else { return begin(value, track, place) }
    let length = place - Int(last.start)
    if length == 1 {
      let (stride, overflow) = value.subtractingReportingOverflow(last.first)
      if overflow { return begin(value, track, place) }
      tracks[track][tracks[track].count - 1].stride = stride
    } else if Int(last.first) + length * Int(last.stride) != Int(value) {
      begin(value, track, place)
    }
  }

  private mutating func begin(_ value: Int32, _ track: Int, _ place: Int) {
    tracks[track].append(Run(start: Int32(place), first: value, stride: 0))
  }

  /// Where a position stands. Most columns have one track, and a division takes longer than the rest of a look-up.
  private func split(_ position: Int) -> (place: Int, track: Int) {
    if tracks.count == 1 { return (position, 0) }
    let (place, track) = UInt32(position).quotientAndRemainder(dividingBy: UInt32(tracks.count))
    return (Int(place), Int(track))
  }

  package subscript(position: Int) -> Int32 {
    if tracks.isEmpty { return numbers[position] }
    let (place, track) = split(position)
    let run = tracks[track][indexOfRun(at: place, in: track)]
    return run.first + Int32(place - Int(run.start)) * run.stride
  }

  /// The run of a track that holds `place`, by bisection.
  private func indexOfRun(at place: Int, in track: Int) -> Int {
    var low = 0
    var high = tracks[track].count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(tracks[track][middle].start) <= place { low = middle } else { high = middle }
    }
    return low
  }
}

// MARK: Memory

extension RunColumn {
  /// Gives back memory that growing has left over.
  package mutating func trim() {
    numbers = numbers.trimmed
    for track in tracks.indices { tracks[track] = tracks[track].trimmed }
  }

  /// The number of tracks that takes the fewest runs; 1 where that is few, or no other takes fewer than half as many.
  private static func bestTrackCount(for sample: [Int32]) -> Int {
    guard let undivided = runCount(of: sample, trackCount: 1, below: .max), undivided * 8 > sample.count else {
      return 1
    }
    var best = 1
    var fewest = undivided / 2
    for trackCount in 2...mostTracks {
      guard let runs = runCount(of: sample, trackCount: trackCount, below: fewest) else { continue }
      (best, fewest) = (trackCount, runs)
    }
    return best
  }

  /// How many runs `values` take in so many tracks, by the rule of `append`; nil as soon as they are not below `limit`.
  private static func runCount(of values: [Int32], trackCount: Int, below limit: Int) -> Int? {
    var runs = 0
    for track in 0..<Swift.min(trackCount, values.count) {
      var position = track
      while position < values.count {
        runs += 1
        if runs >= limit { return nil }
        let second = position + trackCount
        guard second < values.count else { break }
        let stride = Int(values[second]) - Int(values[position])
        var expected = Int(values[second]) + stride
        position = second + trackCount
        while position < values.count, Int(values[position]) == expected {
          expected += stride
          position += trackCount
        }
      }
    }
    return runs
  }

  /// How many runs the numbers take, or numbers where they are plain.
  package var storedCount: Int { tracks.reduce(numbers.count) { $0 + $1.count } }
}

// MARK: Search

extension RunColumn {
  /// The first stretch of positions from `start` on that all hold `value`; of several tracks one position at a time.
  package func nextRange(of value: Int32, from start: Int) -> Range<Int>? {
    if tracks.isEmpty {
      guard start < count, let first = numbers[start...].firstIndex(of: value) else { return nil }
      return first..<(numbers[first...].firstIndex { $0 != value } ?? count)
    }
    if tracks.count == 1 { return nextPlaces(of: value, in: 0, from: start) }
    var first: Int?
    for track in tracks.indices {
      let place = Swift.max(0, (start - track + tracks.count - 1) / tracks.count)
      guard let found = nextPlaces(of: value, in: track, from: place) else { continue }
      let position = found.lowerBound * tracks.count + track
      first = Swift.min(first ?? position, position)
    }
    return first.map { $0..<$0 + 1 }
  }

  private func nextPlaces(of value: Int32, in track: Int, from start: Int) -> Range<Int>? {
    let length = (count - track + tracks.count - 1) / tracks.count
    guard start < length else { return nil }
    let runs = tracks[track]
    for index in indexOfRun(at: start, in: track)..<runs.count {
      let run = runs[index]
      let end = index + 1 < runs.count ? Int(runs[index + 1].start) : length
      let from = Swift.max(start, Int(run.start))
      if run.stride == 0 {
        if run.first == value { return from..<end }
        continue
      }
      let (steps, rest) = (Int(value) - Int(run.first)).quotientAndRemainder(dividingBy: Int(run.stride))
      let place = Int(run.start) + steps
      if rest == 0, steps >= 0, place >= from, place < end { return place..<place + 1 }
    }
    return nil
  }
}

extension RunColumn: Sequence {
  package struct Iterator: IteratorProtocol {
    private let column: RunColumn
    private var position = 0
    private var place = 0
    private var track = 0
    /// By track, the run that comes next, and the last value given.
    private var nextRuns: [Int]
    private var values: [Int32]

    fileprivate init(_ column: RunColumn) {
      self.column = column
      nextRuns = Array(repeating: 0, count: column.tracks.count)
      values = Array(repeating: 0, count: column.tracks.count)
    }

    package mutating func next() -> Int32? {
      guard position < column.count else { return nil }
      if values.isEmpty {
        position += 1
        return column.numbers[position - 1]
      }
      let runs = column.tracks[track]
      let next = nextRuns[track]
      if next < runs.count, Int(runs[next].start) == place {
        values[track] = runs[next].first
        nextRuns[track] = next + 1
      } else {
        values[track] += runs[next - 1].stride
      }
      let value = values[track]
      position += 1
      track += 1
      if track == values.count {
        track = 0
        place += 1
      }
      return value
    }
  }

  package func makeIterator() -> Iterator { Iterator(self) }
  package var underestimatedCount: Int { count }
}

extension RunColumn: Equatable {
  package static func == (left: RunColumn, right: RunColumn) -> Bool {
    guard left.count == right.count else { return false }
    return left.tracks == right.tracks && left.numbers == right.numbers || left.elementsEqual(right)
  }
}
