package import Diagnostics
package import Netlists

/// A value of a model's parameter that wins over the model's text, as `.step mydiode(is)` gives it.
package struct ModelValue: Sendable {
  /// As `.model` or `.memristor` calls it, in lower case.
  package var model: Located<String>
  /// The parameter and its value.
  package var assignment: Assignment

  package init(model: Located<String>, assignment: Assignment) {
    self.model = model
    self.assignment = assignment
  }
}
