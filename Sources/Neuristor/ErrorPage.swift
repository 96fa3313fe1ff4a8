internal import Diagnostics

/// The page that explains one error code.
public enum ErrorPage {
  /// The page of `code`, or nil where there is none; letter case is ignored.
  public static func text(for code: String) -> String? {
    guard let folder = Installation.errorPages, let code = codes.first(where: { $0 == code.lowercased() }),
      let bytes = try? FileSourceReader.contents(of: "\(folder)/\(code).md")
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Every code that has a page, sorted.
  public static var codes: [String] {
    guard let folder = Installation.errorPages else { return [] }
    return Installation.files(in: folder).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
  }

  /// The code that a misspelt one probably stands for.
  public static func suggestion(for code: String) -> String? {
    Suggestion.nearest(to: code, among: codes)
  }
}
