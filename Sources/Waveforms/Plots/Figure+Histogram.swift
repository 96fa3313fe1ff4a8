extension Figure {
  /// How often values of a measure lie in each of several equal intervals: as many as the square root of their number, from
  /// 5 to 60.
  package init(histogramOf name: String, _ values: [Double], title: String) throws(FigureError) {
    guard let range = Trace.range(of: values) else { throw .nothingToDraw }
    let finite = values.filter(\.isFinite)
    let count = min(60, max(5, Int(Double(finite.count).squareRoot().rounded())))
    var (low, high) = (range.lowerBound, range.upperBound)
    if high - low <= 1e-12 * max(abs(low), abs(high)) {
      let half = low == 0 ? 1 : 0.1 * abs(low)
      (low, high) = (low - half, high + half)
    }
    let width = (high - low) / Double(count)
    var bins = [Double](repeating: 0, count: count)
    for value in finite { bins[min(count - 1, max(0, Int((value - low) / width)))] += 1 }
    var x = [low]
    var y = [0.0]
    for (index, bin) in bins.enumerated() {
      x += [low + Double(index) * width, low + Double(index + 1) * width]
      y += [bin, bin]
    }
    x.append(high)
    y.append(0)
    let runs = Signal(name: "runs", kind: .other(unit: ""))
    self.init(title: title, axis: Signal(name: name, kind: .other(unit: "")), traces: [Trace(signal: runs, x: x, y: y)])
  }
}
