/// One value per instance where few differ: the values once, and which one each instance has.
package struct SharedColumn<Element: Sendable>: Sendable {
  /// The values that differ, in no order; other columns may share the list.
  package private(set) var values: [Element]
  /// The value of each instance, by its place in `values`.
  package private(set) var places: RunColumn

  package init(_ values: [Element] = [], places: RunColumn = RunColumn()) {
    self.values = values
    self.places = places
  }

  /// Gives an instance another value, and all that have theirs from the same place.
  mutating func put(_ value: Element, for instance: Int) { values[Int(places[instance])] = value }

  /// The same column with another value for one instance.
  package func replacing(_ instance: Int, by value: Element) -> SharedColumn {
    let place = Int32(values.count)
    return SharedColumn(
      values + [value], places: RunColumn(places.enumerated().map { $0.offset == instance ? place : $0.element }))
  }
}

extension SharedColumn: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { places.count }

  package subscript(instance: Int) -> Element { values[Int(places[instance])] }
}
