/// (base*scale + offset)/divisor.
struct AffineForm {
  var base: NodeID
  var scale = 1.0
  var offset = -0.0
  var divisor = 1.0

  /// The form of `inner`'s base where this one's base is `inner`; nil where a constant of it would be rounded.
  fileprivate func composed(with inner: AffineForm) -> AffineForm? {
    guard inner.divisor == 1, inner.base != base else { return nil }
    guard let product = exactProduct(scale, inner.scale) else { return nil }
    var result = AffineForm(base: inner.base, scale: product, offset: offset, divisor: divisor)
    if inner.offset != 0 {
      guard let shift = exactProduct(scale, inner.offset), let sum = exactSum(shift, offset) else { return nil }
      result.offset = sum == 0 ? -0.0 : sum
    }
    return result
  }
}

extension AffineForm {
  /// The argument of an exponential as base*(scale/divisor) + offset/divisor: a division takes the divider as long as the
  /// whole exponential takes the multipliers. Both quotients are rounded, so nil where the sum could then be wrong by more
  /// than a few 1e-15, or where a quotient is none.
  fileprivate var divided: AffineForm? {
    let quotients = AffineForm(base: base, scale: scale / divisor, offset: offset / divisor)
    return quotients.scale.isNormal && quotients.offset.magnitude <= 32 ? quotients : nil
  }
}

/// Constants that an instruction takes along with its operand.
///
/// A constant divisor stays a division (x/3 is not x*(1/3)), unless it is a unit: v/1mV is 1000 v, exactly. An exponential
/// has its argument's terms divided beforehand (`divided`).
extension InstructionSelector {
  /// `id` as an affine form; only operands that `mayTake` allows are taken into it, and affine ones of which all
  /// constants stay what they are: 10 - (1000 v - 12) is 22 - 1000 v, rounded once.
  func affineForm(of id: NodeID, mayTake: (NodeID) -> Bool) -> AffineForm {
    var form = simpleAffineForm(of: id, mayTake: mayTake)
    while let composed = form.composed(with: simpleAffineForm(of: form.base, mayTake: mayTake)) { form = composed }
    return form
  }

  /// One division, one sum and one product.
  private func simpleAffineForm(of id: NodeID, mayTake: (NodeID) -> Bool) -> AffineForm {
    var form = AffineForm(base: id)
    func isOpen(_ base: NodeID) -> Bool { base == id || mayTake(base) }
    // -(a/d) is (-a)/d.
    var sign = 1.0
    if case .unary(.negate, let x) = graph[id], mayTake(x), case .binary(.divide, _, let y) = graph[x],
      graph.constantValue(of: y) != nil
    {
      sign = -1
      form.base = x
    }
    if isOpen(form.base), case .binary(.divide, let x, let y) = graph[form.base],
      let divisor = graph.constantValue(of: y)
    {
      form.divisor = divisor
      form.base = x
    }
    if isOpen(form.base) {
      if case .binary(.add, let x, let y) = graph[form.base], let offset = graph.constantValue(of: y) {
        form.offset = offset
        form.base = x
      } else if case .binary(.subtract, let x, let y) = graph[form.base], let offset = graph.constantValue(of: x) {
        form.offset = offset
        form.scale = -1
        form.base = y
      }
    }
    if isOpen(form.base) {
      if case .binary(.multiply, let x, let y) = graph[form.base], let scale = graph.constantValue(of: y) {
        form.scale *= scale
        form.base = x
      } else if case .unary(.negate, let x) = graph[form.base] {
        form.scale = -form.scale
        form.base = x
      }
    }
    form.scale *= sign
    if form.offset != 0 { form.offset *= sign }
    if let inverse = form.divisor.decimalInverse {
      form.scale *= inverse
      form.offset *= inverse
      form.divisor = 1
    }
    return form
  }

  func affine(_ id: NodeID) -> SelectedInstruction {
    let form = affineForm(of: id, mayTake: isSole)
    // a*b + offset
    if form.divisor == 1, form.scale == 1, let (x, y) = soleProduct(form.base) {
      return SelectedInstruction(.multiplyAddConstant, x, y, offset: form.offset)
    }
    if form.divisor == 1, form.offset == 0 { return scaled(form.base, by: form.scale) }
    return SelectedInstruction(form.divisor == 1 ? .affine : .affineQuotient, form)
  }

  /// What only one node needs as base*scale + offset; nil where it has another form, or where the function that is its
  /// base takes the scale.
  func soleAffineForm(of id: NodeID) -> AffineForm? {
    guard isSole(id) else { return nil }
    let form = affineForm(of: id, mayTake: isSole)
    guard form.base != id, form.divisor == 1 else { return nil }
    return form.offset == 0 && factorTaker(form.base, form.scale) != nil ? nil : form
  }

  /// An exponential takes its affine argument along, whoever else needs that.
  func exponential(_ opcode: Opcode, _ ofQuotient: Opcode, _ x: NodeID) -> SelectedInstruction {
    var form = affineForm(of: x) { _ in true }
    form = form.divided ?? form
    return SelectedInstruction(form.divisor == 1 ? opcode : ofQuotient, form)
  }

  /// A function that only one node needs and that multiplies its result by `factor`.
  private func factorTaker(_ id: NodeID, _ factor: Double) -> (function: UnaryFunction, argument: NodeID)? {
    guard isSole(id), case .unary(let function, let argument) = graph[id], function.takes(factor: factor) else {
      return nil
    }
    return (function, argument)
  }

  func scaled(_ x: NodeID, by factor: Double) -> SelectedInstruction {
    if let (function, argument) = factorTaker(x, factor) {
      var result = unary(function, argument, x)
      result.instruction.factor = factor
      return result
    }
    if let (p, q) = soleProduct(x), graph.constantValue(of: q) == nil {
      return SelectedInstruction(.scaleProduct, p, q, scale: factor)
    }
    return SelectedInstruction(.scale, x, scale: factor)
  }

  /// dividend/x
  func quotient(_ dividend: Double, by x: NodeID) -> SelectedInstruction {
    let form = soleAffineForm(of: x)
    var result = form.map { SelectedInstruction(.quotientOfAffine, $0) } ?? SelectedInstruction(.constantQuotient, x)
    result.instruction.factor = dividend
    return result
  }
}

extension SelectedInstruction {
  /// What `opcode` does to an affine form, and to another operand.
  init(_ opcode: Opcode, _ form: AffineForm, _ other: NodeID? = nil) {
    instruction = Instruction(opcode)
    instruction.scale = form.scale
    instruction.offset = form.offset
    instruction.divisor = form.divisor
    operands = [form.base] + (other.map { [$0] } ?? [])
  }
}

/// x*y, nil where it would be rounded, or so small that what it was rounded by would be lost.
private func exactProduct(_ x: Double, _ y: Double) -> Double? {
  let product = x * y
  guard product.isFinite, product.magnitude >= 0x1p-969 else { return nil }
  return (-product).addingProduct(x, y) == 0 ? product : nil
}

/// x + y, nil where it would be rounded.
private func exactSum(_ x: Double, _ y: Double) -> Double? {
  let sum = x + y
  let added = sum - x
  return sum.isFinite && (x - (sum - added)) + (y - added) == 0 ? sum : nil
}

extension Double {
  /// 1000 for 0.001, and so on for every negative power of ten whose inverse is exact.
  fileprivate var decimalInverse: Double? {
    var power = 1.0
    for _ in 1...22 {
      power *= 10
      if self == 1 / power { return power }
    }
    return nil
  }
}
