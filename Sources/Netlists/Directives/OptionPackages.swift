internal import Diagnostics
internal import Expressions

/// `.options PACKAGE name=value ...`: Xyce sorts its options into packages, and one word may mean different things in two
/// of them.
///
/// What is obeyed goes on as an option of this program; the rest is named in one note a line.
extension StatementParser {
  mutating func keepOptions(_ line: DirectiveLine) throws(NetlistError) {
    var complaints = DiagnosticBag()
    var card = try Card.directive(line, keyword: "options", diagnostics: &complaints)
    if let field = card.fields.first, let package = OptionPackage.packages[field.text.string.lowercased()] {
      var without: [String] = []
      let assignments = card.assignments
      card.fields.removeAll()
      card.assignments.removeAll()
      for var assignment in assignments {
        if let option = package.obeyed[assignment.name.value] {
          assignment.name.value = option
          card.assignments.append(assignment)
        } else {
          without.append(assignment.name.value)
        }
      }
      // Lists and words of what has no effect are no expressions, and need not be.
      if card.assignments.contains(where: \.expression.isInvalid) { diagnostics.append(complaints) }
      if !without.isEmpty {
        diagnostics.report(
          NetlistError.packageWithoutEffect(
            line.text.range, package: field.text.string.lowercased(), names: without, reason: package.reason))
      }
      if card.assignments.isEmpty { return }
    } else {
      diagnostics.append(complaints)
    }
    add(.directive(card))
  }
}

/// The options that Xyce gives one part of itself.
struct OptionPackage {
  /// Names of the package with the option of this program that each is.
  var obeyed: [String: String] = [:]
  /// Why the others have no effect.
  var reason: String

  static let packages: [String: OptionPackage] = {
    let newton = OptionPackage(reason: "Newton's iteration ends by convergence and needs no settings")
    let linear = OptionPackage(reason: "linear systems are solved by elimination and KLU")
    return [
      "timeint": OptionPackage(
        obeyed: [
          "reltol": "reltolatmost", "delmax": "delmax", "maxord": "maxord",
        ],
        reason: "IDA chooses method, order and step by its error test, whose absolute tolerances follow reltol"),
      "device": OptionPackage(
        obeyed: ["temp": "temp", "tnom": "tnom", "gmin": "gmin"], reason: "devices are solved as they are written"),
      "output": OptionPackage(
        obeyed: ["initial_interval": "outputinterval", "phase_output_radians": "phasesinradians"],
        reason: "the command line says what is written and how"),
      "measure": OptionPackage(
        obeyed: ["default_val": "measuredefault"], reason: "measures are printed with the other results"),
      "nonlin": newton, "nonlin-tran": newton, "nonlin-hb": newton, "nonlin-twolevel": newton,
      "nonlin-twoleveltran": newton,
      "loca": OptionPackage(reason: "operating points that Newton does not find are followed from easier circuits"),
      "linsol": linear, "linsol-hb": linear, "linsol-ac": linear, "linsol-twolevel": linear,
      "restart": OptionPackage(reason: "runs are not continued from files"),
      "sensitivity": OptionPackage(reason: "sensitivities are not computed"),
      "topology": OptionPackage(reason: "the topology is checked in any case"),
      "parser": OptionPackage(reason: "models are chosen by their names"),
      "parallel": OptionPackage(reason: "a run uses one thread"),
      "diagnostic": OptionPackage(reason: "what is found is reported in any case"),
      "fft": OptionPackage(reason: "spectra are not computed from '.fft' lines"),
      "hbint": OptionPackage(reason: "there is no harmonic balance"),
      "samples": OptionPackage(reason: "there is no sampling of parameters"),
      "dist": OptionPackage(reason: "a run uses one thread"),
    ]
  }()
}
