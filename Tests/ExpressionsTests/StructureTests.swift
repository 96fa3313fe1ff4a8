import Diagnostics
import Expressions
import Testing

@Suite struct StructureTests {
  @Test func listsNamesAndProbes() throws {
    let expression = try parsed("a*v(x) + f(b, v(x)) - (c ? i(v1) : @n1[a])")
    #expect(expression.names == ["a", "b", "c"])
    #expect(expression.probes == [.voltage("x", nil), .current("v1"), .quantity(device: "n1", name: "a")])
  }

  @Test func substitutesInPlace() throws {
    let place = SourceRange(file: FileID(index: 7), start: 1, end: 2)
    let result = try parsed("k*k + j").substituting { $0 == "k" ? .number(3, place) : nil }
    #expect(result.description == "3*3 + j")
    guard case .binary(.add, .binary(.multiply, let first, _, _), _, _) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(first.range == SourceRange(file: FileID(index: 0), start: 0, end: 1))
    let negative = try parsed("2**k - k").substituting { _ in .number(-3, place) }
    #expect(negative.description == "2**(-3) - -3")
  }

  @Test func mapsProbes() throws {
    let expression = try parsed("v(n{k}, 0) + p(r1)")
    let mapped = expression.mapping { $0.mapping { $0 == "n{k}" ? "n4" : "x1." + $0 } }
    #expect(mapped.description == "v(n4,x1.0) + p(x1.r1)")
  }
}
