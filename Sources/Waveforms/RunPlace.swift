/// Which of the runs of a netlist points belong to: `.step` repeats its analyses with other values.
package struct RunPlace: Sendable, Hashable {
  /// What a `.step` gives to one name, in SI units (a temperature in degrees Celsius).
  package struct Parameter: Sendable, Hashable {
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// From 0.
  package var number: Int
  /// Of how many runs.
  package var count: Int
  /// In the order of the `.step` lines; empty where there are none.
  package var parameters: [Parameter]

  package init(number: Int = 0, count: Int = 1, parameters: [Parameter] = []) {
    self.number = number
    self.count = count
    self.parameters = parameters
  }

  /// Whether the run is one of `most` that lie evenly among all, the first and the last of them included.
  func isDrawn(among most: Int) -> Bool {
    if count <= most { return true }
    guard most > 1 else { return number == 0 }
    return (0..<most).contains { $0 * (count - 1) / (most - 1) == number }
  }

  /// `r = 1k, c = 316.2n`, for people.
  package var words: String {
    parameters.map { "\($0.name) = \(NumberFormat.spice($0.value, digits: 5))" }.joined(separator: ", ")
  }
}

/// The values of a run at the end of a title, `RC low pass [r=1000 c=1e-07]`: the one line of a raw file that is free, and
/// that every reader shows.
extension RunPlace {
  func titled(_ title: String) -> String {
    if parameters.isEmpty { return title }
    return "\(title) [\(parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " "))]"
  }

  /// Takes the values off the end of `title`, if there are any.
  init(takenFrom title: inout String) {
    self.init()
    guard title.hasSuffix("]"), let open = title.lastIndex(of: "["), title[..<open].hasSuffix(" ") else { return }
    let inside = title[title.index(after: open)...].dropLast()
    var found: [Parameter] = []
    for word in inside.split(separator: " ") {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Double(parts[1]) else { return }
      found.append(Parameter(name: String(parts[0]), value: value))
    }
    parameters = found
    title = String(title[..<open].dropLast())
  }
}
