package enum Severity: Int, Sendable, Comparable {
  case note, warning, error

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// A stable, readable name of one kind of complaint, such as `foreign-element`; `Docs/errors/<code>.md` explains it.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  package var name: String

  package init(stringLiteral name: String) {
    self.name = name
  }

  package var description: String { name }
}

/// A second place that belongs to a complaint, with what it has to do with it.
package struct Label: Hashable, Sendable {
  package var range: SourceRange
  package var text: String

  package init(_ range: SourceRange, _ text: String) {
    self.range = range
    self.text = text
  }
}

/// What would be right: a sentence and, where it is certain, the text to put in place of `range`.
package struct FixIt: Hashable, Sendable {
  package var message: String
  package var range: SourceRange?
  package var replacement: String?

  package init(_ message: String, replacing range: SourceRange? = nil, with replacement: String? = nil) {
    self.message = message
    self.range = range
    self.replacement = replacement
  }
}

/// One complaint, ready to be drawn: facts become words in each layer's `+Diagnostic.swift`.
package struct Diagnostic: Hashable, Sendable {
  package var severity: Severity
  package var code: DiagnosticCode
  package var message: String
  package var range: SourceRange?
  /// What is said right under the underlined span; empty to underline without words.
  package var caption: String
  package var labels: [Label]
  package var notes: [String]
  package var fixIts: [FixIt]

  package init(
    _ severity: Severity, _ code: DiagnosticCode, _ message: String, at range: SourceRange?, caption: String = "",
    labels: [Label] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.range = range
    self.caption = caption
    self.labels = labels
    self.notes = notes
    self.fixIts = fixIts
  }
}
