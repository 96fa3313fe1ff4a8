/// How a `.print` line wants its table.
package struct TableLayout: Sendable, Equatable {
  package enum Style: Sendable {
    /// As ngspice's batch mode: a head with the title, numbered rows, as many columns side by side as 80 letters hold.
    case listing
    /// Numbered rows of all columns (Xyce's standard).
    case columns
    /// The same without numbers (Xyce's `noindex`).
    case plainColumns
    /// Comma-separated values.
    case commas
  }

  package var style = Style.listing
  /// Heads as Xyce has them, `TIME`, `FREQ`, `V(1)`, and no column for what a `.dc` line sweeps.
  package var isXyces = false
  /// Behind the point; a listing spends one of them on a minus sign.
  package var digits = 6

  package init() {}
}

/// A `.print` line: the points of a run as columns of text.
///
/// Holds what is printed until the end of the run, as the table is printed in one piece.
package final class PrintedTable: WaveformSink {
  private let names: [String]
  private let takesAll: Bool
  private let layout: TableLayout
  private var places: [Int] = []
  private var header: PlotHeader?
  private var heads: [String] = []
  private var numbers: [Double] = []

  /// Of the signals written to it those of `names` are printed, in that order, behind the axis; `takesAll` adds all others.
  package init(signals names: [String], takesAll: Bool = false, layout: TableLayout = TableLayout()) {
    self.names = names.map { $0.lowercased() }
    self.takesAll = takesAll
    self.layout = layout
  }

  package func begin(_ header: PlotHeader) {
    let signals = [header.axis] + header.signals
    let axis = layout.isXyces && header.analysis == "dc" ? [] : [0]
    places = axis + names.flatMap { name in signals.indices.filter { signals[$0].signalName.lowercased() == name } }
    if takesAll { places += signals.indices.filter { !places.contains($0) } }
    heads = places.map { layout.isXyces ? Self.xyceName(signals[$0].name) : signals[$0].name }
    self.header = header
    numbers = []
  }

  package func append(_ point: borrowing Span<Double>) {
    for place in places { numbers.append(place < point.count ? point[place] : .nan) }
  }

  package func finish(_ ending: RunEnding) {}

  /// Heads and rows; empty where nothing was computed.
  package var text: String {
    guard !numbers.isEmpty, let header else { return "" }
    switch layout.style {
    case .listing: return listing(header)
    case .columns: return columns(isNumbered: true)
    case .plainColumns: return columns(isNumbered: false)
    case .commas: return commas
    }
  }

  private static func xyceName(_ name: String) -> String {
    if name == "frequency" { return "FREQ" }
    let upper = name.uppercased()
    return upper.hasPrefix("RE(") || upper.hasPrefix("IM(")
      ? upper.prefix(1) + upper.dropFirst().prefix(1).lowercased() + upper.dropFirst(2) : upper
  }

  // MARK: Layouts

  private func listing(_ header: PlotHeader) -> String {
    let width = max(layout.digits + 10, 12)
    return Listing.text(
      title: header.title, plotName: header.plotName,
      columns: heads.map { Listing.Column(head: Self.vectorName($0), width: width) }, rowCount: rowCount
    ) { row, column in
      Listing.cell(value(row, column), digits: layout.digits)
    }
  }

  private func columns(isNumbered: Bool) -> String {
    let width = layout.digits + 9
    var text = (isNumbered ? "Index   " : "") + heads.map { Listing.padded($0, width) }.joined(separator: " ") + "\n"
    for row in 0..<rowCount {
      if isNumbered { text += Listing.padded("\(row)", 8) }
      let cells = heads.indices.map {
        Listing.padded(NumberFormat.exponential(value(row, $0), digits: layout.digits), width)
      }
      text += cells.joined(separator: " ") + "\n"
    }
    return text
  }

  private var commas: String {
    var text = heads.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      text += heads.indices.map { NumberFormat.exponential(value(row, $0), digits: layout.digits) }.joined(
        separator: ",")
      text += "\n"
    }
    return text
  }

  private var rowCount: Int { heads.isEmpty ? 0 : numbers.count / heads.count }

  private func value(_ row: Int, _ column: Int) -> Double { numbers[row * heads.count + column] }

  /// What ngspice calls a current through an element that has an unknown of its own: `v1#branch`.
  package static func vectorName(_ signal: String) -> String {
    guard signal.hasPrefix("i("), signal.hasSuffix(")"), let letter = signal.dropFirst(2).first, "vleh".contains(letter)
    else { return signal }
    return signal.dropFirst(2).dropLast() + "#branch"
  }
}
