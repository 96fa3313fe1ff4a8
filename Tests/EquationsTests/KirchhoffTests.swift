import Testing

/// Currents into a node, and powers of a circuit, add up to nothing.
@Suite struct KirchhoffTests {
  static let neuron = """
    Istim 0 v PWL(0 0 1n 10u)
    Cm v 0 1u
    NK v k hh_potassium
    VK k 0 -77m
    NNa v na hh_sodium
    VNa na 0 50m
    RL v l {1/0.3m}
    VL l 0 -54.387m
    """

  @Test func powersAddUpToNothingAtRest() throws {
    let circuit = try TestCircuit(Self.neuron + "\nR1 v x 1meg\nB1 x 0 V=2*v(v)\nL1 x y 1m\nR2 y 0 1k")
    try circuit.settle()
    let powers = circuit.value("sum(p(*))")
    #expect(abs(powers) < 1e-17)
    #expect(abs(circuit.value("p(vna)")) > 1e-9)
  }

  @Test func currentsAddUpInTime() throws {
    let circuit = try TestCircuit(Self.neuron)
    let run = try circuit.run(
      to: 5e-3, "i(cm)+i(nk)+i(nna)+i(rl)-i(istim)", "i(vna)-i(nna)", "i(vk)-i(nk)", "i(vl)-i(rl)", "i(nna)")
    // Of the membrane's currents of up to 1 mA, Newton's iteration leaves a share of the tolerance.
    #expect(run.error(0, from: 1e-6) { _ in 0 } < 1e-6)
    for signal in 1...3 { #expect(run.error(signal) { _ in 0 } < 1e-17) }
    #expect(run.values[4].min() ?? 0 < -5e-4)
  }

  @Test func rateOfASignal() throws {
    let circuit = try TestCircuit("V1 a 0 SIN(0 1 1k)\nR1 a b 1k\nC1 b 0 1u")
    let run = try circuit.run(to: 1e-3, "1u*ddt(v(b))-i(c1)", "ddt(v(b)**2)-2*v(b)*ddt(v(b))", "ddt(v(a))")
    #expect(run.error(0) { _ in 0 } < 1e-15)
    #expect(run.error(1) { _ in 0 } < 1e-9)
    #expect(abs(run.values[2][0] - 2e3 * Double.pi) < 1e-3)
  }
}
