/// Where a picture goes.
package enum PictureFormat: Sendable, Equatable {
  case svg, png, pdf
  /// Characters; `columns` and `rows` of the terminal.
  case terminal(columns: Int, rows: Int)

  /// By the end of a file's name, or nil.
  package init?(path: String) {
    switch path.lowercased().split(separator: ".", omittingEmptySubsequences: false).last {
    case "svg": self = .svg
    case "png": self = .png
    case "pdf": self = .pdf
    default: return nil
    }
  }

  /// The suffixes of files that can be drawn.
  package static let suffixes = ["svg", "png", "pdf"]
}
