internal import Devices
internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// The parameters of one device: from its model's text, its card, the temperature, or the default; then checked.
extension Flattener {
  /// One value per parameter of the model; nil after a complaint.
  mutating func parameters(
    of element: BoundElement, _ outline: ModelOutline, given: [ResolvedModel.Value], device: String, _ card: Card,
    _ scope: LevelScope
  ) -> [Double]? {
    let parameters = outline.model.parameters
    var values = [Double](repeating: .nan, count: parameters.count)
    var isKnown = [Bool](repeating: false, count: parameters.count)
    // Where the value of each parameter was written, for complaints.
    var places: [Int: SourceRange] = [:]
    for item in given where values.indices.contains(item.index) {
      values[item.index] = varied(item, parameters[item.index].name, of: device, scope)
      isKnown[item.index] = true
      places[item.index] = item.range
    }
    for binding in element.parameters where values.indices.contains(binding.index) {
      let name = parameters[binding.index].name
      guard let value = constant(binding.value, scope, of: .device(device, parameter: name)) else { return nil }
      values[binding.index] = value
      isKnown[binding.index] = true
      places[binding.index] = binding.value.range
    }
    if let count = scope.value(of: Self.multiplicity), count != 1, let index = binder.factor(of: element.model) {
      values[index] = count * (isKnown[index] ? values[index] : 1)
      isKnown[index] = true
    }
    for (index, parameter) in parameters.enumerated() where !isKnown[index] {
      if parameter.origin == .temperature {
        values[index] = temperature
      } else if parameter.origin == .nominalTemperature {
        values[index] = nominalTemperature
      } else if parameter.origin == .frequency {
        values[index] = 0
      } else if parameter.origin == .junctionConductance {
        values[index] = junctionConductance
      } else if case .read = parameter.origin {
        // Known when every device has its place.
        continue
      } else if let defaultValue = parameter.defaultValue {
        values[index] = outline.value(of: defaultValue, parameters: values)
      } else {
        report(.missingParameter(card.keyword.range, device: device, parameter: parameter.name, unit: parameter.unit))
        return nil
      }
    }
    var isRight = true
    for (index, parameter) in parameters.enumerated() {
      if case .read = parameter.origin { continue }
      let range = parameter.allowed
      let (lower, upper) = limits(range.lower, range.upper, outline, values)
      let isInside =
        (lower.map { range.includesLower ? values[index] >= $0 : values[index] > $0 } ?? true)
        && (upper.map { range.includesUpper ? values[index] <= $0 : values[index] < $0 } ?? true)
        && !values[index].isNaN
      if isInside { continue }
      isRight = false
      report(
        .parameterOutOfRange(
          places[index] ?? card.keyword.range, device: device, parameter: parameter.name, value: values[index],
          allowed: AllowedRange(
            lower: lower, upper: upper, includesLower: range.includesLower, includesUpper: range.includesUpper),
          element: places[index].flatMap { isOnOneLine($0, card.keyword.range) ? nil : card.keyword.range }))
    }
    for check in outline.model.checks where outline.value(of: check.condition, parameters: values) != 0 {
      var complaint = check.complaint
      if complaint.range == nil { complaint.range = card.text.range }
      diagnostics.report(complaint)
      if complaint.severity == .error { isRight = false }
    }
    return isRight ? values : nil
  }

  /// The element as often as `m=` of the instances around says: its own factor is multiplied, or it gets one; nil after a
  /// complaint.
  mutating func multiplied(
    _ element: BoundElement, device: String, _ card: Card, _ scope: LevelScope
  ) -> BoundElement? {
    guard let count = scope.value(of: Self.multiplicity), count != 1 else { return element }
    let model = outlines[element.model].model
    let givesVoltage = model.topology.contains { fact in
      if case .tiesVoltage = fact { true } else { false }
    }
    let hasCurrents = model.equations.contains { if case .current = $0.row { true } else { false } }
    if givesVoltage || !hasCurrents || binder.factor(of: element.model) != nil { return element }
    guard let several = binder.multiplied(element.model) else {
      report(.unmultipliedDevice(card.keyword.range, device: device, count: count))
      return nil
    }
    outlineModels()
    var element = element
    element.model = several
    return element
  }

  /// A model's value for one device: with `dev=`, even in a range around it.
  private mutating func varied(
    _ item: ResolvedModel.Value, _ parameter: String, of device: String, _ scope: LevelScope
  ) -> Double {
    guard let deviation = item.deviation else { return item.value }
    if random.isSampling { random.begin(.device(device, parameter: "\(parameter) dev"), at: item.range) }
    guard let number = scope.draw(.uniform, at: item.range) else { return item.value }
    return RandomFunction.unif.value([item.value, deviation], drawn: number)
  }

  /// Complains about a state that begins outside its bounds.
  mutating func checkStart(
    _ target: Event.Target, _ value: Double, _ outline: ModelOutline, _ parameters: [Double], device: String,
    at range: SourceRange
  ) {
    guard case .variable(let index) = target, outline.model.variables.indices.contains(index) else { return }
    let variable = outline.model.variables[index]
    let bounds = variable.bounds
    let (lower, upper) = limits(bounds.lower, bounds.upper, outline, parameters)
    let isInside =
      (lower.map { bounds.holdsLower ? value >= $0 : value > $0 } ?? true)
      && (upper.map { bounds.holdsUpper ? value <= $0 : value < $0 } ?? true) && !value.isNaN
    if isInside { return }
    report(
      .startOutOfRange(
        range, device: device, state: variable.name, value: value,
        allowed: AllowedRange(
          lower: lower, upper: upper, includesLower: bounds.holdsLower, includesUpper: bounds.holdsUpper)))
  }

  private func isOnOneLine(_ a: SourceRange, _ b: SourceRange) -> Bool {
    a.file == b.file && sources[a.file].position(of: a.start).line == sources[b.file].position(of: b.start).line
  }

  private func limits(
    _ lower: NodeID?, _ upper: NodeID?, _ outline: ModelOutline, _ parameters: [Double]
  ) -> (lower: Double?, upper: Double?) {
    (
      lower.map { outline.value(of: $0, parameters: parameters) },
      upper.map { outline.value(of: $0, parameters: parameters) }
    )
  }
}

/// A range with its limits as numbers, for a complaint.
struct AllowedRange: CustomStringConvertible {
  var lower: Double?
  var upper: Double?
  var includesLower: Bool
  var includesUpper: Bool

  var description: String {
    let left = lower.map { (includesLower ? "[" : "(") + Self.text($0) } ?? "(-inf"
    let right = upper.map { Self.text($0) + (includesUpper ? "]" : ")") } ?? "inf)"
    return "\(left), \(right)"
  }

  /// `36` for 36.0, the shortest digits otherwise.
  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }
}
