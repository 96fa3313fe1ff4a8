internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// Something of a device that changes at an instant of a run: a guard's mode, a state meeting or leaving a bound that
/// holds it, an event of an `on` block.
package struct Change: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case mode(guard: Int)
    case pin(position: Int, atUpper: Bool)
    case release(position: Int)
    case event(Int)
  }

  /// Place of the group among the evaluator's kernel groups.
  let group: Int
  let instance: Int
  let kind: Kind

  /// Whether a comparison turns.
  package var isMode: Bool { if case .mode = kind { true } else { false } }
}

extension SystemEvaluator {
  /// False where nothing can have changed at `y`, the end of a step, so that the step needs no looking after.
  package func mayChange(at y: UnsafePointer<Double>) -> Bool {
    statesHeld = !mayDiffer(at: y)
    return !statesHeld
  }

  private func mayDiffer(at y: UnsafePointer<Double>) -> Bool { watchesSignals || bounds.mayChange(y) }

  /// What is due at (time, y, y'): guards whose argument left its mode's side, states beyond a held bound and driven
  /// outward, pinned states driven inward, events whose argument changed sign.
  ///
  /// A free state within its tolerance beyond a bound is no event; with `strict` (when an instant is being located) the
  /// bound itself counts. One that nothing drives (a window that is 0 at the bound) is put there as well: beyond, it would
  /// have to come all the way back before it leaves.
  package func changes(
    time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, strict: Bool = false
  ) -> [Change] {
    guard mayDiffer(at: y) else { return [] }
    refreshSources(time)
    gather(y: y, rate: rate)
    var result: [Change] = []
    for (position, group) in groups.enumerated() where group.guards != nil || group.events != nil {
      if let guards = group.guards {
        guards.run(y: y, rate: rate, result: nil)
        for k in group.model.guards.indices { collectModes(group, position, k, &result) }
      }
      collectEvents(group, position, y, rate, &result)
    }
    for bounded in bounds.held { collectBounds(bounded, time, y, rate, strict, &result) }
    return result
  }

  private func collectModes(_ group: KernelGroup, _ position: Int, _ k: Int, _ result: inout [Change]) {
    let values = group.guardValues[k]
    let modes = group.modes[k]
    let includesZero = group.model.guards[k].includesZero
    let bands = group.bands[k]
    for instance in 0..<group.count {
      let value = values[instance]
      let band = bands[instance]
      let flips = modes[instance] != 0 ? (value < -band || (value == 0 && !includesZero && band == 0)) : (value > band)
      if flips { result.append(Change(group: position, instance: instance, kind: .mode(guard: k))) }
    }
  }

  private func collectEvents(
    _ group: KernelGroup, _ position: Int, _ y: UnsafePointer<Double>, _ rate: UnsafePointer<Double>,
    _ result: inout [Change]
  ) {
    guard let events = group.events else { return }
    events.arguments.run(y: y, rate: rate, result: nil)
    for (k, event) in group.model.events.enumerated() {
      for instance in 0..<group.count {
        let value = events.values[k][instance]
        let side = events.sides[k][instance]
        let rises = side <= 0 && value > 0
        let falls = side >= 0 && value < 0
        let due =
          switch event.edge {
          case .rise: rises
          case .fall: falls
          case .cross: (rises || falls) && side != 0
          }
        if due { result.append(Change(group: position, instance: instance, kind: .event(k))) }
      }
    }
  }

  private func collectBounds(
    _ bounded: StateBounds.Bounded, _ time: Double, _ y: UnsafePointer<Double>, _ rate: UnsafePointer<Double>,
    _ strict: Bool, _ result: inout [Change]
  ) {
    let group = bounded.group
    let first = bounded.first
    let x = y + first
    let pinned = group.pinned[bounded.position]
    guard group.hasPins || !bounded.holds(y), let position = groups.firstIndex(where: { $0 === group }) else { return }
    let drives = group.freeRates(y: y, rate: rate, position: bounded.position)
    for instance in 0..<group.count {
      let tolerance = strict ? 0 : absoluteTolerances[first + instance]
      let drive = drives[instance]
      if pinned[instance] != 0 {
        let atUpper = x[instance] >= bounded.upper[instance]
        if atUpper ? drive < 0 : drive > 0 {
          result.append(Change(group: position, instance: instance, kind: .release(position: bounded.position)))
        }
      } else if x[instance] > bounded.upper[instance] + tolerance, drive >= 0 {
        result.append(
          Change(group: position, instance: instance, kind: .pin(position: bounded.position, atUpper: true)))
      } else if x[instance] < bounded.lower[instance] - tolerance, drive <= 0 {
        result.append(
          Change(group: position, instance: instance, kind: .pin(position: bounded.position, atUpper: false)))
      }
      if drive == 0, !(x[instance] > bounded.lower[instance] && x[instance] < bounded.upper[instance]) {
        mayHoldStillState = true
      }
    }
  }

