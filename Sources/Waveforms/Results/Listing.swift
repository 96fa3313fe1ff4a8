/// A table as ngspice's batch mode prints it: a head with the title, numbered rows, as many columns side by side as 80
/// letters hold.
package struct Listing {
  package struct Column {
    package var head: String
    /// Letters that it takes, blanks included.
    package var width: Int

    package init(head: String, width: Int) {
      self.head = head
      self.width = width
    }
  }

  private static let pageWidth = 80

  /// The first column is the axis and stands in every table.
  package static func text(
    title: String, plotName: String, columns: [Column], rowCount: Int, cell: (_ row: Int, _ column: Int) -> String
  ) -> String {
    let indent = String(repeating: " ", count: max(0, (pageWidth - title.count) / 2))
    let rule = String(repeating: "-", count: pageWidth) + "\n"
    var text = ""
    var first = 1
    repeat {
      var shown = [0]
      var width = 8 + columns[0].width
      while first < columns.count, shown.count == 1 || width + columns[first].width <= pageWidth {
        shown.append(first)
        width += columns[first].width
        first += 1
      }
      text += "\(indent)\(title)\n\(indent)\(plotName)\n\(rule)"
      text += "Index   " + shown.map { padded(columns[$0].head, columns[$0].width) }.joined() + "\n" + rule
      for row in 0..<rowCount {
        text += "\(row)\t"
        for column in shown { text += cell(row, column) + "\t" }
        text += "\n"
      }
      text += "\n"
    } while first < columns.count
    return text
  }

  /// A number with as many letters whatever its sign.
  package static func cell(_ value: Double, digits: Int) -> String {
    value == 0
      ? NumberFormat.exponential(0, digits: digits)
      : NumberFormat.exponential(value, digits: digits - (value.sign == .minus ? 1 : 0))
  }

  /// `text` with blanks up to `width`, one at least.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
