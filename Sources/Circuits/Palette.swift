/// Values that many share, each kept once.
struct Palette<Element: Hashable & Sendable>: Sendable {
  private(set) var values: [Element] = []
  private var places: [Element: Int32] = [:]

  /// The place of `value` in `values`, made where it is new.
  mutating func place(of value: Element) -> Int32 {
    if let place = places[value] { return place }
    let place = Int32(values.count)
    values.append(value)
    places[value] = place
    return place
  }
}
