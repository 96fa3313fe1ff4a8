import Kernels
import Testing

@Suite struct PrinterTests {
  static func name(_ leaf: Leaf) -> String {
    switch leaf {
    case .variable(let k): ["x", "y", "z"][k]
    case .parameter(let k): ["a", "b", "c", "d"][k]
    default: "\(leaf)"
    }
  }

  @Test func graphAsFormulas() {
    let lowered = Lowered("a*(1 - x)*sqrt(y) - (x > 0 ? x : -2)/(y + 1) + (a*(1 - x))**3")
    let text = lowered.context.graph.text([("f", lowered.root)], leafName: Self.name)
    #expect(
      text == """
        t1 = a*(1 - x)
        f = sqrt(y)*t1 - (mode(0) ? x : -2)/(y + 1) + t1**3
        """)
  }

  @Test func programAsInstructions() {
    var lowered = Lowered("a*(0.01*(10 - x)/(exp((10 - x)/10) - 1)*(1 - y) - 0.125*exp(-x/80)*y)")
    let slope = lowered.context.graph.derivative(of: lowered.root, by: .variable(1))
    let program = KernelProgram(lowered.context.graph, outputs: [lowered.root, slope])
    #expect(
      program.text(outputNames: ["f", "df/dy"], leafName: Self.name) == """
        8 instructions, 4 registers
        r1 = 0.125*exp(-0.0125*x)
        r2 = bernoulli(-0.1*x + 1)
        r3 = 0.1*r2
        r4 = (-y + 1)*r3
        r3 = r4 - y*r1
        f = a*r3
        r3 = -0.1*r2 - r1
        df/dy = a*r3
        """)
  }
}
