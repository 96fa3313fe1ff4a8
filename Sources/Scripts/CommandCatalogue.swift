internal import Diagnostics

/// Every command of a script; a new one is a function in `Commands` and a line here.
enum CommandCatalogue {
  typealias Command = @Sendable (inout ScriptInterpreter, ScriptLine) throws(ScriptError) -> Void

  static let commands: [String: Command] = [
    "op": { (script, line) throws(ScriptError) in script.analyse(line) },
    "dc": { (script, line) throws(ScriptError) in script.analyse(line) },
    "tran": { (script, line) throws(ScriptError) in script.analyse(line) },
    "ac": { (script, line) throws(ScriptError) in script.analyse(line) },
    "noise": { (script, line) throws(ScriptError) in script.analyse(line) },
    "run": { (script, line) throws(ScriptError) in script.analyse(line) },
    "meas": { (script, line) throws(ScriptError) in try script.measure(line) },
    "measure": { (script, line) throws(ScriptError) in try script.measure(line) },
    "print": { (script, line) throws(ScriptError) in try script.printVectors(line) },
    "echo": { (script, line) throws(ScriptError) in try script.echo(line) },
    "display": { (script, line) throws(ScriptError) in script.display() },
    "plot": { (script, line) throws(ScriptError) in try script.plot(line, namesFile: false) },
    "hardcopy": { (script, line) throws(ScriptError) in try script.plot(line, namesFile: true) },
    "gnuplot": { (script, line) throws(ScriptError) in try script.plot(line, namesFile: true) },
    "linearize": { (script, line) throws(ScriptError) in try script.linearize(line) },
    "cutout": { (script, line) throws(ScriptError) in try script.cutOut(line) },
    "fft": { (script, line) throws(ScriptError) in try script.transform(line) },
    "fourier": { (script, line) throws(ScriptError) in try script.fourier(line) },
    "write": { (script, line) throws(ScriptError) in try script.writeRaw(line) },
    "wrdata": { (script, line) throws(ScriptError) in try script.writeData(line) },
    "let": { (script, line) throws(ScriptError) in try script.define(line) },
    "compose": { (script, line) throws(ScriptError) in try script.compose(line) },
    "reshape": { (script, line) throws(ScriptError) in try script.reshape(line) },
    "transpose": { (script, line) throws(ScriptError) in try script.transpose(line) },
    "unlet": { (script, line) throws(ScriptError) in script.forget(line) },
    "define": { (script, line) throws(ScriptError) in try script.defineFunction(line) },
    "setscale": { (script, line) throws(ScriptError) in try script.chooseScale(line) },
    "set": { (script, line) throws(ScriptError) in try script.set(line) },
    "setcs": { (script, line) throws(ScriptError) in try script.set(line) },
    "strcmp": { (script, line) throws(ScriptError) in try script.compare(line) },
    "setseed": { (script, line) throws(ScriptError) in try script.setSeed(line) },
    "unset": { (script, line) throws(ScriptError) in script.unset(line) },
    "setplot": { (script, line) throws(ScriptError) in try script.choosePlot(line) },
    "destroy": { (script, line) throws(ScriptError) in script.destroy(line) },
    "alter": { (script, line) throws(ScriptError) in try script.alterDevice(line) },
    "altermod": { (script, line) throws(ScriptError) in try script.alterModel(line) },
    "alterparam": { (script, line) throws(ScriptError) in try script.alterParameter(line) },
    "option": { (script, line) throws(ScriptError) in try script.setOptions(line) },
    "reset": { (script, line) throws(ScriptError) in script.host.reset() },
    "mc_source": { (script, line) throws(ScriptError) in script.host.reset() },
    "quit": { (script, line) throws(ScriptError) in script.quit(line) },
    "exit": { (script, line) throws(ScriptError) in script.quit(line) },
    // Everything is kept in any case; a `label` is a place for `goto`; the others tell of ngspice's own work.
    "save": { (script, line) throws(ScriptError) in },
    "settype": { (script, line) throws(ScriptError) in },
    "label": { (script, line) throws(ScriptError) in },
    "rusage": { (script, line) throws(ScriptError) in },
    "listing": { (script, line) throws(ScriptError) in },
    "remcirc": { (script, line) throws(ScriptError) in },
  ]

  /// What the structure of a script is made of.
  static let structure = [
    "if", "else", "elseif", "while", "dowhile", "repeat", "foreach", "break", "continue", "goto", "end",
  ]

  static let names = commands.keys.sorted() + structure

  static func knows(_ command: String) -> Bool {
    commands[command] != nil || ["break", "continue", "goto"].contains(command)
  }
}
