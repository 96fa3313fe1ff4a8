/// Every function of the language: those of ngspice's sources and parameters and those of Verilog-A.
///
/// `if` and `ternary_fcn` are conditionals already in the tree, `v i p` probes; `ddt`, `sum` and what else only a running
/// circuit can answer belong to the layer that lowers an expression.
package enum FunctionTable {
  package static let functions: [Function] = {
    let named = elementary + trigonometric + piecewise
    let synonyms = aliases.compactMap { alias, name in named.first { $0.name == name }?.alias(alias) }
    return named + synonyms
  }()

  /// The function called `name` (lower case).
  package static func function(named name: String) -> Function? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })

  private static let aliases = [
    ("log", "ln"), ("log1p", "ln1p"), ("sign", "sgn"), ("arctan", "atan"), ("arcsin", "asin"),
    ("arccos", "acos"), ("trunc", "int"), ("round", "nint"), ("pwrs", "pwr"), ("m", "abs"),
  ]
}
