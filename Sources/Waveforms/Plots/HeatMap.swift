/// A measure over two parameters, a cell for each pair of values, coloured by what was found there.
package struct HeatMap: Sendable {
  package var title: String
  package var x: (name: String, values: [Double])
  package var y: (name: String, values: [Double])
  /// What the colours show.
  package var name: String
  /// By y, then x; nil where nothing was found.
  package var cells: [[Double?]]

  package init(
    title: String, x: (name: String, values: [Double]), y: (name: String, values: [Double]), name: String,
    cells: [[Double?]]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.name = name
    self.cells = cells
  }

  /// So many values stand on an axis.
  private static let mostTics = 12

  /// What gnuplot draws it by. Cells are of one size, whatever steps their values make.
  func script(as format: PictureFormat) -> String {
    var lines = ["set encoding utf8"]
    let (width, height) = (720, 520)
    switch format {
    case .png:
      lines.append(
        "set terminal pngcairo noenhanced size \(2 * width),\(2 * height) font 'sans,14' fontscale 2 background rgb 'white'"
      )
    case .pdf:
      lines.append("set terminal pdfcairo noenhanced size 6in,4.33in font 'Helvetica,11' background rgb 'white'")
    case .svg:
      lines.append("set terminal svg noenhanced size \(width),\(height) font 'Helvetica,14' background rgb 'white'")
    case .terminal(let columns, let rows):
      lines.append("set terminal dumb noenhanced mono size \(max(40, columns)),\(max(12, rows))")
    }
    lines += [
      "set title \(Self.quoted(title.isEmpty ? name : "\(title): \(name)")) tc rgb '#222222'", "unset key",
      "set border 3 lw 1 lc rgb '#666666'",
      "set tics out nomirror scale 0.5 textcolor rgb '#333333'",
      "set xlabel \(Self.quoted(x.name)) tc rgb '#222222'", "set ylabel \(Self.quoted(y.name)) tc rgb '#222222'",
      "set palette defined (0 '#440154', 1 '#3e4989', 2 '#26828e', 3 '#35b779', 4 '#fde725')",
      "set xrange [-0.5:\(Double(x.values.count) - 0.5)]", "set yrange [-0.5:\(Double(y.values.count) - 0.5)]",
      "set xtics (\(Self.tics(x.values)))", "set ytics (\(Self.tics(y.values)))", "$cells << EOD",
    ]
    for (row, values) in cells.enumerated() {
      for (column, value) in values.enumerated() {
        let found = value.flatMap { $0.isFinite ? NumberFormat.significant($0, digits: 8) : nil } ?? "NaN"
        lines.append("\(column) \(row) \(found)")
      }
    }
    // With characters a number for each cell says more than a shade.
    if case .terminal = format {
      lines += ["EOD", "plot $cells using 1:2:(stringcolumn(3)) with labels"]
    } else {
      lines += ["EOD", "plot $cells using 1:2:3 with image pixels"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func tics(_ values: [Double]) -> String {
    let stride = max(1, (values.count + mostTics - 1) / mostTics)
    return values.enumerated().filter { $0.offset % stride == 0 }.map {
      "'\(NumberFormat.spice($0.element, digits: 4))' \($0.offset)"
    }.joined(separator: ", ")
  }

  private static func quoted(_ text: String) -> String {
    "'" + String(text.unicodeScalars.filter { $0.value >= 32 && $0 != "'" }.map(Character.init)) + "'"
  }
}
