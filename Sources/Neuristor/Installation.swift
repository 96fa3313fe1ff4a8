internal import Glibc

/// The files that come with the program, found from where it lies.
enum Installation {
  /// The folder of the library's models: `NEURISTOR_MODELS`, else beside the executable as it is built, else
  /// `../share/neuristor/models` as it is installed.
  static var models: String? {
    if let chosen = environment("NEURISTOR_MODELS") { return chosen }
    guard let folder = executableFolder else { return nil }
    return firstFolder([folder + "/neuristor_Devices.resources/Models", folder + "/../share/neuristor/models"])
  }

  /// The folder of the pages that `neuristor explain` prints: as installed, else `Docs/errors` of the checkout that the
  /// executable was built in.
  static var errorPages: String? {
    guard let folder = executableFolder else { return nil }
    var candidates = [folder + "/../share/neuristor/errors"]
    var parent = Substring(folder)
    while let slash = parent.lastIndex(of: "/") {
      parent = parent[..<slash]
      candidates.append(parent + "/Docs/errors")
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
