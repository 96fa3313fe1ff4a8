/// What the parser does with a directive.
struct Directive {
  enum Action {
    /// The parser obeys it; one file each in this folder.
    case obey(@Sendable (inout StatementParser, DirectiveLine) throws(NetlistError) -> Void)
    /// Opens a block whose lines are kept as they are.
    case collect
    /// Ends a block that takes its lines itself: seen here, it ends nothing.
    case closeNothing(opener: String)
    /// A later layer obeys the card; the keyword is the one it is known by there.
    case keep(as: String)
    case refuse(reason: String)
    case ignore(reason: String)
  }

  /// Where it may stand.
  enum Place {
    case anywhere
    /// Not inside `.for`.
    case outsideRepetition
    /// Not inside `.subckt`.
    case outsideSubcircuit
    /// In neither.
    case topLevel
  }

  var action: Action
  var place: Place

  init(_ action: Action, _ place: Place = .anywhere) {
    self.action = action
    self.place = place
  }
}

/// Every directive of the language.
package enum DirectiveCatalogue {
  static let directives: [String: Directive] = [
    "param": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseParameters(line) }),
    "params": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseParameters(line) }),
    "parameters": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseParameters(line) }),
    "csparam": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseScriptParameters(line) }),
    "global_param": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseParameters(line) }),
    "func": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseFunction(line) }),
    "model": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseModel(line) }),
    "global": Directive(.obey { (parser, line) throws(NetlistError) in try parser.parseGlobal(line) }),
    "subckt": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.openSubcircuit(line) }, .outsideRepetition),
    "ends": Directive(.obey { (parser, line) throws(NetlistError) in try parser.closeSubcircuit(line) }),
    "macro": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.openSubcircuit(line) }, .outsideRepetition),
    "eom": Directive(.obey { (parser, line) throws(NetlistError) in try parser.closeSubcircuit(line) }),
    "memristor": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.openMemristor(line) }, .outsideRepetition),
    "endmemristor": Directive(.closeNothing(opener: "memristor")),
    "for": Directive(.obey { (parser, line) throws(NetlistError) in try parser.openRepetition(line) }),
    "endfor": Directive(.obey { (parser, line) throws(NetlistError) in try parser.closeRepetition(line) }),
    "if": Directive(.obey { (parser, line) throws(NetlistError) in try parser.openConditional(line) }),
    "elseif": Directive(.obey { (parser, line) throws(NetlistError) in try parser.openElseIf(line) }),
    "else": Directive(.obey { (parser, line) throws(NetlistError) in try parser.openElse(line) }),
    "endif": Directive(.obey { (parser, line) throws(NetlistError) in try parser.closeConditional(line) }),
    "include": Directive(.obey { (parser, line) throws(NetlistError) in try parser.include(line) }),
    "inc": Directive(.obey { (parser, line) throws(NetlistError) in try parser.include(line) }),
    "incl": Directive(.obey { (parser, line) throws(NetlistError) in try parser.include(line) }),
    "lib": Directive(.obey { (parser, line) throws(NetlistError) in try parser.includeSection(line) }),
    "endl": Directive(.closeNothing(opener: "lib")),
    "title": Directive(.obey { $0.replaceTitle($1) }, .topLevel),
    "end": Directive(.obey { $0.end($1) }),

    "ic": Directive(.obey { (parser, line) throws(NetlistError) in try parser.keepInitialConditions(line, as: "ic") }),
    "dcvolt": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.keepInitialConditions(line, as: "ic") }),
    "nodeset": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.keepInitialConditions(line, as: "nodeset") }),
    "options": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.keepOptions(line) }, .outsideSubcircuit),
    "option": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.keepOptions(line) }, .outsideSubcircuit),
    "opt": Directive(
      .obey { (parser, line) throws(NetlistError) in try parser.keepOptions(line) }, .outsideSubcircuit),
    "temp": Directive(.keep(as: "temp"), .topLevel),
    "op": Directive(.keep(as: "op"), .topLevel),
    "dcop": Directive(.keep(as: "op"), .topLevel),
    "dc": Directive(.keep(as: "dc"), .topLevel),
    "ac": Directive(.keep(as: "ac"), .topLevel),
    "noise": Directive(.keep(as: "noise"), .topLevel),
    "tran": Directive(.keep(as: "tran"), .topLevel),
    "step": Directive(.keep(as: "step"), .topLevel),
    "mc": Directive(.keep(as: "mc"), .topLevel),
    "measure": Directive(.keep(as: "measure"), .outsideSubcircuit),
    "meas": Directive(.keep(as: "measure"), .outsideSubcircuit),
    "result": Directive(.keep(as: "result"), .outsideSubcircuit),
    "four": Directive(.keep(as: "four"), .outsideSubcircuit),
    "spikes": Directive(.keep(as: "spikes"), .outsideSubcircuit),
    "expect": Directive(.keep(as: "expect"), .outsideSubcircuit),
    "save": Directive(.keep(as: "save"), .outsideSubcircuit),
    "print": Directive(.keep(as: "print"), .outsideSubcircuit),
    "plot": Directive(.keep(as: "plot"), .outsideSubcircuit),
    "neuron": Directive(.keep(as: "neuron"), .topLevel),

    "data": Directive(.collect, .topLevel),
    "enddata": Directive(.closeNothing(opener: "data")),
    "control": Directive(.collect, .topLevel),
    "endc": Directive(.closeNothing(opener: "control")),

    "pz": Directive(.refuse(reason: "poles and zeros are not computed; '.ac' shows the frequency response")),
    "disto": Directive(
      .refuse(reason: "there is no small-signal distortion analysis; '.tran' with '.four' measures distortion")),
    "tf": Directive(.refuse(reason: "two '.op' results give the transfer function, '.dc' the whole curve")),
    "sndparam": Directive(.refuse(reason: "sound files are not written; '.print' and 'wrdata' write tables")),
    "sndprint": Directive(.refuse(reason: "sound files are not written; '.print' and 'wrdata' write tables")),
    "sens": Directive(.refuse(reason: "a '.step' over the parameter shows how a result depends on it")),

    "fft": Directive(
      .ignore(reason: "spectra are not computed; '.four' gives the harmonics, and files hold every point")),
    "hb": Directive(
      .refuse(reason: "there is no harmonic balance; '.tran' followed to its steady state shows the same")),
    "mpde": Directive(.refuse(reason: "there is no multi-time analysis; '.tran' shows the same")),
    "sampling": Directive(.refuse(reason: "parameters are varied by '.step' and '.data'")),
    "embeddedsampling": Directive(.refuse(reason: "parameters are varied by '.step' and '.data'")),
    "pce": Directive(.refuse(reason: "parameters are varied by '.step' and '.data'")),
    "lin": Directive(.refuse(reason: "there is no analysis of ports; '.ac' shows transfer from a source to a node")),
    "sp": Directive(
      .refuse(reason: "there are no scattering parameters; '.ac' gives the voltages and currents of them")),
    "pss": Directive(.refuse(reason: "periodic steady states are reached by '.tran', run until nothing changes")),
    "net": Directive(
      .refuse(reason: "there are no two-port parameters; '.ac' gives the voltages and currents of them")),
    "wave": Directive(.refuse(reason: "sound files are not written; '--csv' writes the samples")),
    "savebias": Directive(.refuse(reason: "an operating point is not kept in a file; '.nodeset' gives a guess of it")),
    "loadbias": Directive(
      .refuse(reason: "an operating point is not read from a file; '.nodeset' gives a guess of it")),
    "machine": Directive(.refuse(reason: "there are no state machines; '.memristor' with 'on' lines describes one")),

    "backanno": Directive(.ignore(reason: "there is no drawing to annotate")),
    "preprocess": Directive(
      .ignore(reason: "'gnd' is ground in any case, and nodes that nothing holds are named in a complaint")),
    "prot": Directive(.ignore(reason: "nothing is echoed")),
    "unprot": Directive(.ignore(reason: "nothing is echoed")),
    "protect": Directive(.ignore(reason: "nothing is echoed")),
    "unprotect": Directive(.ignore(reason: "nothing is echoed")),
    "probe": Directive(.keep(as: "probe"), .outsideSubcircuit),
    "width": Directive(.ignore(reason: "tables are as wide as their columns need")),
  ]
}
