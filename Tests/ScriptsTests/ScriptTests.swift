import Diagnostics
import Scripts
import Testing

/// Commands, blocks and variables.
@Suite struct ScriptTests {
  @Test(arguments: [
    ("tran 1 3\nlet x = v(a)[2]\nprint x", "x = 4.000000e+00\n"),
    ("tran 1 3\nprint maximum(v(a)) mean(i(v1))", "maximum(v(a)) = 6.000000e+00\nmean(i(v1)) = -1.50000e+00\n"),
    ("run\nprint v1#branch[1] a[3]", "v1#branch[1] = -1.00000e+00\na[3] = 6.000000e+00\n"),
    ("print 2*gain pi gt 3", "2*gain = 2.000000e+01\npi gt 3 = 1.000000e+00\n"),
    ("let n = 0\nwhile n < 3\n let n = n + 1\nend\necho n is $&n", "n is 3\n"),
    ("foreach k 1 2 x\n echo -n \"$k;\"\nend", "1;2;x;"),
    ("set list = ( a b c )\necho $list[2] $list", "b a b c\n"),
    ("let a = 5\nif a = 5\n echo five\nelse\n echo other\nend", "five\n"),
    ("let a = 4\nif a eq 5\n echo five\nelse if a eq 4\n echo four\nelse\n echo other\nend", "four\n"),
    ("repeat 3\n echo -n x\nend", "xxx"),
    ("dowhile 0\n echo once\nend", "once\n"),
    ("let n = 0\nwhile 1\n let n = n + 1\n if n > 4\n  break\n end\nend\necho $&n", "5\n"),
    ("define f(x, y) x*y + 1\nprint f(2, 3)", "f(2,3) = 7.000000e+00\n"),
    (
      "tran 1 3\ntran 1 3\nprint tran1.v(a)[1] length(time)",
      "tran1.v(a)[1] = 2.000000e+00\nlength(time) = 4.000000e+00\n"
    ),
    (
      "tran 1 3\nlet q = integ(v(a))\nlet d = deriv(v(a))\nprint q[3] d[1]",
      "q[3] = 9.000000e+00\nd[1] = 2.000000e+00\n"
    ),
    ("let x = 1\nquit\necho never", ""),
    (
      "let v = vector(3)\nlet v[1] = 7\nprint v[0] v[1] v[2]",
      "v[0] = 0.000000e+00\nv[1] = 7.000000e+00\nv[2] = 2.000000e+00\n"
    ),
    ("print mag(3 + 4*i) ph(i)", "mag(3 + 4*i) = 5.000000e+00\nph(i) = 1.570796e+00\n"),
  ])
  func printedText(script: String, text: String) {
    let result = obey(script)
    #expect(result.text.filter { $0 != " " } == text.filter { $0 != " " })
    #expect(result.codes.isEmpty)
  }

  @Test func tablesStandOverTheirScale() {
    let text = obey("tran 1 3\nprint v(a) i(v1)").text
    #expect(text.contains("Index   time            v(a)            i(v1)           \n"))
    #expect(text.contains("\n3\t3.000000e+00\t6.000000e+00\t-3.00000e+00\t\n"))
  }

  @Test(arguments: [
    ("frobnicate", ["unknown-command"]), ("print q", ["unknown-vector"]), ("let = 3", ["malformed-command"]),
    ("if 1", ["unterminated-block"]), ("end", ["unopened-block"]), ("print 1 +", ["wrong-vector-expression"]),
    ("setplot tran9", ["unknown-plot"]), ("print f(1)", ["wrong-vector-expression"]),
    ("while 1\nlet n = 1\nend", ["endless-loop"]), ("meas tran x max v(a)", ["unknown-plot"]),
    ("print q\nprint r", ["unknown-vector", "unknown-vector"]),
  ])
  func faults(script: String, codes: [String]) {
    #expect(obey(script).codes == codes)
  }

  @Test func alterationsReachTheCircuit() {
    let circuit = FakeCircuit()
    let result = obey(
      "alter r1 = 2k\nalter @c1[capacitance] 1u\naltermod dx is = 1f\nalterparam g = 3\noption reltol=1e-6\ntran 1 3",
      on: circuit)
    #expect(result.codes.isEmpty)
    #expect(circuit.alterations.count == 5)
    guard case .device(let name, nil, 2000) = circuit.alterations[0], name.value == "r1",
      case .device(_, parameter: "capacitance", 1e-6) = circuit.alterations[1],
      case .model(_, let parameter, 1e-15) = circuit.alterations[2], parameter.value == "is",
      case .parameter(_, 3) = circuit.alterations[3], case .option(_, "1e-6") = circuit.alterations[4]
    else {
      Issue.record("another alteration: \(circuit.alterations)")
      return
    }
  }

  @Test func linesAreFilledInBeforeTheyRun() {
    let circuit = FakeCircuit()
    _ = obey("set stop = 3m\ntran 1u $stop\nlet h = 1\ntran $&h 5", on: circuit)
    #expect(circuit.asked == ["tran 1u 3m", "tran 1 5"])
  }
}
