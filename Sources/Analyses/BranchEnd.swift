internal import Waveforms

/// Where the solution of algebraic unknowns that was followed turns back or vanishes, and what was found in its place.
struct BranchEnd {
  /// `v1 = 0.385`, `64 % of the sources`.
  var place: String
  /// What resisted there.
  var worstUnknown: String?
  /// The method that found another solution, and the `var` that differs most in it; nil where none was found.
  var successor: (method: String, name: String, before: Double, after: Double)?

  /// How many ends one complaint tells of.
  static let mostNotes = 8

  var continuation: String? {
    successor.map { found in
      let before = NumberFormat.significant(found.before, digits: 3)
      let after = NumberFormat.significant(found.after, digits: 3)
      return "\(found.method) found another: \(found.name) goes from \(before) to \(after)"
    }
  }
}
