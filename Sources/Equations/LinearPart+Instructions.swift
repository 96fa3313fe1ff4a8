internal import Kernels
internal import Solvers

extension LinearPart {
  /// What `evaluate` does with rates, as instructions for the border's rows in `result`, where no entries lie in bands.
  ///
  /// `constants` is to be brought up to date before they run.
  func append(
    to list: InstructionList, _ sources: SourceValues, y: UnsafeMutablePointer<Double>,
    rate: UnsafeMutablePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<rowCount {
      let sum = result + row
      list.append(.copy, constants + row, into: sum)
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        let column = Int(columns[entry])
        if conductances[entry] != 0 { list.append(.multiplyAdd, conductances + entry, y + column, sum, into: sum) }
        if capacitances[entry] != 0 { list.append(.multiplyAdd, capacitances + entry, rate + column, sum, into: sum) }
      }
    }
    for term in movingTerms {
      let sum = result + Int(term.row)
      let (value, slope): (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) =
        switch term.source {
        case .waveform(let index): (sources.values + Int(index), sources.slopes + Int(index))
        case .node(let node): (sources.tied + Int(node), sources.tiedSlopes + Int(node))
        }
      list.append(.multiplyAdd, arena.doubles(1, filledWith: term.conductance), value, sum, into: sum)
      if term.capacitance != 0 {
        list.append(.multiplyAdd, arena.doubles(1, filledWith: term.capacitance), slope, sum, into: sum)
      }
    }
  }
}
