import Circuits
import Equations
import Solvers
import Testing

/// What a circuit does depends neither on names nor on the order of lines nor on how it is solved.
@Suite struct InvarianceTests {
  @Test func orderAndNamesDoNotMatter() throws {
    let lines = KirchhoffTests.neuron.split(separator: "\n").map(String.init)
    let first = try TestCircuit(lines.joined(separator: "\n"), reltol: 1e-6)
    let other = lines.reversed().joined(separator: "\n").replacing(" v", with: " membrane").replacing(" k", with: " z9")
    let second = try TestCircuit(other, reltol: 1e-6)
    try first.settle()
    try second.settle()
    #expect(abs(first.value("v(v)") - second.value("v(membrane)")) < 1e-14)
    let a = try first.run(to: 3e-3, "v(v)", "i(vna)")
    let b = try second.run(to: 3e-3, "v(membrane)", "i(vna)")
    #expect(abs(a.last() - b.last()) < 1e-8)
    #expect(abs(a.last(1) - b.last(1)) < 1e-9)
  }

  @Test func condensationDoesNotMatter() throws {
    let text = KirchhoffTests.neuron
    let condensed = try TestCircuit(text, reltol: 1e-6).run(to: 3e-3, "v(v)", "@nna[m]")
    let whole = try TestCircuit(text, reltol: 1e-6).run(to: 3e-3, "v(v)", "@nna[m]", condensation: .none)
    #expect(abs(condensed.last() - whole.last()) < 1e-8)
    #expect(abs(condensed.last(1) - whole.last(1)) < 1e-8)
    #expect(abs(condensed.statistics.steps - whole.statistics.steps) < 10)
  }

  @Test func runsRepeatToTheBit() throws {
    let runs = try (0..<2).map { _ in try TestCircuit(KirchhoffTests.neuron).run(to: 3e-3, "v(v)") }
    #expect(runs[0].times == runs[1].times)
    #expect(runs[0].values == runs[1].values)
  }

  @Test func parametersMakeNoNewModel() throws {
    let circuit = try TestCircuit(".for k = 1 to 50\nR{k} a{k} 0 {k*1k}\nB{k} 0 a{k} I={k}*1m\n.endfor")
    #expect(circuit.system.circuit.groups.count == 2)
    try circuit.settle()
    #expect(abs(circuit.value("v(a7)") - 49) < 1e-9)
    #expect(abs(circuit.value("v(a50)") - 2500) < 1e-9)
  }
}
