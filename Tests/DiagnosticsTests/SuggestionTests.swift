import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test func findsTheNearestSpelling() {
    #expect(Suggestion.nearest(to: "gnax", among: ["gk", "gna", "tau"]) == "gna")
    #expect(Suggestion.nearest(to: "TUA", among: ["gk", "tau"]) == "tau")
    #expect(Suggestion.nearest(to: "resistence", among: ["capacitance", "resistance"]) == "resistance")
  }

  @Test func keepsSilentWhereNothingIsNear() {
    #expect(Suggestion.nearest(to: "alpha", among: ["gk", "omega"]) == nil)
    #expect(Suggestion.nearest(to: "x", among: ["y"]) == nil)
    #expect(Suggestion.nearest(to: String(repeating: "x", count: 10_000_000), among: ["y"]) == nil)
  }
}
