import TestSupport
import Testing

/// Every error code has a page, and every page a code.
@Suite struct ErrorPageTests {
  /// Codes as the sources spell them: the second argument of `Diagnostic(.error, "foreign-element", ...)`.
  static func codes() throws -> Set<String> {
    let call = /Diagnostic\(\s*\.(?:error|warning|note),\s*"([a-z0-9-]+)"/
    let code = /code:\s*(?:DiagnosticCode\s*=\s*)?"([a-z0-9-]+)"/
    var codes: Set<String> = []
    for file in Repository.files(below: "Sources", endingWith: ".swift") {
      let text = try Repository.text(of: file)
      codes.formUnion(text.matches(of: call).map { String($0.output.1) })
      codes.formUnion(text.matches(of: code).map { String($0.output.1) })
    }
    return codes
  }

  static func pages() -> Set<String> {
    Set(
      Repository.files(below: "Docs/errors", endingWith: ".md").compactMap {
        $0.split(separator: "/").last.map { String($0.dropLast(3)) }
      })
  }

  @Test func everyCodeHasAPage() throws {
    let missing = try Self.codes().subtracting(Self.pages()).sorted()
    #expect(missing.isEmpty, "Docs/errors has no page for \(missing)")
  }

  @Test func everyPageHasACode() throws {
    let idle = try Self.pages().subtracting(Self.codes()).sorted()
    #expect(idle.isEmpty, "no complaint has the codes \(idle)")
  }

  @Test func pagesBeginWithTheirCode() throws {
    for page in Repository.files(below: "Docs/errors", endingWith: ".md") {
      let text = try Repository.text(of: page)
      let name = page.split(separator: "/").last?.dropLast(3) ?? ""
      #expect(text.hasPrefix("# \(name)\n"), "\(page) does not begin with its code")
      #expect(text.split(separator: "\n").count >= 2, "\(page) explains nothing")
    }
  }
}
