import Diagnostics
import Testing

@Suite struct JSONTests {
  @Test func escapesWhatJSONForbids() {
    #expect(JSONValue.quoted("a\"b\\c\n\t\u{0}\u{1F}\u{B5}") == #""a\"b\\c\n\t\u0000\u001f"# + "\u{B5}\"")
  }

  @Test func keepsOrderAndDigits() {
    let value: JSONValue = ["b": 1, "a": [0.1, true, nil, "x"], "c": .number(.nan), "d": .array([]), "e": .object([])]
    #expect(value.text() == #"{"b":1,"a":[0.1,true,null,"x"],"c":null,"d":[],"e":{}}"#)
    let short: JSONValue = ["a": [1, .number(.nan)], "b": [["c": []]]]
    #expect(
      short.text(indented: true) == """
        {
          "a": [1, null],
          "b": [
            {
              "c": []
            }
          ]
        }
        """)
  }

  @Test func complaintsCarryTheirPlaces() {
    var sources = SourceMap()
    let file = sources.add(name: "a.cir", bytes: Array("t\nR1 a\n".utf8))
    let range = SourceRange(file: file, start: 2, end: 4)
    var bag = DiagnosticBag()
    bag.report(
      Diagnostic(.error, "e", "m", at: range, caption: "c", fixIts: [FixIt("f", replacing: range, with: "R2")]))
    let place = #"{"file":"a.cir","line":2,"column":1,"endLine":2,"endColumn":3}"#
    #expect(
      bag.json(in: sources).text() == #"[{"severity":"error","code":"e","message":"m","place":\#(place),"#
        + #""caption":"c","labels":[],"notes":[],"help":[{"message":"f","place":\#(place),"replacement":"R2"}]}]"#)
  }
}
