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
    // IDA's own iteration, which solves the sparse matrix, keeps a Jacobian for as long as it converges.
    let condensed = try TestCircuit(text, reltol: 1e-6).run(to: 3e-3, "v(v)", "@nna[m]", oldestJacobian: .max)
    let whole = try TestCircuit(text, reltol: 1e-6).run(to: 3e-3, "v(v)", "@nna[m]", method: .sparse)
    #expect(abs(condensed.last() - whole.last()) < 1e-8)
    #expect(abs(condensed.last(1) - whole.last(1)) < 1e-8)
    #expect(abs(condensed.statistics.steps - whole.statistics.steps) < 10)
  }

  /// Newton's iteration in sweeps and IDA's own take the same steps to the same values, whatever the circuit is made of.
  @Test(arguments: JacobianTests.circuits.keys.sorted(), BorderedMatrix.Method.allCases)
  func sweepsDoNotMatter(name: String, method: BorderedMatrix.Method) throws {
    let text = try #require(JacobianTests.circuits[name]) + "\nIp 0 probe SIN(0 1u 1k)\nRp probe 0 1k\nCp probe 0 10n"
    // The oscillator is a thousand times faster than the others.
    let end = name == "NbO2" ? 1e-5 : 1e-3
    let runs = try [true, false].map { sweeps in
      try TestCircuit(text, reltol: 1e-6).run(
        to: end, "v(probe)", name == "Hodgkin and Huxley" ? "v(v)" : "v(a)", method: method, sweeps: sweeps,
        oldestJacobian: .max)
    }
    #expect(abs(runs[0].statistics.steps - runs[1].statistics.steps) <= runs[1].statistics.steps / 500)
    for signal in 0..<2 {
      #expect(abs(runs[0].last(signal) - runs[1].last(signal)) <= 1e-8 * max(1e-3, abs(runs[1].last(signal))))
    }
  }

  /// Sweeps over all groups at once and group by group: the same steps to the same values.
  @Test(arguments: JacobianTests.circuits.keys.sorted(), [BorderedMatrix.Method.automatic, .sparseBorder])
  func joinedGroupsDoNotMatter(name: String, method: BorderedMatrix.Method) throws {
    let text = try #require(JacobianTests.circuits[name]) + "\nIp 0 probe SIN(0 1u 1k)\nRp probe 0 1k\nCp probe 0 10n"
    let end = name == "NbO2" ? 1e-5 : 1e-3
    let runs = try [true, false].map { joinsGroups in
      let circuit = try TestCircuit(text, reltol: 1e-6)
      let run = try circuit.run(
        to: end, "v(probe)", name == "Hodgkin and Huxley" ? "v(v)" : "v(a)", method: method, joinsGroups: joinsGroups)
      if name == "Hodgkin and Huxley" { #expect(circuit.evaluator.sweepsOnce == joinsGroups) }
      return run
    }
    #expect(abs(runs[0].statistics.steps - runs[1].statistics.steps) <= runs[1].statistics.steps / 500)
    for signal in 0..<2 {
      #expect(abs(runs[0].last(signal) - runs[1].last(signal)) <= 1e-8 * max(1e-3, abs(runs[1].last(signal))))
    }
  }

  /// Vectors that are formed only where they are read, and vectors formed at once: the same steps to the same values.
  @Test(arguments: JacobianTests.circuits.keys.sorted()) func deferredVectorsDoNotMatter(name: String) throws {
    let text = try #require(JacobianTests.circuits[name]) + "\nIp 0 probe SIN(0 1u 1k)\nRp probe 0 1k\nCp probe 0 10n"
    let end = name == "NbO2" ? 1e-5 : 1e-3
    let runs = try [IDAIntegrator.Vectors.deferred, .formed].map { vectors in
      try TestCircuit(text, reltol: 1e-6).run(
        to: end, "v(probe)", name == "Hodgkin and Huxley" ? "v(v)" : "v(a)", vectors: vectors)
    }
    #expect(abs(runs[0].statistics.steps - runs[1].statistics.steps) <= runs[1].statistics.steps / 500)
    for signal in 0..<2 {
      #expect(abs(runs[0].last(signal) - runs[1].last(signal)) <= 1e-8 * max(1e-3, abs(runs[1].last(signal))))
    }
  }

  /// More compartments than a block holds, in an order that leaves no runs.
  @Test(arguments: [BorderedMatrix.Method.automatic, .sparseBorder]) func longLinesAreSweptBlockByBlock(
    method: BorderedMatrix.Method
  ) throws {
    let text = """
      .for k = 1 to 700
      C{k} c{k*37 - 701*floor(k*37/701)} 0 1p
      NK{k} c{k*37 - 701*floor(k*37/701)} k hh_potassium gmax=36n
      NNa{k} c{k*37 - 701*floor(k*37/701)} na hh_sodium gmax=120n
      Rl{k} c{k*37 - 701*floor(k*37/701)} l {1/0.3n}
      .endfor
      .for k = 1 to 699
      Ra{k} c{k} c{k+1} 10meg
      .endfor
      VK k 0 -77m
      VNa na 0 50m
      Vl l 0 -54.387m
      Iin 0 c1 PWL(0 0 1u 5n)
      """
    let swept = try TestCircuit(text, reltol: 1e-5).run(
      to: 3e-3, "v(c1)", "v(c300)", "@nna5[m]", method: method, oldestJacobian: .max)
    let plain = try TestCircuit(text, reltol: 1e-5).run(
      to: 3e-3, "v(c1)", "v(c300)", "@nna5[m]", method: .sparse, sweeps: false)
    #expect(abs(swept.statistics.steps - plain.statistics.steps) <= 1)
    for signal in 0..<3 { #expect(abs(swept.last(signal) - plain.last(signal)) < 1e-8) }
    #expect(swept.values[0].max() ?? 0 > 0)
  }

  /// What batteries add to the voltages of devices in several blocks: one number, one that differs once, one that moves.
  @Test(arguments: ["-77m", "{k == 500 ? -82m : -77m}", "SIN(-77m 5m 1k)"]) func offsetsAreEachInstancesOwn(
    battery: String
  ) throws {
    let text = """
      .for k = 1 to 700
      C{k} c{k} 0 1p
      NK{k} c{k} k{k} hh_potassium gmax=36n
      VK{k} k{k} 0 \(battery)
      .endfor
      I1 0 c500 0.1n
      """
    let runs = try [true, false].map {
      try TestCircuit(text, reltol: 1e-6).run(to: 3e-3, "v(c3)", "v(c500)", "v(c700)", sweeps: $0, oldestJacobian: .max)
    }
    #expect(abs(runs[0].statistics.steps - runs[1].statistics.steps) <= 1)
    for signal in 0..<3 { #expect(abs(runs[0].last(signal) - runs[1].last(signal)) < 1e-9) }
    #expect(abs(runs[0].last(0) - runs[0].last(1)) > 1e-4)
  }

  @Test func runsRepeatToTheBit() throws {
    let runs = try (0..<2).map { _ in try TestCircuit(KirchhoffTests.neuron).run(to: 3e-3, "v(v)") }
    #expect(runs[0].times == runs[1].times)
    #expect(runs[0].values == runs[1].values)
  }

  /// Instances share a row with a neighbour, where they lie between two nodes, or they do not, and then there must be enough.
  @Test(arguments: [
    ("NK{k} c{k} 0 hh_potassium", 5000, true), ("NK{k} c{k} k hh_potassium", 5000, true),
    ("NK{k} c{k} 0 hh_potassium", 4999, false), ("NK{k} c{k} c{k-1} hh_potassium", 5000, false),
  ]) func onlyInstancesWithRowsOfTheirOwnAreSharedOut(line: String, count: Int, isShared: Bool) throws {
    let text = ".for k = 1 to \(count)\n\(line)\nC{k} c{k} 0 1p\n.endfor\nR0 c0 0 1\nVK k 0 -77m"
    #expect(try TestCircuit(text).evaluator.isWorthCrew == isShared)
  }

  @Test func parametersMakeNoNewModel() throws {
    let circuit = try TestCircuit(".for k = 1 to 50\nR{k} a{k} 0 {k*1k}\nB{k} 0 a{k} I={k}*1m\n.endfor")
    #expect(circuit.system.circuit.groups.count == 2)
    try circuit.settle()
    #expect(abs(circuit.value("v(a7)") - 49) < 1e-9)
    #expect(abs(circuit.value("v(a50)") - 2500) < 1e-9)
  }
}
