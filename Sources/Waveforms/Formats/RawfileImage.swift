internal import Glibc

/// A raw file of vectors that are there already, real or complex, written in one go: binary as ngspice's, or as text.
package struct RawfileImage {
  package struct Column {
    package var name: String
    package var kind: SignalKind
    package var real: [Double]
    /// Empty where the numbers are real.
    package var imaginary: [Double]

    package init(name: String, kind: SignalKind, _ real: [Double], _ imaginary: [Double]) {
      self.name = name
      self.kind = kind
      self.real = real
      self.imaginary = imaginary
    }
  }

  private let title: String
  private let plotName: String
  private let columns: [Column]

  package init(title: String, plotName: String, columns: [Column]) {
    self.title = title
    self.plotName = plotName
    self.columns = columns
  }

  private var isComplex: Bool { columns.contains { !$0.imaginary.isEmpty } }
  private var rowCount: Int { columns.map(\.real.count).max() ?? 0 }

  package func write(to path: String, isText: Bool, appending: Bool) throws(SinkFailure) {
    if isText { return try TextFile.write(header + "Values:\n" + values, to: path, appending: appending) }
    var bytes = Array((header + "Binary:\n").utf8)
    for row in 0..<rowCount {
      for column in columns {
        append(number(column, row).re, to: &bytes)
        if isComplex { append(number(column, row).im, to: &bytes) }
      }
    }
    try TextFile.write(bytes, to: path, appending: appending)
  }

  private var header: String {
    var text = "Title: \(RawfileSink.oneLine(title))\nDate: \(RawfileSink.date())\n"
    text += "Plotname: \(RawfileSink.oneLine(plotName))\nFlags: \(isComplex ? "complex" : "real")\n"
    text += "No. Variables: \(columns.count)\nNo. Points: \(rowCount)\nVariables:\n"
    for (index, column) in columns.enumerated() {
      text += "\t\(index)\t\(RawfileSink.oneLine(column.name))\t\(Rawfile.typeWord(column.kind))\n"
    }
    return text
  }

  private var values: String {
    var text = ""
    for row in 0..<rowCount {
      text += " \(row)"
      for column in columns {
        let (re, im) = number(column, row)
        text += "\t" + NumberFormat.exponential(re, digits: 15)
        if isComplex { text += "," + NumberFormat.exponential(im, digits: 15) }
        text += "\n"
      }
      text += "\n"
    }
    return text
  }

  /// A shorter column goes on with its last number.
  private func number(_ column: Column, _ row: Int) -> (re: Double, im: Double) {
    guard let last = column.real.indices.last else { return (0, 0) }
    let row = min(row, last)
    return (column.real[row], column.imaginary.isEmpty ? 0 : column.imaginary[row])
  }

  private func append(_ value: Double, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
