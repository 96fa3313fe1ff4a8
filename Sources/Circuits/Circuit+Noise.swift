internal import Devices

extension Circuit {
  /// The circuit with the noise of its devices in time.
  package func withNoise() -> Circuit {
    var result = self
    for group in result.groups.indices { result.groups[group].model = result.groups[group].model.withNoise() }
    return result
  }
}
