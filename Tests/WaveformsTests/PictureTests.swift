import Diagnostics
import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PictureTests {
  func figure(points: Int = 2000) throws -> Figure {
    let time = steps(points, to: 60e-3)
    func spikes(_ t: Double) -> Double {
      let phase = t / 14.6e-3 - (t / 14.6e-3).rounded(.down)
      return -65e-3 + 105e-3 * exp(-pow((phase - 0.2) / 0.03, 2)) - 12e-3 * exp(-pow((phase - 0.35) / 0.1, 2))
    }
    let header = PlotHeader(
      title: "Hodgkin-Huxley neuron, 10 uA/cm2", plotName: "Transient Analysis",
      axis: Signal(name: "time", kind: .time),
      signals: [
        Signal(name: "v(axon)", kind: .voltage), Signal(name: "@nk[n]", kind: .other(unit: "-")),
        Signal(name: "@nna[m]", kind: .other(unit: "-")), Signal(name: "@nna[h]", kind: .other(unit: "-")),
        Signal(name: "i(nna)", kind: .current), Signal(name: "i(nk)", kind: .current),
      ])
    let v = time.map(spikes)
    let n = v.map { 0.35 + 4 * ($0 + 65e-3) }
    let m = v.map { 1 / (1 + exp(-($0 + 0.04) / 7e-3)) }
    let h = v.map { 1 / (1 + exp(($0 + 0.06) / 7e-3)) }
    let ina = zip(zip(m, h), v).map { 120e-3 * pow($0.0.0, 3) * $0.0.1 * ($0.1 - 50e-3) }
    let ik = zip(n, v).map { 36e-3 * pow($0.0, 4) * ($0.1 + 77e-3) }
    return try Figure(
      WaveformTable(header: header, columns: [time, v, n, m, h, ina, ik]), signals: header.signals.map(\.name))
  }

  @Test func signalsOfOneUnitShareAPanel() throws {
    #expect(
      try figure().panels.map { $0.traces.map(\.signal.name) } == [
        ["v(axon)"], ["@nk[n]", "@nna[m]", "@nna[h]"], ["i(nna)", "i(nk)"],
      ])
  }

  private static func table(nodes: Int, currents: Int = 0) -> WaveformTable {
    let voltages = (0..<nodes).map { Signal(name: "v(n\($0))", kind: .voltage) }
    let signals = (0..<currents).map { Signal(name: "i(v\($0))", kind: .current) } + voltages
    let header = PlotHeader(title: "", plotName: "", axis: Signal(name: "time", kind: .time), signals: signals)
    return WaveformTable(header: header, columns: Array(repeating: [0, 1], count: signals.count + 1))
  }

  /// Without names: node voltages, at most eight, and a word about the others.
  @Test func nodeVoltagesAreDrawnUnasked() throws {
    let many = try Figure(Self.table(nodes: 20, currents: 2))
    #expect(many.panels.map { $0.traces.map(\.signal.name) } == [(0..<8).map { "v(n\($0))" }])
    #expect(many.leftOut == 14)
    #expect(many.notes.first?.message == "8 of 22 signals are drawn, 14 left out")
    #expect(try Figure(Self.table(nodes: 8)).notes.isEmpty)
    #expect(try Figure(Self.table(nodes: 3, currents: 1)).leftOut == 1)
    #expect(try Figure(Self.table(nodes: 20), signals: ["v(n19)"]).notes.isEmpty)
    #expect(try Figure(Self.table(nodes: 3), over: "v(n0)").panels[0].traces.map(\.signal.name) == ["v(n1)", "v(n2)"])
    // A file of currents alone: they are what there is.
    #expect(try Figure(Self.table(nodes: 0, currents: 9)).panels[0].traces.count == 8)
  }

  @Test func aRunDrawsTheSame() {
    let table = Self.table(nodes: 20, currents: 2)
    let recorder = PlotRecorder()
    recorder.begin(table.header)
    recorder.append(Array(repeating: 1.0, count: 23).span)
    recorder.finish(.completed)
    let figures = recorder.takeFigures()
    #expect(figures.map(\.leftOut) == [14])
    #expect(figures[0].panels.map { $0.traces.count } == [8])
  }

  @Test func anUnknownSignalIsNamedWithTheLikelyOne() throws {
    let table = WaveformTable(
      header: PlotHeader(
        title: "", plotName: "", axis: Signal(name: "time", kind: .time),
        signals: [Signal(name: "v(out)", kind: .voltage)]), columns: [[0, 1], [0, 1]])
    let error = #expect(throws: FigureError.self) { try Figure(table, signals: ["v(uot)"]) }
    #expect(error?.diagnostic.fixIts.first?.message == "did you mean 'v(out)'?")
  }

  @Test func simplifiedCurvesKeepTheirShape() {
    let recorder = PlotRecorder()
    recorder.begin(
      PlotHeader(
        title: "", plotName: "", axis: Signal(name: "time", kind: .time), signals: [Signal(name: "y", kind: .voltage)]))
    for index in 0..<400_000 {
      let t = Double(index) / 400_000
      recorder.append([t, sin(40 * t)].span)
    }
    recorder.finish(.completed)
    let kept = recorder.takeFigures()[0].panels[0].traces[0]
    #expect(kept.x.count < 140_000)
    var largest = 0.0
    for (first, second) in zip(kept.x.indices, kept.x.indices.dropFirst()) {
      let middle = 0.5 * (kept.x[first] + kept.x[second])
      // Vertical distance and slope in shares of the ranges 1 and 2; what the eye sees is the distance across.
      let distance = abs(0.5 * (kept.y[first] + kept.y[second]) - sin(40 * middle)) / 2
      let slope = 20 * cos(40 * middle)
      largest = max(largest, distance / (1 + slope * slope).squareRoot())
    }
    #expect(largest < 2e-4)
    #expect(kept.x.last == 399_999.0 / 400_000)
  }

  @Test(arguments: [PictureFormat.svg, .png, .pdf, .terminal(columns: 80, rows: 40)])
  func gnuplotDraws(_ format: PictureFormat) throws {
    let figure = try figure()
    let bytes: [UInt8]
    do throws(GnuplotError) {
      bytes = try Gnuplot.draw([figure], as: format)
    } catch {
      // A machine without gnuplot gets one clear sentence.
      #expect(error == .notInstalled)
      return
    }
    switch format {
    case .svg: #expect(String(decoding: bytes, as: UTF8.self).contains("</svg>") && bytes.count < 200_000)
    case .png: #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    case .pdf: #expect(bytes.starts(with: "%PDF".utf8))
    case .terminal: #expect(String(decoding: bytes, as: UTF8.self).contains("v(axon) (mV)"))
    }
  }
}
