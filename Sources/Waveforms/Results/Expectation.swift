package import Diagnostics
package import Expressions

/// One `.expect` line, understood.
package struct Expectation: Sendable {
  package enum Subject: Sendable {
    /// A measure or a spikes result by name.
    case result(String)
    /// `{expression} = value` over results.
    case formula(Expression)
    /// After `op`: a place in the signals of `ExpectationPlan`.
    case signal(Int)
    /// `{expression}` over results: holds when it is not 0.
    case condition(Expression)
    /// `op {expression}` over signals: a place in the signals of `ExpectationPlan`.
    case signalCondition(Int)
  }

  package enum Tolerance: Sendable, Equatable {
    /// `tol=`, in the unit of the value.
    case absolute(Double)
    /// `reltol=`, of the expected value's magnitude.
    case relative(Double)
  }

  package var subject: Subject
  /// nil: whichever analysis has a result of that name.
  package var analysis: AnalysisKind?
  package var expected: Double
  package var tolerance: Tolerance
  /// The left side as written.
  package var text: String
  package var range: SourceRange

  package init(
    subject: Subject, analysis: AnalysisKind?, expected: Double, tolerance: Tolerance, text: String, range: SourceRange
  ) {
    self.subject = subject
    self.analysis = analysis
    self.expected = expected
    self.tolerance = tolerance
    self.text = text
    self.range = range
  }

  /// The largest allowed difference.
  package var allowed: Double {
    switch tolerance {
    case .absolute(let value): value
    case .relative(let value): value * abs(expected)
    }
  }
}

/// All `.expect` lines, and the signals that must be read at the operating point for them.
package struct ExpectationPlan: Sendable {
  package var signals: [Expression]
  package var expectations: [Expectation]

  package init(signals: [Expression] = [], expectations: [Expectation] = []) {
    self.signals = signals
    self.expectations = expectations
  }

  /// The first line that asks for the operating point.
  package var firstOfOperatingPoint: Expectation? {
    expectations.first {
      switch $0.subject {
      case .signal, .signalCondition: true
      case .result, .formula, .condition: false
      }
    }
  }

  /// Judges every line by the results of all analyses; `operatingPoint` holds the values of `signals`, or is nil where
  /// there is no operating point.
  package func verdicts(
    on results: [(analysis: AnalysisKind, table: ResultTable)], operatingPoint: [Double]?, scope: some ConstantScope
  ) -> [Verdict] {
    expectations.map { expectation in
      let tables = results.filter { expectation.analysis == nil || $0.analysis == expectation.analysis }
      let lookup = ResultScope(tables: tables.map(\.table), outer: scope)
      func signal(_ place: Int) -> Result<Double, MeasureFailure> {
        guard let operatingPoint, operatingPoint.indices.contains(place) else { return .failure(.nothingObserved) }
        return Result.success(operatingPoint[place]).finite
      }
      let measured: Result<Double, MeasureFailure> =
        switch expectation.subject {
        case .result(let name): lookup.result(name)?.finite ?? .failure(.missing(name: name))
        case .condition(let expression), .formula(let expression): lookup.evaluate(expression).finite
        case .signal(let place), .signalCondition(let place): signal(place)
        }
      return Verdict(expectation: expectation, measured: measured)
    }
  }
}

/// Whether an expectation came true.
package struct Verdict: Sendable {
  package var expectation: Expectation
  package var measured: Result<Double, MeasureFailure>

  package init(expectation: Expectation, measured: Result<Double, MeasureFailure>) {
    self.expectation = expectation
    self.measured = measured
  }

  package var isCondition: Bool {
    switch expectation.subject {
    case .condition, .signalCondition: true
    case .result, .formula, .signal: false
    }
  }

  package var holds: Bool {
    guard case .success(let value) = measured else { return false }
    if isCondition { return value != 0 }
    return abs(value - expectation.expected) <= expectation.allowed
  }

  /// One line that says what was found and, where it failed, by how much.
  package var sentence: String {
    let name = expectation.text
    switch measured {
    case .failure(let failure): return "\(name) failed: \(failure)"
    case .success(let value):
      if isCondition { return holds ? "\(name) holds" : "\(name) does not hold" }
      let expected = NumberFormat.significant(expectation.expected)
      let found = "\(name) = \(NumberFormat.significant(value))"
      let difference = NumberFormat.significant(abs(value - expectation.expected), digits: 3)
      let allowed = NumberFormat.significant(expectation.allowed, digits: 3)
      if holds { return "\(found), expected \(expected) within \(allowed)" }
      return "\(found), expected \(expected): off by \(difference), allowed \(allowed)"
    }
  }
}
