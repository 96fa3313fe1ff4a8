package import Diagnostics

/// The bias of all devices of one kind at an operating point.
package struct DeviceTable: Sendable {
  /// "resistor", or a model's name.
  package var kind: String
  /// Names and units of what is told of each device.
  package var columns: [(name: String, unit: String)]
  package var rows: [(device: String, values: [Double])]
  /// Devices for which there was no room.
  package var leftOut: Int

  package init(
    kind: String, columns: [(name: String, unit: String)], rows: [(device: String, values: [Double])], leftOut: Int
  ) {
    self.kind = kind
    self.columns = columns
    self.rows = rows
    self.leftOut = leftOut
  }

  /// `"r1": {"kind": "resistor", "r": 1000, "i": 1e-3, ...}`, a member for each device.
  package var json: [(name: String, value: JSONValue)] {
    rows.map { device, values in
      let quantities = zip(columns, values).map { (name: $0.name, value: JSONValue.number($1)) }
      return (device, .object([("kind", .string(kind))] + quantities))
    }
  }
}

extension Tables {
  /// A table per kind: a device a row, with units.
  package static func devices(_ tables: [DeviceTable]) -> String {
    tables.map { table in
      let head = [table.kind] + table.columns.map(\.name)
      let rows = table.rows.map { device, values in
        [device] + zip(table.columns, values).map { NumberFormat.quantity($1, unit: $0.unit, digits: 6) }
      }
      let rest = table.leftOut > 0 ? [["... \(table.leftOut) more"]] : []
      return aligned([head] + rows + rest, rightAligned: Set(1..<max(2, head.count)))
    }.joined(separator: "\n")
  }
}
