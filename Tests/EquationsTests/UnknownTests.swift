import Equations
import Solvers
import Testing

/// Which unknowns a circuit has, and where they stand.
@Suite struct UnknownTests {
  @Test func statesAreArrays() throws {
    let circuit = try TestCircuit(
      """
      .for k = 1 to 3
      C{k} a{k} 0 1u
      N{k} a{k} na hh_sodium
      R{k} a{k} a{k+1} 1k
      .endfor
      R9 a4 0 1k
      VNa na 0 50m
      """)
    #expect(
      circuit.unknowns == [
        "v(a1)", "v(a2)", "v(a3)", "v(a4)", "@n1[m]", "@n2[m]", "@n3[m]", "@n1[h]", "@n2[h]", "@n3[h]",
      ])
    let batch = circuit.evaluator.structure.batches[0]
    #expect(batch.count == 3 && batch.size == 2 && batch.firstUnknown == 4)
  }

  @Test func compartmentHasFourUnknowns() throws {
    let circuit = try TestCircuit(KirchhoffTests.neuron)
    #expect(Set(circuit.unknowns) == ["v(v)", "@nk[n]", "@nna[m]", "@nna[h]"])
  }

  @Test func linearElementsAreNoBlocks() throws {
    let circuit = try TestCircuit("V1 a 0 1\nR1 a b 1k\nL1 b c 1m\nC1 c 0 1u\nI1 c 0 1m")
    #expect(circuit.evaluator.structure.batches.isEmpty)
    #expect(Set(circuit.unknowns) == ["v(b)", "v(c)", "i(l1)"])
  }

  @Test func rowsHaveNames() throws {
    let circuit = try TestCircuit(KirchhoffTests.neuron + "\nL1 v 0 1")
    let names = (0..<circuit.evaluator.count).map { circuit.system.equationName(of: $0) }
    #expect(names.contains("Kirchhoff's current law of node v"))
    #expect(names.contains("the branch equation of l1"))
    #expect(names.contains("the equation of @nna[h]"))
  }
}
