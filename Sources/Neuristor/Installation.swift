internal import Glibc

/// The files that come with the program, found from where it lies.
enum Installation {
  /// The folder of the library's models; `NEURISTOR_MODELS` comes first.
  static var models: String? {
    environment("NEURISTOR_MODELS") ?? folder(installed: "models", inCheckout: "Sources/Devices/Models")
  }

  /// The folder of the pages that `neuristor explain` prints.
  static var errorPages: String? { folder(installed: "errors", inCheckout: "Docs/errors") }

  /// `../share/neuristor/<installed>` beside the executable, else a folder of the checkout that it was built in.
  private static func folder(installed: String, inCheckout: String) -> String? {
    guard let folder = executableFolder else { return nil }
    var candidates = [folder + "/../share/neuristor/" + installed]
    var parent = Substring(folder)
    while let slash = parent.lastIndex(of: "/") {
      parent = parent[..<slash]
      candidates.append(parent + "/" + inCheckout)
    }
    return firstFolder(candidates)
  }

  /// The names of the regular files in a folder, sorted.
  static func files(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func firstFolder(_ candidates: [String]) -> String? {
    candidates.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The folder of the running executable, links resolved.
  private static var executableFolder: String? {
    guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(resolved) }
    let path = String(cString: resolved)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
