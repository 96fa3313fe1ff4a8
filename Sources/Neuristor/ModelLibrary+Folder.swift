internal import Devices

extension ModelLibrary {
  /// The models in the files of a folder, each named as its file is before the first point.
  static func folder(_ path: String?) -> ModelLibrary {
    guard let path else { return ModelLibrary(names: []) { _ in nil } }
    let files = Dictionary(
      Installation.files(in: path).map { (String($0.prefix { $0 != "." }).lowercased(), path + "/" + $0) },
      uniquingKeysWith: { first, _ in first })
    return ModelLibrary(names: files.keys.sorted()) { name in
      guard let file = files[name], let bytes = try? FileSourceReader.contents(of: file) else { return nil }
      return (file, bytes)
    }
  }
}