  /// Carries `changes` out together: modes flip, states are put on or let go from their bounds, events write (all right
  /// sides read before any is written).
  package func commit(
    _ changes: [Change], time: Double, y: UnsafeMutablePointer<Double>, rate: UnsafePointer<Double>
  ) {
    statesHeld = false
    refreshSources(time)
    gather(y: y, rate: rate)
    var writes: [(target: UnsafeMutablePointer<Double>, value: Double)] = []
    for change in changes {
      let group = groups[change.group]
      guard case .event(let k) = change.kind, let events = group.events else { continue }
      group.draws.draw(for: change.instance, from: generator)
      events.assignments.run(y: y, rate: rate, result: nil)
      var column = group.model.events[..<k].reduce(0) { $0 + $1.assignments.count }
      for assignment in group.model.events[k].assignments {
        let value = events.assigned[column][change.instance]
        column += 1
        switch assignment.target {
        case .memory(let memory): writes.append((group.memories[memory] + change.instance, value))
        case .variable(let variable):
          guard let position = group.local.internals.firstIndex(of: variable) else { continue }
          writes.append((y + group.firstUnknown + position * group.count + change.instance, value))
        }
      }
    }
    for write in writes { write.target[0] = write.value }
    takeSides(afterEventsAmong: changes, y: y, rate: rate)
    for change in changes {
      let group = groups[change.group]
      switch change.kind {
      case .mode(let k): group.modes[k][change.instance] = group.modes[k][change.instance] != 0 ? 0 : 1
      case .pin(let position, let atUpper):
        group.usePins()
        singleSweep = nil
        bounds.hasPins = true
        group.pinned[position][change.instance] = 1
        if let bounded = bounds.held.first(where: { $0.group === group && $0.position == position }) {
          y[bounded.first + change.instance] = atUpper ? bounded.upper[change.instance] : bounded.lower[change.instance]
        }
      case .release(let position): group.pinned[position][change.instance] = 0
      case .event: continue
      }
    }
  }

  /// An event that has written stands on the side of zero where its writing put it: a reset to zero itself is on
  /// neither side, so that falling through it is an event again.
  private func takeSides(
    afterEventsAmong changes: [Change], y: UnsafePointer<Double>, rate: UnsafePointer<Double>
  ) {
    for change in changes {
      guard case .event(let k) = change.kind, let events = groups[change.group].events else { continue }
      events.arguments.run(y: y, rate: rate, result: nil)
      let value = events.values[k][change.instance]
      events.sides[k][change.instance] = value > 0 ? 1 : value < 0 ? -1 : 0
    }
  }

  /// The sides that events start from: those at `y`, or where an argument is 0 there, those it goes to.
  package func startEventSides(
    time: Double, y: UnsafePointer<Double>, then later: UnsafePointer<Double>, at end: Double,
    rate: UnsafePointer<Double>
  ) {
    noteEventSides(time: end, y: later, rate: rate)
    noteEventSides(time: time, y: y, rate: rate)
  }

  /// Remembers on which side of zero every event's argument is after a step.
  package func noteEventSides(time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>) {
    guard hasEvents else { return }
    refreshSources(time)
    gather(y: y, rate: rate)
    for group in groups {
      guard let events = group.events else { continue }
      events.arguments.run(y: y, rate: rate, result: nil)
      for k in group.model.events.indices {
        for instance in 0..<group.count {
          let value = events.values[k][instance]
          if value != 0 { events.sides[k][instance] = value > 0 ? 1 : -1 }
        }
      }
    }
  }
}
