public import Foundation

/// The checkout that the tests belong to.
public enum Repository {
  /// Its top folder.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The paths, from the top folder on, of the files below `folder` whose names end with `suffix`, sorted.
  public static func files(below folder: String, endingWith suffix: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The text of a file by its path from the top folder on.
  public static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The path of a file, such as a netlist's include would name it.
  public static func path(of path: String) -> String { root.appending(path: path).path }
}
