internal import Diagnostics
internal import Expressions
internal import Netlists

extension SignalTemplate {
  /// What an input bound to `expression` reads: one probe or a constant; nil for anything else.
  init?(_ expression: Expression, diagnostics: inout DiagnosticBag) {
    guard case .probe(let probe, let range) = expression else {
      var unused = DiagnosticBag()
      guard expression.isConstant(for: "input", diagnostics: &unused) else { return nil }
      self = .constant(expression)
      return
    }
    self.init(probe, at: range, diagnostics: &diagnostics)
  }

  /// What `probe` reads, its placeholders parsed; nil after reporting a pattern.
  init?(_ probe: Probe, at range: SourceRange, diagnostics: inout DiagnosticBag) {
    func template(_ name: String) -> NameTemplate? {
      NameTemplate.ofProbe(name, at: range, diagnostics: &diagnostics)
    }
    switch probe {
    case .voltage(let plus, let minus):
      guard let plus = template(plus) else { return nil }
      guard let minus else {
        self = .voltage(plus: plus, minus: nil)
        return
      }
      guard let minus = template(minus) else { return nil }
      self = .voltage(plus: plus, minus: minus)
    case .current(let device):
      guard let device = template(device) else { return nil }
      self = .current(device)
    case .power(let device):
      guard let device = template(device) else { return nil }
      self = .power(device)
    case .quantity(let device, let name):
      guard let device = template(device) else { return nil }
      self = .quantity(device: device, name: name)
    }
  }
}

extension NameTemplate {
  /// The name `raw` of a probe at `range`, its placeholders parsed; nil after reporting a pattern.
  static func ofProbe(_ raw: String, at range: SourceRange, diagnostics: inout DiagnosticBag) -> NameTemplate? {
    let template = NameTemplate(parsing: raw, at: range, diagnostics: &diagnostics)
    let isPattern = template.parts.contains { part in
      if case .text(let text) = part { text.contains("*") } else { false }
    }
    guard isPattern else { return template }
    BehaviouralSourceError.pattern(raw, range: range).report(to: &diagnostics)
    return nil
  }
}
