import Kernels
import Testing

@Suite struct InstructionSelectorTests {
  /// What one instruction takes along, and what it leaves to others.
  @Test(arguments: [
    ("x*y*z", ["f = x*y*z"]),
    ("-(x*y)", ["f = x*y*-1"]),
    ("(x*y)*4", ["f = x*y*4"]),
    ("(1 - x)*y", ["f = (-x + 1)*y"]),
    ("y*(2*x + 1)*z", ["r1 = 2*x + 1", "f = y*r1*z"]),
    ("(1 - x)*(1 - y)", ["r1 = -y + 1", "f = (-x + 1)*r1"]),
    ("0.1*exp(x)*y", ["r1 = 0.1*exp(x)", "f = y*r1"]),
    ("3/(2*x + 1)", ["f = 3/(2*x + 1)"]),
    ("3/(2*x*y)", ["r1 = (2*x)*y", "f = 3/r1"]),
    // A sum that something else needs is no part of a product.
    ("(1 - x)*y + sqrt(1 - x)", ["r1 = -x + 1", "r2 = sqrt(r1)", "f = r1*y + r2"]),
    // Constants of affine operands are one where that rounds nothing.
    ("10 - (x/1m - 12)", ["f = -1000*x + 22"]),
    ("exp((10 - (x/1m - 12))/8)", ["f = exp(-125*x + 2.75)"]),
    ("exp((10 - (x/1m - 12))/0.3)", ["f = exp((-1000*x + 22)/0.3)"]),
    ("1e20 - (x - 1)", ["r1 = x - 1", "f = -r1 + 1e+20"]),
    ("exp(0.1*(x + 0.3))", ["r1 = x + 0.3", "f = exp(0.1*r1)"]),
    ("1e-200*(1e-200*x + 1)", ["r1 = 1e-200*x + 1", "f = 1e-200*r1"]),
  ])
  func instructions(text: String, lines: [String]) {
    let lowered = Lowered(text)
    let program = KernelProgram(lowered.context.graph, outputs: [lowered.root])
    let printed = program.text(outputNames: ["f"], leafName: PrinterTests.name)
    #expect(printed.split(separator: "\n").dropFirst().map(String.init) == lines)
  }

  /// Values are those of the operations one by one, but for roundings.
  @Test(arguments: [
    "x*y*z", "-(x*y)", "(1 - x)*y", "y*(2*x + 1)*z", "3/(2*x + 1)", "10 - (x/1m - 12)", "exp((10 - (x - 12))/7)",
  ])
  func values(text: String) {
    let lowered = Lowered(text)
    let (graph, root) = (lowered.context.graph, lowered.root)
    let columns = Columns([.variable(0), .variable(1), .variable(2)], count: 19, seed: 11)
    let results = columns.run(KernelProgram(graph, outputs: [root]))
    for instance in 0..<columns.count {
      let expected = graph.values(of: [root]) { columns[$0, instance] }[0]
      #expect(abs(results[0][instance] - expected) <= 1e-14 * max(1, abs(expected)), "\(text), \(instance)")
    }
  }
}
