import Glibc
import Solvers
import Testing

/// Values between steps, from the polynomial of the last one.
@Suite struct InterpolationTests {
  static func started() throws -> IDAIntegrator {
    let integrator = try IntegratorTests.forcedDecay(1e-6).integrator(y: [1, -19], rate: [-19, 400])
    integrator.setStopTime(2)
    while integrator.time < 1 { try integrator.step(towards: 2) }
    return integrator
  }

  @Test func polynomialFollowsTheSolution() throws {
    let integrator = try Self.started()
    let arena = Arena()
    let y = arena.doubles(2)
    let rate = arena.doubles(2)
    for share in [0.0, 0.25, 0.5, 0.9, 1] {
      let time = integrator.previousTime + share * (integrator.time - integrator.previousTime)
      integrator.interpolate(at: time, y: y, rate: rate)
      #expect(abs(y[0] - sin(time) - exp(-20 * time)) < 1e-4)
      #expect(abs(rate[0] - cos(time)) < 1e-2)
    }
    #expect(abs(y[0] - integrator.y[0]) < 1e-12)
  }

  @Test func timesBeyondTheStepAreItsEnds() throws {
    let integrator = try Self.started()
    let probe = try PolynomialProbe([0], of: integrator)
    probe.read()
    probe.evaluate(at: integrator.time + 1, rates: false)
    #expect(abs(probe.y[0] - integrator.y[0]) < 1e-12)
  }

  @Test func probeReadsItsUnknownsAlone() throws {
    let integrator = try Self.started()
    let arena = Arena()
    let y = arena.doubles(2)
    let rate = arena.doubles(2)
    let probe = try PolynomialProbe([1, 0, 1], of: integrator)
    probe.read()
    for share in [0.1, 0.5, 1] {
      let time = integrator.previousTime + share * (integrator.time - integrator.previousTime)
      integrator.interpolate(at: time, y: y, rate: rate)
      probe.evaluate(at: time, rates: true)
      for (place, unknown) in [1, 0, 1].enumerated() {
        #expect(abs(probe.y[place] - y[unknown]) <= 1e-13 * abs(y[unknown]))
        #expect(abs(probe.rate[place] - rate[unknown]) <= 1e-10 * max(1, abs(rate[unknown])))
      }
    }
  }
}
