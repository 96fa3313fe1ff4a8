internal import Diagnostics
internal import Waveforms

/// What happens in the course of a run.
extension Diagnostic {
  private static func seconds(_ time: Double, digits: Int = 9) -> String {
    "t = \(NumberFormat.significant(time, digits: digits)) s"
  }

  static func sliding(_ range: SourceRange?, name: String, time: Double) -> Diagnostic {
    Diagnostic(
      .warning, "sliding", "\(name) turns again and again at \(seconds(time)): from here on it has a band", at: range,
      notes: ["the band is as wide as the tolerance of what is compared"],
      fixIts: [FixIt("give the comparison hysteresis if the device has any")])
  }

  static func chatter(_ range: SourceRange?, name: String, time: Double) -> Diagnostic {
    Diagnostic(
      .error, "chatter", "the run cannot go on at \(seconds(time)): \(name) turns again and again", at: range,
      fixIts: [FixIt("give the comparison hysteresis (a memory and two on blocks), or make the switching smooth")])
  }

  /// The time is told as far as rounding leaves it the same, which so many steps have in their hands.
  static func stalledNoise(_ range: SourceRange?, devices: [String], time: Double) -> Diagnostic {
    Diagnostic(
      .error, "stalled-noise",
      "the run hardly goes on at \(seconds(time, digits: 4)): over \(NoiseWatch.mostSteps) steps within one noisedt",
      at: range,
      notes: [
        "the root of a density that passes 0 is infinitely steep there", "noisy: \(devices.joined(separator: ", "))",
      ],
      fixIts: [
        FixIt("let the density bend before it comes to 0: (s + sqrt(s**2 + a**2))/2 with a small a, for s"),
        FixIt("if the circuit is that much faster than its noise, make noisedt smaller"),
      ])
  }

  static func endlessEvents(_ range: SourceRange?, names: [String], time: Double) -> Diagnostic {
    Diagnostic(
      .error, "endless-events",
      "the run cannot go on at \(seconds(time)): more than 100 events come at one instant", at: range,
      notes: names.map { "again and again: \($0)" },
      fixIts: [FixIt("let an event lead away from its own condition, or end the series by a memory")])
  }

  static func drivenLoop(_ range: SourceRange, _ names: [String]) -> Diagnostic {
    Diagnostic(
      .error, "driven-loop", "the voltages round a loop of coils do not add up to 0: \(names.joined(separator: ", "))",
      at: range, caption: "its direct current has no bound",
      fixIts: [FixIt("put the resistance of the winding into the loop, or start with uic and ic=")])
  }

  static func rampedJump(_ range: SourceRange?, source: String, time: Double) -> Diagnostic {
    Diagnostic(
      .warning, "ramped-jump", "\(source) jumps across a capacitor at \(seconds(time)), which takes endless current",
      at: range, notes: ["its jumps are made ramps a billionth as long as the time to the next corner"],
      fixIts: [FixIt("give the jump a rise time")])
  }

  static func restingOnBound(_ range: SourceRange?, state: String, bound: Double, time: Double) -> Diagnostic {
    Diagnostic(
      .note, "resting-on-bound",
      "\(state) lies on its bound \(NumberFormat.significant(bound)) at \(seconds(time)), where its rate is always 0",
      at: range, notes: ["it stays there for good; start inside the range if it is meant to move"])
  }

  static func notFinite(_ range: SourceRange?, signal: String, place: String) -> Diagnostic {
    Diagnostic(
      .error, "not-finite", "\(signal) has no finite value at \(place)", at: range,
      notes: ["what was computed before is kept"],
      fixIts: [FixIt("look for a division by zero, or a logarithm or root of a negative number, in what it is made of")]
    )
  }

  /// `ends`: where the branch ended first, and where those that were found in its place ended.
  static func lostBranch(_ range: SourceRange?, _ ends: [BranchEnd]) -> Diagnostic {
    var notes: [String] = []
    for (position, end) in ends.prefix(BranchEnd.mostNotes).enumerated() {
      if position == 0, let unknown = end.worstUnknown { notes.append("what resisted there: \(unknown)") }
      if position > 0 { notes.append("a branch ends again at \(end.place)") }
      notes += end.continuation.map { [$0] } ?? []
    }
    if ends.count > BranchEnd.mostNotes { notes.append("and \(ends.count - BranchEnd.mostNotes) times more") }
    return Diagnostic(
      .warning, "lost-branch", "the solution connected to zero bias ends at \(ends.first?.place ?? "")", at: range,
      notes: notes,
      fixIts: [FixIt("what follows may lie on another branch: check it, or give a guess by .nodeset")])
  }

  static func singularSteady(_ range: SourceRange?, device: String, state: String) -> Diagnostic {
    Diagnostic(
      .error, "singular-steady", "nothing determines the steady value of @\(device)[\(state)]", at: range,
      notes: ["at the operating point its rate does not depend on it: any value, or none, is steady"],
      fixIts: [FixIt("give state \(state) = value, or \(state)=value on the line of \(device)")])
  }
}
