internal import Circuits
internal import Devices
internal import Glibc
internal import Kernels
package import Solvers

/// The noises of a group in time: for each line of the model and each instance a smooth normal process of two-sided
/// density 1 at low frequency,
///
///     ξ(t) = Δ^(-1/2) Σ_k n_k κ(t/Δ - k),   κ Gauss's density with standard deviation 0.8
///
/// over twelve samples around t. Smooth, it does not stop a method of order 5 as corners would; a sample n_k depends on
/// (seed, run), device, line and k alone: neither on other devices nor on threads nor on refused steps.
final class NoiseStreams {
  private let columns: [UnsafeMutablePointer<Double>]
  private let count: Int
  /// Device and line, by stream: line after line, instance after instance.
  private let keys: [UInt64]
  /// Sample k of every stream, from place `k mod slotCount` times the number of streams on.
  private let samples: UnsafeMutablePointer<Double>
  /// Which sample lies in a slot.
  private var held = [Int](repeating: .min, count: slotCount)
  private let arena = Arena()

  private static let slotCount = 16
  private static let tapCount = 12
  private static let width = 0.8
  /// Marks what is drawn for noise, so that it has nothing in common with what events draw.
  private static let mark: (UInt32, UInt32) = (0x4e6f_6973, 0x6520_696e)

  /// `columns`: where ξ of each line is kept.
  init(_ group: DeviceGroup, columns: [UnsafeMutablePointer<Double>]) {
    self.columns = columns
    count = group.count
    let names = group.names
    keys = group.model.noise.flatMap { line in
      (0..<group.count).map { Philox.stream(of: "\(names[$0]) \(line.name)") }
    }
    samples = arena.doubles(keys.count * Self.slotCount)
  }

  /// Brings every process to `time`; `interval` is Δ, s.
  func move(to time: Double, interval: Double, generator: Philox) {
    let position = time / interval
    let first = Int(position.rounded(.down)) - Self.tapCount / 2 + 1
    for column in columns { column.update(repeating: 0, count: count) }
    for k in first..<first + Self.tapCount {
      let slot = draw(k, generator)
      let distance = (position - Double(k)) / Self.width
      let weight = exp(-0.5 * distance * distance) / (Self.width * (2 * .pi * interval).squareRoot())
      for (line, column) in columns.enumerated() {
        let sample = samples + slot * keys.count + line * count
        for instance in 0..<count { column[instance] += weight * sample[instance] }
      }
    }
  }

  /// The slot that holds sample `k`.
  private func draw(_ k: Int, _ generator: Philox) -> Int {
    let slot = k & (Self.slotCount - 1)
    guard held[slot] != k else { return slot }
    held[slot] = k
    var marked = generator
    marked.key = (generator.key.0 ^ Self.mark.0, generator.key.1 ^ Self.mark.1)
    let bits = UInt64(bitPattern: Int64(k))
    for (stream, key) in keys.enumerated() {
      samples[slot * keys.count + stream] = marked.normal(SIMD4(key, bits))
    }
    return slot
  }
}

extension SystemEvaluator {
  /// Whether any device brings noise (`Circuit.withNoise`).
  package var hasNoise: Bool { groups.contains { $0.noise != nil } }

  /// The devices that bring it, no more than `count` of them.
  package func noisyDevices(atMost count: Int) -> [String] {
    Array(groups.filter { $0.noise != nil }.flatMap { $0.group.names.prefix(count) }.prefix(count))
  }

  /// From here on noise runs, in samples `interval` apart; s.
  package func beginNoise(interval: Double) {
    noiseInterval = interval
    noiseTime = .nan
  }

  /// A twentieth of the shortest time constant 1/|∂f/∂x| of a state that noise drives at `y`, s; nil if noise drives
  /// none. `matrix` is overwritten.
  package func fastestNoise(y: UnsafePointer<Double>, matrix: BorderedMatrix) -> Double? {
    let scratch = Arena()
    let rest = scratch.doubles(count)
    guard jacobian(time: 0, cj: 0, y: y, rate: rest, into: matrix) else { return nil }
    var fastest = 0.0
    for (batch, group) in groups.enumerated() where group.noise != nil {
      let driven = group.model.noise.flatMap(\.coefficients).compactMap { entry -> Int? in
        guard case .variable(let state) = group.model.equations[entry.equation].row else { return nil }
        return group.local.internals.firstIndex(of: state)
      }
      for (place, entry) in group.blockPlaces.internals.enumerated()
      where entry.row == entry.column && driven.contains(entry.row) {
        let column = matrix.values(ofBatch: batch) + place * group.count
        for instance in 0..<group.count where column[instance].isFinite {
          fastest = max(fastest, column[instance].magnitude)
        }
      }
    }
    withExtendedLifetime(scratch) {}
    return fastest > 0 ? 1 / (20 * fastest) : nil
  }

  /// Noise as it is at `time`.
  func moveNoise(to time: Double) {
    guard let noiseInterval, time != noiseTime else { return }
    noiseTime = time
    for group in groups { group.noise?.move(to: time, interval: noiseInterval, generator: generator) }
  }
}
