import Equations
import Solvers
import Testing

/// Exact derivatives against extrapolated differences of the residual.
@Suite struct JacobianTests {
  static let circuits: [String: String] = [
    "Hodgkin and Huxley": KirchhoffTests.neuron,
    "NbO2": "V1 a 0 0.9\nR1 a b 2.67k\nC1 b 0 5n\nN1 b neg nbo2_pickett\nVn neg 0 -0.2\nN2 b 0 nbo2_pickett",
    "B sources":
      "V1 a 0 1\nR1 a b 1k\nB1 b 0 I=1m*tanh(2*v(b))+1u*v(a)*v(c)\nB2 c 0 V=v(b)**2+0.3*exp(v(b,a))\nR2 c d 1k\n"
      + "B3 d 0 I=ddt(1n*v(d)**3)+1m*i(v1)\nC1 d 0 1n\nR3 d 0 10k",
    "current-controlled memristor": """
    .memristor thermistor
      state T = 300 + i**2*1k*1000
      r = 1k*exp(-(T - 300)/400)
      ddt(T) = (i**2*r*1000 - (T - 300))/1m
      v = r*i + 1u*ddt(i)
    .endmemristor
    I1 0 a 2m
    C1 a 0 1n
    N1 a 0 thermistor
    R1 a 0 100k
    """,
    "algebraic unknowns": """
    .memristor junction
      var y = 0.1
      var z = 0
      0 = y**3 + y - v + 0.1*z
      0 = z - sin(y) - 0.01*v
      i = 1m*y + 0.1m*z
    .endmemristor
    V1 a 0 1
    R1 a b 1k
    N1 b c junction
    N2 c 0 junction
    C1 b 0 1n
    """,
    "inputs": """
    .memristor gated
      input ca
      input other = 0
      state x in [0, 1] = ca/(1 + ca)
      ddt(x) = ca*(1 - x) - x
      drive = x*v
      i = 1m*x*v*(1 + other)
    .endmemristor
    V1 a 0 1
    R1 a b 100
    N1 b 0 gated ca=v(ca)
    N2 b m gated ca=@n1[x] other=i(n1)
    N3 b 0 gated ca=i(vm) other=@n2[drive]
    Vm m 0 0.1
    Cca ca 0 1
    Bca 0 ca I=3*i(n1)-0.075*v(ca)+0.01
    """,
    "inductors and floating sources":
      "I1 0 a 1m\nL1 a b 1m\nR1 b c 1k\nV1 c d 2\nC1 d 0 1u\nR2 d 0 1k\nR3 a 0 1k\nB1 d 0 I=1u*v(c)**2*i(l1)+1m*i(v1)",
  ]

  @Test(arguments: circuits.keys.sorted(), [BorderedMatrix.Method.automatic, .sparse])
  func derivativesAreExact(name: String, method: BorderedMatrix.Method) throws {
    let circuit = try TestCircuit(try #require(Self.circuits[name]))
    try circuit.settle()
    for k in 0..<circuit.evaluator.count { circuit.rate[k] = 10 * circuit.y[k] }
    for cj in [1e3, 1e6, 1e9] {
      let error = try circuit.jacobianError(time: 1e-6, cj: cj, method: method)
      #expect(error < 1e-5, "cj = \(cj)")
    }
  }

  @Test(arguments: circuits.keys.sorted()) func derivativesOfRestAreExact(name: String) throws {
    let circuit = try TestCircuit(try #require(Self.circuits[name]))
    try circuit.settle()
    circuit.evaluator.prepareRest(initial: false)
    #expect(try circuit.restJacobianError() < 1e-5)
  }
}
