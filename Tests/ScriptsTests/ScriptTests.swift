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
    (
      "print real(exp(i*pi)) ln(2*i) sqrt(-1 + 0*i)",
      "real(exp(i*pi)) = -1.00000e+00\nln(2*i) = 6.931472e-01,1.570796e+00\nsqrt(-1 + 0*i) = 0.000000e+00,1.000000e+00\n"
    ),
    (
      "set units=degrees\nprint ph(i) sin(90) atan(1)",
      "ph(i) = 9.000000e+01\nsin(90) = 1.000000e+00\natan(1) = 4.500000e+01\n"
    ),
    ("let n = 0\nlabel more\nlet n = n + 1\nif n < 3\n goto more\nend\necho $&n", "3\n"),
    ("while 1\n repeat 2\n  goto out\n end\nend\necho never\nlabel out\necho $curplot", "const\n"),
    (
      "define gauss(nom, var, sig) (nom + var/sig * sgauss(0))\nprint gauss(10, 6, 3) sunif(0) rnd(4)",
      "gauss(10,6,3) = 7.000000e+00\nsunif(0) = 5.000000e-01\nrnd(4) = 3.000000e+00\n"
    ),
    ("let n = 1\ntran 1 3\nlet n = n + 1\nsetplot const\nprint n", "n = 2.000000e+00\n"),
    ("set curplot = new\nlet x = 2\nset curplottitle = \"Out\"\necho $curplot $curplottitle", "unknown1 Out\n"),
    ("let s = (0,2)*pi\nprint imag(s) mag((3,4))", "imag(s) = 6.283185e+00\nmag((3,4)) = 5.000000e+00\n"),
    ("set n = 3\necho x{$n}y $?n $?m", "x3y 1 0\n"),
    ("strcmp a abc abc\nstrcmp b abc abd\necho $a $b", "0 -1\n"),
    (
      "compose x values 1 2 3+1\ncompose y start=3 stop=1 step=1\nprint x[2] y[2] length(y)",
      "x[2] = 4.000000e+00\ny[2] = 1.000000e+00\nlength(y) = 3.000000e+00\n"
    ),
    (
      "compose x dec = 2 start = 1 stop = 100\ncompose y lin=3 start=0 stop=1\nprint length(x) x[1] y[1]",
      "length(x) = 5.000000e+00\nx[1] = 3.162278e+00\ny[1] = 5.000000e-01\n"
    ),
    (
      "tran 1 3\nlet lin-tstep = 0.5\nlinearize v(a)\necho $curplot\nprint length(time) v(a)[1]",
      "tran2\nlength(time) = 7.000000e+00\nv(a)[1] = 1.000000e+00\n"
    ),
    // Two turns in 16 points, an eighth of a second apart.
    (
      "tran 1 3\nlet lin-tstep = 1/8\nlet lin-tstop = 15/8\nlinearize\nlet s = 3*cos(2*pi*time) + 1\nset specwindow=none\n"
        + "fft s\nprint frequency[2] mag(s[2]) mag(s[0]) length(s)",
      "frequency[2] = 1.000000e+00\nmag(s[2]) = 3.000000e+00\nmag(s[0]) = 2.000000e+00\nlength(s) = 9.000000e+00\n"
    ),
    ("tran 1 3\nop\ntran 1 3\nop\necho $plots", "op2 tran2 op1 tran1 const\n"),
    ("tran 1 3\nsetscale v(a)\nprint v(a)[3] i(v1)[3]", "v(a)[3] = 6.000000e+00\ni(v1)[3] = -3.00000e+00\n"),
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

  /// A ramp of slope 2 has the harmonics 2/(pi k) of a sawtooth that falls.
  @Test func harmonicsOfStraightLines() {
    let result = obey("tran 1 3\nfourier 1 v(a)\nprint fourier11[10] fourier11[11] abs(fourier11[21])")
    #expect(result.codes.isEmpty)
    #expect(result.text.contains("Fourier analysis for v(a)"))
    #expect(
      result.text.hasSuffix(
        "fourier11[10] = 5.000000e+00\nfourier11[11] = 6.366198e-01\nabs(fourier11[21]) = 1.800000e+02\n"))
  }

  @Test func everyVectorUnderItsNodesName() {
    let text = obey("op\nprint all").text
    #expect(text.hasPrefix("a = 0.000000e+00\n") || text.contains("a               v1#branch"))
  }

  @Test(arguments: [
    ("frobnicate", ["unknown-command"]), ("print q", ["unknown-vector"]), ("let = 3", ["malformed-command"]),
    ("if 1", ["unterminated-block"]), ("end", ["unopened-block"]), ("print 1 +", ["wrong-vector-expression"]),
    ("setplot tran9", ["unknown-plot"]), ("print f(1)", ["wrong-vector-expression"]),
    ("while 1\nlet n = 1\nend", ["endless-loop"]), ("meas tran x max v(a)", ["unknown-plot"]),
    ("print q\nprint r", ["unknown-vector", "unknown-vector"]),
    ("goto nowhere", ["malformed-command"]), ("label a\ngoto a", ["endless-loop"]),
    ("linearize", ["malformed-command"]), ("fft a", ["malformed-command"]), ("fourier 1 a", ["malformed-command"]),
    ("compose x start=1", ["malformed-command"]), ("setscale q", ["unknown-vector"]),
    ("strcmp a b", ["malformed-command"]),
    ("setseed x", ["malformed-command"]), ("tran 1 3\nfourier 0.1 v(a)", ["malformed-command"]),
    ("tran 1 3\nset specwindow=round\nfft v(a)", ["malformed-command"]),
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
    guard case .device(let name, nil, [2000]) = circuit.alterations[0], name.value == "r1",
      case .device(_, parameter: "capacitance", [1e-6]) = circuit.alterations[1],
      case .model(_, let parameter, 1e-15) = circuit.alterations[2], parameter.value == "is",
      case .parameter(_, 3) = circuit.alterations[3], case .option(_, "1e-6") = circuit.alterations[4]
    else {
      Issue.record("another alteration: \(circuit.alterations)")
      return
    }
  }

  @Test(arguments: ["alter @v1[sin] = [ 0 5 2k ]", "let f = 2k\nalter v1 sin [0 5 $&f]"])
  func shapesAreAlteredAsAWhole(script: String) {
    let circuit = FakeCircuit()
    #expect(obey(script, on: circuit).codes.isEmpty)
    guard case .device(let name, parameter: "sin", [0, 5, 2000]) = circuit.alterations.first else {
      Issue.record("another alteration: \(circuit.alterations)")
      return
    }
    #expect(name.value == "v1")
  }

  @Test func linesAreFilledInBeforeTheyRun() {
    let circuit = FakeCircuit()
    _ = obey("set stop = 3m\ntran 1u $stop\nlet h = 1\ntran $&h 5", on: circuit)
    #expect(circuit.asked == ["tran 1u 3m", "tran 1 5"])
  }
}
