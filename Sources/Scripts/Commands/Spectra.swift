internal import Diagnostics
internal import Expressions
internal import Waveforms

/// `linearize`, `cutout`, `fft`, `fourier`.
extension ScriptInterpreter {
  /// `linearize [vector ...]`: a plot of the last transient's vectors on the grid that its line gives, straight lines between
  /// the points; `let lin-tstart`, `lin-tstop` and `lin-tstep` give another.
  mutating func linearize(_ line: ScriptLine) throws(ScriptError) {
    let plot = plots[current]
    guard plot.analysis == "tran", let scale = plot.scale, let axis = plot.scaleVector?.real, axis.count > 1 else {
      throw .malformed(line.range, command: "linearize", form: "vectors of a transient")
    }
    let start = plot["lin-tstart"]?.number(0).re ?? plot.grid?.start ?? axis[0]
    let stop = plot["lin-tstop"]?.number(0).re ?? plot.grid?.stop ?? axis[axis.count - 1]
    let given = plot["lin-tstep"]?.number(0).re ?? plot.grid?.step ?? 0
    let step = given > 0 ? given : (stop - start) / Double(axis.count - 1)
    let count = ((stop - start) / step + 1.5).rounded(.down)
    guard count > 1, count < 1e8 else {
      throw .malformed(line.range, command: "linearize", form: "a grid with two points or more")
    }
    var result = ScriptPlot(
      name: newName(of: "tran"), title: plot.title, kind: "\(plot.kind) (linearized)", analysis: plot.analysis)
    let times = (0..<Int(count)).map { start + Double($0) * step }
    result[scale] = ScriptVector(times, kind: .time)
    result.scale = scale
    result.grid = (start, stop, step)
    for (name, vector) in try columns(of: plot, line) where name != scale && vector.count == axis.count {
      result[name] = ScriptVector(Self.interpolated(vector.real, over: axis, at: times), kind: vector.kind)
    }
    open(result)
  }

  /// `cutout [vector ...]`: a plot of the points from `let cut-tstart` to `cut-tstop`.
  mutating func cutOut(_ line: ScriptLine) throws(ScriptError) {
    let plot = plots[current]
    guard let scale = plot.scale, let axis = plot.scaleVector?.real, let last = axis.last else {
      throw .malformed(line.range, command: "cutout", form: "vectors over time")
    }
    let start = plot["cut-tstart"]?.number(0).re ?? axis[0]
    let stop = plot["cut-tstop"]?.number(0).re ?? last
    let first = axis.firstIndex { $0 >= start } ?? 0
    let end = axis.firstIndex { $0 > stop } ?? axis.count
    guard first < end else {
      throw .malformed(
        line.range, command: "cutout", form: "a window that holds points, let cut-tstart=.. cut-tstop=..")
    }
    var result = ScriptPlot(
      name: newName(of: plot.analysis), title: plot.title, kind: "\(plot.kind) (cut out)", analysis: plot.analysis)
    for (name, vector) in try columns(of: plot, line) where vector.count == axis.count {
      result[name] = vector.part(first, end - 1)
    }
    result.scale = scale
    open(result)
  }

  /// The vectors that a line names, the scale before them; all where it names none.
  private func columns(
    of plot: ScriptPlot, _ line: ScriptLine
  ) throws(ScriptError) -> [(name: String, vector: ScriptVector)] {
    let written = substituted(line).lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    var result: [(String, ScriptVector)] = []
    for name in written.isEmpty ? plot.names : [plot.scale].compactMap({ $0 }) + written {
      result.append((plot.key(of: name), try vector(name, of: plot, line.range)))
    }
    return result
  }

  /// Numbers of the polygon through the points (x, y) at rising places; outside it the value of its end.
  private static func interpolated(_ y: [Double], over x: [Double], at places: [Double]) -> [Double] {
    var right = 1
    return places.map { place in
      // Of a jump the later side.
      while right < x.count - 1, x[right] <= place { right += 1 }
      let (left, width) = (right - 1, x[right] - x[right - 1])
      if width <= 0 || place <= x[left] { return y[left] }
      if place >= x[right] { return y[right] }
      return y[left] + (y[right] - y[left]) * (place - x[left]) / width
    }
  }

