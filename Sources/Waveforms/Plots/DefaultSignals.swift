/// What is drawn where nobody chose: node voltages, else whatever there is, and no more than can be told apart.
struct DefaultSignals {
  static let most = 8

  /// Places among the signals.
  let places: [Int]
  /// How many of the signals are not drawn.
  let leftOut: Int

  /// Chooses among `signals`, of which the one at `axis` is what the others are drawn over.
  init(among signals: [Signal], over axis: Int) {
    let drawable = signals.indices.filter { $0 != 0 && $0 != axis && signals[$0].half?.part != .imaginary }
    let voltages = drawable.filter {
      signals[$0].kind == .voltage && signals[$0].signalName.lowercased().hasPrefix("v(")
    }
    places = Array((voltages.isEmpty ? drawable : voltages).prefix(Self.most))
    leftOut = drawable.count - places.count
  }
}
