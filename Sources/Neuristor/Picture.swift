package import Diagnostics
package import Waveforms

/// Curves ready to be drawn by gnuplot.
public struct Picture: Sendable {
  /// One below the other.
  private let figures: [Figure]
  private var map: HeatMap?

  package init(_ figure: Figure) {
    self.init([figure])
  }

  package init(_ figures: [Figure]) {
    self.figures = figures
  }

  package init(_ map: HeatMap) {
    figures = []
    self.map = map
  }

  /// How many signals were left out and how to choose, where nobody had chosen, and how many runs; nil where nothing was.
  public var note: String? {
    let notes = figures.first { !$0.notes.isEmpty }.map { $0.notes.map { Report.text(of: $0) } }
    return notes?.joined()
  }

  /// Draws into a file: SVG, PNG or PDF by the end of its name.
  public func draw(to path: String) throws(PictureFailure) {
    do throws(GnuplotError) {
      if let map { try Gnuplot.draw(map, to: path) } else { try Gnuplot.draw(figures, to: path) }
    } catch {
      throw PictureFailure(error.diagnostic)
    }
  }

  /// Draws with characters, for a terminal of that size.
  public func text(columns: Int, rows: Int) throws(PictureFailure) -> String {
    do throws(GnuplotError) {
      let format = PictureFormat.terminal(columns: columns, rows: rows)
      let bytes = if let map { try Gnuplot.draw(map, as: format) } else { try Gnuplot.draw(figures, as: format) }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw PictureFailure(error.diagnostic)
    }
  }

  /// Whether the end of a file's name tells a kind of picture.
  public static func canDraw(to path: String) -> Bool { PictureFormat(path: path) != nil }
}

/// Why a picture could not be drawn or a waveform file not be read.
public struct PictureFailure: Error, Sendable, CustomStringConvertible {
  private let diagnostic: Diagnostic

  package init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }

  /// A stable name such as `missing-gnuplot`, explained by `neuristor explain`.
  public var code: String { diagnostic.code.name }

  /// Whether the request was wrong; else a file could not be written or gnuplot failed.
  public var isWrongInput: Bool { !["unwritable-file", "failed-gnuplot", "missing-gnuplot"].contains(code) }

  /// The complaint as people read it.
  public var description: String { Report.text(of: diagnostic) }
}

extension SimulationResult {
  /// What there is to draw, one picture per analysis (or `.plot` line of it), where `RunOptions.recordsPictures` asked for
  /// them.
  public var pictures: [Picture] { figures.map { Picture($0) } }
}
