import TestSupport
import Testing

/// Every source file that the pages about the program name exists.
@Suite struct NamedFileTests {
  @Test(arguments: ["Docs/architecture.md", "Docs/numerics.md"])
  func filesExist(page: String) throws {
    let sources =
      Repository.files(below: "Sources", endingWith: ".swift") + Repository.files(below: "Sources", endingWith: ".c")
    let named = try Repository.text(of: page).matches(of: /`([A-Za-z+\/]+\.(?:swift|c))`/).map { String($0.output.1) }
    #expect(!named.isEmpty)
    for name in Set(named).sorted() {
      #expect(sources.contains { $0.hasSuffix("/\(name)") }, "\(page) names \(name), which does not exist")
    }
  }
}
