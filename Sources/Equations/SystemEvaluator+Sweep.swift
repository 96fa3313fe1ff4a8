package import Solvers

extension SystemEvaluator: SweptProblem {
  package func sweep(_ trial: Trial, matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>) -> Bool {
    refreshSources(trial.time)
    if kinks.wantModes(at: trial.time) { followKinks(trial.uncorrected) }
    if let single = singleSweep(matrix, solution) {
      linear.bringUpToDate(sources)
      return single._withUnsafeGuaranteedRef { $0.run(trial) }
    }
    formBorder(trial)
    linear.evaluate(sources, y: borderY, rate: borderRate, into: matrix.borderRightSide)
    let crew = crew
    let watches = mayTellFarStates && !trial.isCorrected
    if watches { statesAreFar = true }
    var isInside = true
    for batch in 0..<groups.count {
      let holds = sweptGroups[batch]._withUnsafeGuaranteedRef {
        $0.sweep(
          trial, borderY, borderRate, batch: batch, matrix: matrix, into: solution, crew: crew, watches: watches)
      }
      isInside = isInside && holds
      if watches { statesAreFar = statesAreFar && sweptGroups[batch]._withUnsafeGuaranteedRef(\.statesAreFar) }
    }
    return isInside
  }

  /// Whether the last sweep went over all groups at once.
  package var sweepsOnce: Bool { singleSweep != nil }

  @inline(__always)
  private func singleSweep(
    _ matrix: BorderedMatrix, _ solution: UnsafeMutablePointer<Double>
  ) -> Unmanaged<SingleSweep>? {
    if let swept, swept._withUnsafeGuaranteedRef({ $0.serves(matrix, solution) }) { return swept }
    if mayTrySingleSweep { findSingleSweep(matrix, solution) }
    return mayTrySingleSweep ? swept : nil
  }

  private func findSingleSweep(_ matrix: BorderedMatrix, _ solution: UnsafeMutablePointer<Double>) {
    singleSweep = crew == nil ? SingleSweep(self, matrix, into: solution) : nil
    mayTrySingleSweep = singleSweep != nil
  }

  private func formBorder(_ trial: Trial) {
    guard let crew, borderCount >= Crew.leastWork else {
      return trial.form(0, borderCount, into: borderY, rate: borderRate)
    }
    crew.run { member in
      let share = crew.share(of: member, in: borderCount)
      trial.form(share.lowerBound, share.count, into: borderY + share.lowerBound, rate: borderRate + share.lowerBound)
    }
  }

  /// From now on the members of `crew` share the work of a sweep, where there is enough of it.
  package func employ(_ crew: Crew) {
    self.crew = crew
    for _ in 1..<crew.size {
      let blocks = SweepBlocks(system.compiled.facts(of: system), length: SweepBlocks.length)
      for group in groups { group.addStation(blocks) }
    }
  }

  /// Whether some group has work for more than one thread.
  package var isWorthCrew: Bool {
    groups.contains { $0.count >= Crew.leastWork && $0.sweepWiring?.isDivisible == true }
  }

  /// Modes of comparisons whose branches meet are those of the prediction.
  private func followKinks(_ prediction: Trial) {
    let (y, rate) = (trialValues, trialRates)
    prediction.form(all: count, into: y, rate: rate)
    gather(y: y, rate: rate)
    kinks.follow(groups, time: prediction.time, y: y, rate: rate)
  }

  package func noteFailedSweep(_ trial: Trial) {
    let (y, rate) = (trialValues, trialRates)
    trial.form(all: count, into: y, rate: rate)
    // A correction that is not finite came from the fault itself: then the prediction is what is known.
    if !(0..<count).allSatisfy({ y[$0].isFinite }) { trial.uncorrected.form(all: count, into: y, rate: rate) }
    guard bounds.openRangesHold(y) else { return }
    refreshSources(trial.time)
    gather(y: y, rate: rate)
    // Modes stay those of the sweep; an evaluation without a value is noted (`faultPoint`).
    let scratch = Arena()
    _ = evaluate(y: y, rate: rate, into: scratch.doubles(count)) { $0.residual }
    withExtendedLifetime(scratch) {}
  }
}
