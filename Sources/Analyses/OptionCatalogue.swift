/// Every option of `.options` that the program knows: its own, and those of ngspice 39 and LTspice. Xyce's come in packages, which
/// `Netlists` takes apart.
package enum OptionCatalogue {
  /// An option that changes what is computed or written.
  package struct Obeyed: Sendable {
    package var name: String
    package var meaning: String
    /// Whether ngspice 39 has it too.
    package var isOfNgspice = false
  }

  package static let obeyed: [Obeyed] = [
    Obeyed(name: "reltol", meaning: "relative tolerance of every unknown, 1e-4", isOfNgspice: true),
    Obeyed(name: "vntol", meaning: "absolute tolerance of voltages, V; 1e-2 reltol if not given", isOfNgspice: true),
    Obeyed(name: "abstol", meaning: "absolute tolerance of currents, A; 1e-8 reltol if not given", isOfNgspice: true),
    Obeyed(name: "maxord", meaning: "highest order of integration: 1, 2 or 5", isOfNgspice: true),
    Obeyed(name: "method", meaning: "backward differentiation whichever is named", isOfNgspice: true),
    Obeyed(name: "temp", meaning: "temperature, degrees Celsius", isOfNgspice: true),
    Obeyed(name: "tnom", meaning: "temperature at which the values of models hold, degrees Celsius", isOfNgspice: true),
    Obeyed(name: "gmin", meaning: "conductance beside every junction, S", isOfNgspice: true),
    Obeyed(name: "seed", meaning: "where random numbers begin", isOfNgspice: true),
    Obeyed(name: "acct", meaning: "numbers on how hard a run was are printed", isOfNgspice: true),
    Obeyed(name: "nfreqs", meaning: "harmonics of .four, the mean included, 10", isOfNgspice: true),
    Obeyed(name: "numdgt", meaning: "digits behind the point in .print tables, 6", isOfNgspice: true),
    Obeyed(name: "maxstep", meaning: "longest step of transients that give no tmax, s"),
    Obeyed(name: "delmax", meaning: "the same, as Xyce calls it"),
    Obeyed(name: "reltolatmost", meaning: "Xyce's reltol of timeint: reltol where it is the tighter one"),
    Obeyed(name: "outputinterval", meaning: "Xyce's initial_interval: the grid of transients that give no tstep, s"),
    Obeyed(name: "phasesinradians", meaning: "Xyce's phase_output_radians: phases in radians, not degrees"),
    Obeyed(name: "measuredefault", meaning: "Xyce's default_val: the value of measures that fail"),
    Obeyed(name: "dialect", meaning: "ngspice, ltspice or xyce: whose netlist this is"),
    Obeyed(name: "points", meaning: "steps: accepted steps are written instead of multiples of tstep"),
    Obeyed(name: "noise", meaning: "on: the noise of devices runs in time"),
    Obeyed(name: "noisedt", meaning: "distance of the samples of such noise, s"),
    Obeyed(name: "solver", meaning: "auto, klu or full: how linear systems are solved"),
    Obeyed(name: "newton", meaning: "sweeps, blocks (group by group always) or ida: who iterates"),
    Obeyed(name: "threads", meaning: "how many threads share one large simulation, 1"),
    Obeyed(name: "vectors", meaning: "auto, deferred or formed: when the vectors of a step are formed"),
  ]

  package static let obeyedNames = obeyed.map(\.name)

  /// Options that are read and change nothing, by name, with the reason.
  package static let withoutEffect: [String: String] =
    (ofNgspice + ofLTspice).reduce(into: [:]) { table, group in
      for name in group.names { table[name] = group.reason }
    }

  /// Every name, those that are obeyed first.
  package static let names = obeyedNames + withoutEffect.keys.sorted()

  private struct Group {
    var reason: String
    var names: [String]
  }

  private static let ofNgspice: [Group] = [
    Group(
      reason: "Newton's iterations end by convergence, not by a count",
      names: [
        "itl1", "itl2", "itl3", "itl4", "itl5", "itl6", "gminsteps", "srcsteps", "gminfactor", "noopiter", "noopac",
        "nopredictor", "convlimit", "convstep", "convabsstep", "dynaminsteps", "ramptime",
      ]),
    Group(
      reason: "IDA's error test sets steps",
      names: ["trtol", "xmu", "lvltim", "ltol", "chgtol", "minbreak", "interp", "epsmin", "absdv", "reldv", "newtrunc"]
    ),
    Group(reason: "pivots are chosen by KLU", names: ["pivtol", "pivrel", "klu", "sparse", "nopivot"]),
    Group(
      reason: "a node without a path for direct current is tied by 1e-12 S in any case",
      names: ["gshunt", "cshunt", "rshunt"]),
    Group(
      reason: "tables are always written in full",
      names: [
        "list", "nomod", "nopage", "node", "opts", "ingold", "post", "limpts", "cptime", "lvlcod", "brief", "probe",
        "csdf", "measout", "measdgt", "height", "width",
      ]),
    Group(
      reason: "there are no MOS transistors",
      names: ["defl", "defw", "defad", "defas", "badmos3", "oldlimit", "wl", "bypass", "trytocompact", "scale"]),
    Group(reason: "a measure sees the whole run", names: ["autostop"]),
    Group(
      reason: "this is done in any case",
      names: [
        "noacct", "noinit", "warn", "maxwarns", "savecurrents", "keepopinfo", "seedinfo", "indverbosity", "wnflag",
        "filetype", "nostepsizelimit", "optran", "xtrtol", "parhier",
      ]),
    Group(reason: "an inductor is free of resistance; write a resistor beside it", names: ["rseries"]),
  ]

  private static let ofLTspice: [Group] = [
    Group(
      reason: "files hold every point in full",
      names: ["plotwinsize", "plotreltol", "plotvntol", "plotabstol", "meascplxfmt"]
    ),
    Group(
      reason: "IDA's error test sets steps", names: ["sstol", "minclocktick", "maxclocktick", "ptrantau", "ptranmax"]),
    Group(
      reason: "this is the program's own business",
      names: [
        "startclocks", "topologycheck", "flagloads", "fastaccess", "nomarch", "thread", "matrix",
        "cshuntintern", "baudrate", "delay",
      ]),
  ]
}
