/// Figures one below the other as a script that gnuplot draws, its data inline.
struct GnuplotScript {
  private let figures: [Figure]
  private let format: PictureFormat
  private var text = ""

  // Lengths in pixels at a width of 960; PNG has twice as many dots, PDF the same proportions.
  private static let width = 960
  private static let left = 88.0
  private static let right = 26.0
  private static let titleHeight = 50.0
  private static let titleLineHeight = 22.0
  private static let legendRowHeight = 27.0
  /// Of the names of axes, at 14 points.
  private static let letterWidth = 7.6
  private static let titleLetters = 96
  private static let gap = 16.0
  private static let axisHeight = 72.0

  static func text(for figures: [Figure], as format: PictureFormat) -> String {
    var script = GnuplotScript(figures: figures, format: format)
    if case .terminal(let columns, let rows) = format {
      script.writeTerminal(columns, rows)
    } else {
      script.writePicture()
    }
    return script.text
  }

  private init(figures: [Figure], format: PictureFormat) {
    self.figures = figures
    self.format = format
  }

  private mutating func line(_ text: String) { self.text += text + "\n" }

  // MARK: Pictures

  private mutating func writePicture() {
    let layouts = figures.map(Layout.init)
    let height = layouts.reduce(0) { $0 + $1.height }
    line("set encoding utf8")
    line(terminal(height: Int(height)))
    writeStyle()
    for index in figures.indices { writeData(index) }
    line("set multiplot")
    var top = 0.0
    for (index, layout) in layouts.enumerated() {
      write(index, layout, below: top, of: height)
      top += layout.height
    }
    line("unset multiplot")
  }

  /// How high the parts of a figure are, in pixels.
  private struct Layout {
    let top: Double
    let panelHeight: Double
    let title: [String]
    let legends: [Double]
    let height: Double
    /// Room along a panel for the name of its axis; its unit takes some.
    var letters: Int { Int(panelHeight / letterWidth) - 6 }

    init(_ figure: Figure) {
      let count = figure.panels.count
      let panelHeight: Double = count == 1 ? 380 : count == 2 ? 250 : 190
      title = folded(figure.title)
      let top = title.isEmpty ? 18 : titleHeight + Double(title.count - 1) * titleLineHeight
      let letters = Int(panelHeight / letterWidth) - 6
      let legends = figure.panels.map {
        $0.needsLegend(within: letters) ? 10 + legendRows($0) * legendRowHeight : 0
      }
      let gaps = Double(max(0, count - 1)) * gap
      height = top + legends.reduce(0, +) + Double(count) * panelHeight + gaps + axisHeight
      (self.top, self.panelHeight, self.legends) = (top, panelHeight, legends)
    }
  }

  /// Writes a figure that begins `start` pixels below the top of a picture of `height`.
  private mutating func write(_ index: Int, _ layout: Layout, below start: Double, of height: Double) {
    let figure = figures[index]
    let axis = axisScale(figure)
    func screen(_ y: Double) -> String { number(1 - (start + y) / height) }
    writeAxis(of: figure, axis)
    for (row, text) in layout.title.enumerated() {
      line(
        "set label \(4 + row) \(quoted(text)) at screen \(number(Self.left / Double(Self.width))),"
          + "\(screen(27 + Double(row) * Self.titleLineHeight)) left font ',16' tc rgb '#222222'")
    }
    var y = layout.top
    for (place, panel) in figure.panels.enumerated() {
      y += layout.legends[place]
      let isLast = place == figure.panels.count - 1
      line("set tmargin at screen \(screen(y))")
      line("set bmargin at screen \(screen(y + layout.panelHeight))")
      line("set format x '\(!isLast ? "" : figure.isLogarithmic ? "%.0s%c" : "%g")'")
      let scale = AxisScale(panel.label(within: layout.letters), panel.kind, panel.range, margin: 0.06)
      let middle = screen(y + layout.panelHeight / 2)
      line("set label 2 \(quoted(scale.label)) at screen 0.022,\(middle) center rotate by 90 tc rgb '#222222'")
      if isLast {
        let centre = number(0.5 * (Self.left + Double(Self.width) - Self.right) / Double(Self.width))
        line(
          "set label 3 \(quoted(axis.label)) at screen \(centre),\(screen(layout.height - 16)) center tc rgb '#222222'")
      }
      let style = figure.marksPoints ? "linespoints pt 7 ps 0.5" : "lines"
      writePlot(panel, "\(index)_\(place)", scale, with: style, legendAbove: layout.legends[place] > 0)
      for row in layout.title.indices { line("unset label \(4 + row)") }
      y += layout.panelHeight + Self.gap
    }
    line("unset label 3")
  }

