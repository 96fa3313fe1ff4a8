internal import Waveforms

/// The results in a waveform file (`.raw`, `.csv`, `.h5`), for drawing.
public struct WaveformFile {
  /// One per analysis that was written.
  let tables: [WaveformTable]
  private let path: String

  /// Reads the file at `path`.
  public init(contentsOf path: String) throws(PictureFailure) {
    self.path = path
    do throws(WaveformFileError) {
      tables = try FormatCatalogue.read(path: path)
    } catch {
      throw PictureFailure(error.diagnostic)
    }
  }

  /// A picture for each result, or for all runs of a `.step`, of `signals` (a few node voltages where none is named) over `axis` (time or the swept value).
  public func pictures(of signals: [String] = [], over axis: String? = nil) throws(PictureFailure) -> [Picture] {
    do throws(FigureError) {
      var pictures: [Picture] = []
      for family in Figure.families(of: tables) {
        pictures.append(Picture(try Figure(family: family, signals: signals, over: axis)))
      }
      return pictures
    } catch {
      throw PictureFailure(error.diagnostic)
    }
  }
}
