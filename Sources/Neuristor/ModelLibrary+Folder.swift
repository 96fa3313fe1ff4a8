internal import Devices

extension ModelLibrary {
  /// The models in the files of a folder, each named as its file is before the first point.
  static func folder(_ path: String?) -> ModelLibrary {
    guard let path else { return .empty }
    return ModelLibrary(names: Set(files(in: path).map(\.name)).sorted()) { name in
      // To list the folder takes a tenth of the start of a run; most names are those of files.
      for kind in ["memristor", "model", "subckt"] {
        let file = "\(path)/\(name).\(kind)"
        if let bytes = try? FileSourceReader.contents(of: file) { return (file, bytes) }
      }
      guard let found = files(in: path).first(where: { $0.name == name }),
        let bytes = try? FileSourceReader.contents(of: found.file)
      else { return nil }
      return (found.file, bytes)
    }
  }

  private static func files(in path: String) -> [(name: String, file: String)] {
    Installation.files(in: path).map { (String($0.prefix { $0 != "." }).lowercased(), path + "/" + $0) }
  }
}