  /// A title in as many lines as it needs.
  private static func folded(_ title: String) -> [String] {
    var lines: [String] = []
    for word in title.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= titleLetters {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private func terminal(height: Int) -> String {
    let size = "\(Self.width),\(height)"
    switch format {
    case .png:
      return "set terminal pngcairo noenhanced size \(2 * Self.width),\(2 * height) font 'sans,14' fontscale 2 "
        + "linewidth 2 background rgb 'white'"
    case .pdf:
      let inch = 120.0
      return "set terminal pdfcairo noenhanced size \(number(Double(Self.width) / inch))in,"
        + "\(number(Double(height) / inch))in font 'Helvetica,11' linewidth 1 background rgb 'white'"
    case .svg, .terminal:
      return "set terminal svg noenhanced size \(size) font 'Helvetica,14' linewidth 1 background rgb 'white'"
    }
  }

  private mutating func writeStyle() {
    line("set border 3 lw 1 lc rgb '#666666'")
    line("set tics out nomirror scale 0.6 textcolor rgb '#333333'")
    line("set grid xtics ytics lt 1 lw 0.7 lc rgb '#e4e4e4'")
    line("set grid back")
    line("set lmargin at screen \(number(Self.left / Double(Self.width)))")
    line("set rmargin at screen \(number(1 - Self.right / Double(Self.width)))")
  }

  private mutating func writePlot(
    _ panel: Panel, _ name: String, _ scale: AxisScale, with lines: String, legendAbove: Bool
  ) {
    line("set yrange [\(number(scale.low)):\(number(scale.high))]")
    line(
      legendAbove
        ? "set key at graph 0,1.0 left bottom horizontal maxcols \(Self.legendColumns(panel)) noenhanced Left reverse samplen 1.8 "
          + "width 2 spacing 1.1 tc rgb '#222222'"
        : "unset key")
    let legend = panel.legend
    let curves = TraceStyle.styles(of: panel).enumerated().map { trace, style in
      "$d\(name)_\(trace) with \(lines) lw 1.8 dt \(style.dash) lc rgb '\(style.colour)' title \(quoted(legend[trace]))"
    }
    line("plot " + curves.joined(separator: ", \\\n  "))
  }

  /// Names that fit side by side: about 8 pixels a letter and 60 for the line before it; gnuplot makes more room for the
  /// long ones of families.
  private static func legendColumns(_ panel: Panel) -> Int {
    let longest = panel.legend.map(\.count).max() ?? 0
    let cell = panel.runs.count > 1 ? 72 + 12 * longest : 60 + 8 * longest
    return max(1, min(panel.traces.count, (width - 120) / cell))
  }

  private static func legendRows(_ panel: Panel) -> Double {
    (Double(panel.traces.count) / Double(legendColumns(panel))).rounded(.up)
  }

  // MARK: Terminal

  private mutating func writeTerminal(_ columns: Int, _ rows: Int) {
    let panelCount = figures.reduce(0) { $0 + $1.panels.count }
    let height = max(12, (rows - 2) / max(1, panelCount))
    line("set encoding utf8")
    line("set terminal dumb noenhanced mono size \(max(40, columns)),\(height)")
    line("set tics nomirror scale 0.5")
    line("set border 3")
    for index in figures.indices { writeData(index) }
    for (index, figure) in figures.enumerated() {
      let axis = axisScale(figure)
      writeAxis(of: figure, axis)
      line("set format x '\(figure.isLogarithmic ? "%.0s%c" : "%g")'")
      for (place, panel) in figure.panels.enumerated() {
        let scale = AxisScale(panel.label, panel.kind, panel.range, margin: 0.06)
        line("set yrange [\(number(scale.low)):\(number(scale.high))]")
        let isTitled = place == 0 && !figure.title.isEmpty
        line("set title \(quoted(isTitled ? "\(figure.title):  \(scale.label)" : scale.label))")
        line(place == figure.panels.count - 1 ? "set xlabel \(quoted(axis.label))" : "unset xlabel")
        line(panel.traces.count > 1 ? "set key outside right top samplen 1 noenhanced" : "unset key")
        let curves = panel.legend.enumerated().map { trace, name in
          "$d\(index)_\(place)_\(trace) with lines title \(quoted(name))"
        }
        line("plot " + curves.joined(separator: ", "))
      }
    }
  }

  // MARK: Data

  private mutating func writeAxis(of figure: Figure, _ axis: AxisScale) {
    line(figure.isLogarithmic ? "set logscale x" : "unset logscale x")
    line("set xrange [\(number(axis.low)):\(number(axis.high))]")
  }

  private func axisScale(_ figure: Figure) -> AxisScale {
    if figure.isLogarithmic {
      let name = figure.axis.kind.quantityName
      return AxisScale(logarithmic: name.isEmpty ? figure.axis.name : name, figure.axis.kind, figure.axisRange)
    }
    let name = figure.axis.kind == .time ? figure.axis.kind.quantityName : figure.axis.name
    let isTime = figure.axis.kind == .time
    return AxisScale(name, figure.axis.kind, figure.axisRange, margin: isTime ? 0 : 0.02)
  }

  private mutating func writeData(_ index: Int) {
    let figure = figures[index]
    let axis = axisScale(figure)
    let xRange = figure.axisRange
    for (place, panel) in figure.panels.enumerated() {
      let range = panel.range
      let scale = AxisScale(panel.label, panel.kind, range, margin: 0)
      for (number, trace) in panel.traces.enumerated() {
        let drawn = trace.simplified(
          deviation: PlotRecorder.deviation, xRange: xRange, yRange: range, isLogarithmic: figure.isLogarithmic)
        line("$d\(index)_\(place)_\(number) << EOD")
        for (x, y) in zip(drawn.x, drawn.y) {
          // An empty line interrupts the curve.
          line(x.isFinite && y.isFinite ? "\(self.number(x * axis.factor, 8)) \(self.number(y * scale.factor, 7))" : "")
        }
        line("EOD")
      }
    }
  }

  private func number(_ value: Double, _ digits: Int = 8) -> String {
    NumberFormat.significant(value, digits: digits)
  }

  /// A single-quoted string; control characters would end the line.
  private func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "''" } else if scalar.value >= 32 { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }
}
