internal import Kernels

/// The kernels that the solvers ask of a group, from one set of its programs; each is bound when first asked for, since many
/// a run does without some.
final class GroupKernels {
  private unowned let group: KernelGroup
  let programs: GroupPrograms
  private(set) lazy var residual = group.bind(programs.residual, rowTargets)
  private(set) lazy var jacobian = group.bind(programs.jacobian, matrixTargets(programs.jacobian.outputCount))
  private(set) lazy var rest = group.bind(programs.rest, rowTargets)
  private(set) lazy var restJacobian = group.bind(
    programs.restJacobian, matrixTargets(programs.restJacobian.outputCount))

  init(_ group: KernelGroup, _ programs: GroupPrograms) {
    self.group = group
    self.programs = programs
  }

  private var rowTargets: [BoundKernel.Target] {
    group.outputs.map { .fixed($0.value) }
      + group.local.internals.indices.map { .result(group.firstUnknown + $0 * group.count) }
  }

  private func matrixTargets(_ places: Int) -> [BoundKernel.Target] {
    (0..<places).map { .result($0 * group.count) }
  }
}
