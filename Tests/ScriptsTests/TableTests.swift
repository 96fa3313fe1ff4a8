import Scripts
import Testing

/// Vectors with several indices, spectra of them, groups of vectors, and what `plot` and `wrdata` read.
@Suite struct TableTests {
  @Test(arguments: [
    (
      "let m = vector(12)\nreshape m [2][3][2]\nprint m[1][2][0] length(m[1]) m[0,1][0][1][1]",
      "m[1][2][0] = 1.000000e+01\nlength(m[1]) = 6.000000e+00\nm[0,1][0][1][1] = 3.000000e+00\n"
    ),
    (
      "let m = vector(6)\nreshape m [2,3]\nlet m[1] = 7*unitvec(3)\nlet m[0][2] = 9\nlet k = 2*m\nprint k[1][2] k[0][2] m[0][1]",
      "k[1][2] = 1.400000e+01\nk[0][2] = 1.800000e+01\nm[0][1] = 1.000000e+00\n"
    ),
    (
      "let m = vector(6)\nreshape m [2][3]\ntranspose m\nprint m[2][1] length(m[0])",
      "m[2][1] = 5.000000e+00\nlength(m[0]) = 2.000000e+00\n"
    ),
    (
      "let n = 2\nlet m = vector(6)\nreshape m [$&n][3]\nreshape m\nprint m[5]", "m[5] = 5.000000e+00\n"
    ),
    (
      "let z = unitvec(2)\nlet z[1] = (0,2)\nprint mag(z[1]) mag(z[0])",
      "mag(z[1]) = 2.000000e+00\nmag(z[0]) = 1.000000e+00\n"
    ),
    // Values of ngspice 39.
    (
      "let f = fft(vector(8))\nprint length(f) re(f[0]) im(f[1])",
      "length(f) = 5.000000e+00\nre(f[0]) = 7.000000e+00\nim(f[1]) = 2.414214e+00\n"
    ),
    (
      "let f = fft(vector(8) + j(0))\nlet b = ifft(f)\nprint length(f) im(f[1]) re(b[3]) re(b[7])",
      "length(f) = 8.000000e+00\nim(f[1]) = 1.207107e+00\nre(b[3]) = 3.000000e+00\nre(b[7]) = 7.000000e+00\n"
    ),
    (
      "let b = ifft(fft(vector(8)))\nprint length(b) re(b[0]) im(b[4])",
      "length(b) = 5.000000e+00\nre(b[0]) = 1.875000e+00\nim(b[4]) = -1.14277e+00\n"
    ),
    (
      "print re(atanh(tanh(0.5+0.25*i))) im(atanh(tanh(0.5+0.25*i)))",
      "re(atanh(tanh(0.5+0.25*i))) = 5.000000e-01\nim(atanh(tanh(0.5+0.25*i))) = 2.500000e-01\n"
    ),
    ("compose x gauss=3 mean=10 sd=2\nprint length(x) x[2]", "length(x) = 3.000000e+00\nx[2] = 7.000000e+00\n"),
    ("set flag\necho $flag $?flag", "TRUE 1\n"),
    ("if nothing = 1\n echo yes\nelse\n echo no\nend", "no\n"),
    ("if 3 >< 4\n echo differ\nend", "differ\n"),
    (
      "tran 1 3\nlet cut-tstart = 1\nlet cut-tstop = 2\ncutout\nprint length(time) v(a)[1]",
      "length(time) = 2.000000e+00\nv(a)[1] = 4.000000e+00\n"
    ),
    ("op\nlet q = vector(3)\nprint q[1]", "q[1] = 1.000000e+00\n"),
  ])
  func printedText(script: String, text: String) {
    #expect(obey(script).text.filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test(arguments: [
    ("print reshape\n", ["unknown-vector"]), ("let m = vector(6)\nreshape m [4][2]", ["malformed-command"]),
    ("let m = vector(6)\ntranspose m", ["malformed-command"]), ("reshape [2]", ["malformed-command"]),
    ("let m = vector(6)\nreshape m [2][3]\nprint m[2]", ["wrong-vector-expression"]),
    ("let m = vector(6)\nreshape m [2][3]\nlet m[2][0] = 1", ["unknown-vector"]),
    ("let m = vector(6)\nreshape m [2][3]\nlet m[0] = vector(2)", ["unknown-vector"]),
    ("if", ["malformed-command", "unterminated-block"]), ("cutout", ["malformed-command"]),
    ("print tran4.allv", ["unknown-plot"]),
  ])
  func faults(script: String, codes: [String]) {
    #expect(obey(script).codes.sorted() == codes.sorted())
  }

  @Test func groupsStandForTheirVectors() {
    let table = obey("tran 1 3\ntran 1 3\nprint tran1.allv alli*2").text
    #expect(table.contains("tran1.a"))
    #expect(table.contains("i(v1)*2"))
    #expect(!table.contains("v(a)*2"))
  }
}
