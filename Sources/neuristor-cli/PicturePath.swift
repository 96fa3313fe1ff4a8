internal import Neuristor

/// Names of picture files.
enum PicturePath {
  /// `path` itself for the only picture; `hh-2.svg` for the second of several.
  static func numbered(_ path: String, _ index: Int, of count: Int) -> String {
    guard count > 1, index > 0, let point = path.lastIndex(of: ".") else { return path }
    return "\(path[..<point])-\(index + 1)\(path[point...])"
  }
}

extension PictureFailure {
  /// A wrong name is the user's; a picture that cannot be drawn or written is not.
  var exitStatus: ExitStatus { isWrongInput ? .wrongInput : .gaveUp }
}
