package import Diagnostics
package import Expressions
internal import Netlists
internal import Waveforms

/// `.neuron NAME input=SOURCE output=SIGNAL threshold=LEVEL max=AMPLITUDE [width=T] [supplies=v1,v2]`: where a neuron is
/// stimulated and where its spikes are read.
package struct NeuronRequest: Sendable {
  package var name: Located<String>
  /// The source that stimulates; its amplitudes are added to what it gives at rest.
  package var input: Located<String>
  package var output: Expression
  /// As `.spikes` would write it: `v(b)`.
  package var outputName: String
  /// The level whose upward crossings are spikes, in the output's unit.
  package var threshold: Double
  /// The largest amplitude that is tried, in A or V; negative where the neuron is stimulated that way.
  package var maximum: Double
  /// The standard pulse's width in s; nil for the half width of the first spike.
  package var width: Double?
  /// The sources whose power counts; nil for every other source that does not move.
  package var supplies: [Located<String>]?
  /// The whole line.
  package var range: SourceRange
}

extension RequestReader {
  private static var requiredArguments: [String] { ["input", "output", "threshold", "max"] }
  private static var neuronArguments: [String] { requiredArguments + ["width", "supplies"] }

  mutating func readNeuron(_ card: Card) {
    guard let first = card.fields.first, let name = first.name.plain else {
      return diagnostics.report(.missingName(card.keyword.range, directive: "neuron"))
    }
    if let rest = card.fields.dropFirst().first { return complain(about: .field(rest), in: card, allowed: []) }
    if let earlier = neurons.first(where: { $0.name.value == name }) {
      return diagnostics.report(.duplicateName(first.range, name: name, first: earlier.name.range))
    }
    var arguments: [String: Assignment] = [:]
    for assignment in card.assignments {
      guard Self.neuronArguments.contains(assignment.name.value) else {
        return complain(about: .assignment(assignment), in: card, allowed: Self.neuronArguments)
      }
      arguments[assignment.name.value] = assignment
    }
    guard let input = arguments["input"], let output = arguments["output"], let level = arguments["threshold"],
      let largest = arguments["max"]
    else {
      let missing = Self.requiredArguments.filter { arguments[$0] == nil }
      return diagnostics.report(.incompleteNeuron(card.text.range, missing: missing))
    }
    guard !output.expression.isInvalid,
      let signal = signal(output.expression, text: output.value.string, in: card),
      let threshold = number(level), let maximum = size(largest, mayBeNegative: true)
    else { return }
    var width: Double?
    if let assignment = arguments["width"] {
      guard let value = size(assignment, mayBeNegative: false) else { return }
      width = value
    }
    neurons.append(
      NeuronRequest(
        name: Located(name, first.range), input: Located(input.value.string.lowercased(), input.value.range),
        output: signal, outputName: output.value.unwrapped.string.lowercased(), threshold: threshold, maximum: maximum,
        width: width, supplies: arguments["supplies"]?.names, range: card.text.range))
  }

  /// A finite number other than 0.
  private mutating func size(_ assignment: Assignment, mayBeNegative: Bool) -> Double? {
    guard let value = number(assignment) else { return nil }
    guard value.isFinite, value > 0 || (mayBeNegative && value < 0) else {
      diagnostics.report(
        .impossiblePort(
          assignment.value.range, name: assignment.name.value, value: value,
          wanted: mayBeNegative ? "an amplitude other than 0" : "a positive time"))
      return nil
    }
    return value
  }
}

extension Assignment {
  /// `v1,v2`, each with its place.
  fileprivate var names: [Located<String>] {
    value.bytes.split(separator: UInt8(ascii: ",")).map { name in
      let slice = value.slice(name.startIndex..<name.endIndex)
      return Located(slice.string.lowercased(), slice.range)
    }
  }
}