  /// `fft expression ...`: a plot of the amplitudes over frequency, of vectors that `linearize` has laid on a grid.
  /// `set specwindow=` chooses the window.
  mutating func transform(_ line: ScriptLine) throws(ScriptError) {
    let plot = plots[current]
    guard let axis = plot.scaleVector, axis.kind == .time, axis.count > 1, let first = axis.real.first,
      let last = axis.real.last, last > first
    else { throw .malformed(line.range, command: "fft", form: "vectors over time") }
    let word = variables["specwindow"] ?? "hanning"
    guard let window = DiscreteFourier.Window(named: word) else {
      throw .malformed(line.range, command: "fft", form: "a specwindow like hanning, blackman or none, not '\(word)'")
    }
    let order = VectorSurroundings(scale: axis, variables: variables).windowOrder
    let weights = axis.real.map { window.weight(2 * .pi * ($0 - first) / (last - first), order: order) }
    let length = DiscreteFourier.length(for: axis.count)
    let resolution = Double(axis.count - 1) / (last - first) / Double(length)
    var result = ScriptPlot(name: newName(of: "sp"), title: plot.title, kind: "Spectrum", analysis: "sp")
    result["frequency"] = ScriptVector((0...length / 2).map { Double($0) * resolution }, kind: .frequency)
    result.scale = "frequency"
    for (name, vector) in try vectors(substituted(line), line.range) {
      guard vector.count == axis.count, !vector.isComplex else {
        throw .wrongExpression(line.range, text: name, reason: "a real number is wanted at each of \(axis.count) times")
      }
      let (real, imaginary) = DiscreteFourier.amplitudes(zip(vector.real, weights).map { $0 * $1 })
      result[name] = ScriptVector(real, imaginary: imaginary)
    }
    open(result)
  }

  /// `fourier frequency expression ...`: the harmonics in the last period of the vectors, as `.four` prints them; of what
  /// the circuit has, by the integrator's polynomials, else by straight lines between the points. `fourier11` holds
  /// frequencies, magnitudes and phases of the first one.
  mutating func fourier(_ line: ScriptLine) throws(ScriptError) {
    let items = VectorText.list(substituted(line))
    let plot = plots[current]
    guard items.count > 1, let axis = plot.scaleVector, axis.kind == .time, axis.count > 1
    else { throw .malformed(line.range, command: "fourier", form: "fourier frequency vector ..., behind a transient") }
    let fundamental = try value(of: items[0], line.range).number(0).re
    guard fundamental > 0, fundamental.isFinite, let stop = axis.real.last,
      (stop - axis.real[0]) * fundamental > 1 - 1e-6
    else { throw .malformed(line.range, command: "fourier", form: "a frequency with a period in the transient") }
    fourierCount += 1
    let harmonics = variables["nfreqs"].flatMap { Int($0) }.map { min(max($0, 2), 10_000) } ?? 10
    let known = plot.harmonics[line.rest] ?? []
    var results: [FourierResult] = []
    for item in items.dropFirst() {
      let name = item.lowercased()
      if variables["nfreqs"] == nil, let result = known.first(where: { $0.signal == name }) {
        results.append(result)
        continue
      }
      let vector = try value(of: item, line.range)
      results.append(Self.series(of: vector, named: name, over: axis.real, fundamental, harmonics, line.range))
    }
    output += Tables.fourier(results)
    for (number, result) in results.enumerated() {
      let rows = [FourierResult.Harmonic(magnitude: result.mean, phase: 0)] + result.harmonics
      plots[current]["fourier\(fourierCount)\(number + 1)"] = ScriptVector(
        rows.indices.map { Double($0) * fundamental } + rows.map(\.magnitude) + rows.map(\.phase))
    }
  }

  private static func series(
    of vector: ScriptVector, named name: String, over times: [Double], _ fundamental: Double, _ harmonics: Int,
    _ range: SourceRange
  ) -> FourierResult {
    let plan = MeasurePlan(
      watched: [.name(name, range)],
      fourier: [FourierRequest(fundamental: fundamental, signals: [(name, 0)], range: range)])
    let measures = MeasureSet(plan, reltol: 1e-6, stop: times[times.count - 1], harmonics: harmonics)
    for index in times.indices.dropFirst() where times[index] > times[index - 1] {
      measures.observe(
        StraightSegment(
          from: (times[index - 1], vector.number(index - 1).re), to: (times[index], vector.number(index).re)))
    }
    return measures.finish(scope: EmptyScope()).fourier.first
      ?? FourierResult(signal: name, fundamental: fundamental, mean: .nan, harmonics: [])
  }
}

/// The straight line between two points of one vector in time.
private final class StraightSegment: SolutionSegment {
  let start: Double
  let end: Double
  private let first: Double
  private let last: Double

  init(from first: (time: Double, value: Double), to last: (time: Double, value: Double)) {
    (start, end) = (first.time, last.time)
    (self.first, self.last) = (first.value, last.value)
  }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    values[0] = first + (last - first) * (time - start) / (end - start)
  }

  func sample(_ sample: Int, of signal: Int) -> Double {
    first + (last - first) * (GaussLobatto.time(sample, from: start, to: end) - start) / (end - start)
  }
}
