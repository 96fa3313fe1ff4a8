package import Neuristor

/// Pictures into files or onto the terminal.
package enum PictureOutput {
  /// Draws into the file at `path`, further pictures beside it as `hh-2.svg`; without a path in the terminal.
  package static func draw(_ pictures: [Picture], to path: String?) throws(ExitStatus) {
    do throws(PictureFailure) {
      for (index, picture) in pictures.enumerated() {
        if let path {
          try picture.draw(to: numbered(path, index))
        } else {
          let size = Terminal.size
          Terminal.say(try picture.text(columns: size.columns, rows: size.rows - 1))
        }
        if let note = picture.note { Terminal.complain(note) }
      }
    } catch {
      throw complain(about: error)
    }
  }

  /// Says what went wrong: a wrong name is the user's fault, a picture that cannot be drawn or written is not.
  package static func complain(about failure: PictureFailure) -> ExitStatus {
    Terminal.complain(failure.description)
    return failure.isWrongInput ? .wrongInput : .gaveUp
  }

  private static func numbered(_ path: String, _ index: Int) -> String {
    guard index > 0, let point = path.lastIndex(of: ".") else { return path }
    return "\(path[..<point])-\(index + 1)\(path[point...])"
  }
}
