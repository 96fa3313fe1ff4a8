internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.spikes s SIGNAL|pattern ... [threshold=0] [spacing=LENGTH] [from=] [to=]`
extension RequestReader {
  private static var spikeArguments: [String] { ["threshold", "spacing", "from", "to"] }

  mutating func readSpikes(_ card: Card) {
    guard let first = card.fields.first, let name = first.name.plain else {
      return diagnostics.report(.missingName(card.keyword.range, directive: "spikes"))
    }
    if let earlier = spikes.first(where: { $0.name == name }) {
      return diagnostics.report(.duplicateName(first.range, name: name, first: earlier.range))
    }
    let fields = card.fields.dropFirst()
    if fields.isEmpty {
      return diagnostics.report(.missingSignal(card.text.range, directive: "spikes", example: ".spikes s v(out)"))
    }
    let signals = fields.flatMap { self.signals($0, in: card) }
    var request = SpikeRequest(
      name: name, signals: signals.map { watch($0.expression, in: .tran) }, signalNames: signals.map(\.name),
      range: first.range)
    var (from, to) = (-Double.infinity, Double.infinity)
    for assignment in card.assignments {
      switch assignment.name.value {
      case "threshold": request.threshold = number(assignment) ?? 0
      case "spacing": request.spacing = length(assignment)
      case "from": from = number(assignment) ?? from
      case "to": to = number(assignment) ?? to
      case let other:
        diagnostics.report(
          .unknownArgument(assignment.name.range, directive: "spikes", name: other, allowed: Self.spikeArguments))
      }
    }
    if from > to {
      diagnostics.report(.emptyWindow(card.text.range, from: from, to: to, isFatal: true))
    }
    request.window = AxisWindow(from: from, to: to)
    add(request)
  }
}
