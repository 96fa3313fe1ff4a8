/// Numbers that say how hard a run was.
package struct IntegrationStatistics: Sendable {
  package var steps = 0
  /// Of Newton's method.
  package var iterations = 0
  package var jacobians = 0
  package var errorTestFailures = 0
  package var convergenceFailures = 0
  package var restarts = 0

  package init() {}
}
