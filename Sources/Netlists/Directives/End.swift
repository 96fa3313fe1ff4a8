internal import Diagnostics

/// `.end`: the netlist ends here.
extension StatementParser {
  mutating func end(_ line: DirectiveLine) {
    endOfNetlist = line.keyword.range
  }
}
