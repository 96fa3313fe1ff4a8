import Foundation
import Protocols
import Testing

/// The leaky integrator that fires and begins anew: its rate is 1/(tau ln(I/(I - 1))), class 1.
@Suite struct IntegratorTests {
  static let integrator = """
    .memristor cell (p n)
    state u = 0          ; -, its charge
    ddt(u) = (v - u)/1m
    on rise(u - 1)
    u = 0
    endon
    i = v/1meg
    .endmemristor
    Vin a 0 0
    N1 a 0 cell
    .tran 10u 20m
    .neuron cell input=Vin output=@n1[u] threshold=0.5 max=8 width=2m
    """

  static let record: NeuronRecord? = NetlistBench(integrator).bench.map {
    ProtocolCatalogue.examine($0) { _, _ in }
  }

  @Test func itFiresFromOneVoltOn() throws {
    // Within the time that it is watched a period of ln(1 + 1/x) must fit.
    #expect(abs(try #require(Self.record).value("onset") - 1) < 1e-4)
  }

  @Test func rateFollowsTheFormula() throws {
    let record = try #require(Self.record)
    #expect(record.rates.count > 10)
    for (input, rate) in record.rates where input > 1.01 {
      let expected = 1 / (1e-3 * log(input / (input - 1)))
      #expect(abs(rate / expected - 1) < 1e-4, "\(input) V")
    }
  }

  @Test func itIsOfClassOne() throws {
    #expect(try #require(Self.record).value("class") == 1)
  }

  /// Intervals like a logarithm, a root that diverges, a fold of cycles, and a line, at steps of 2e-2 to 2e-5.
  @Test func classFollowsFromTheIntervals() {
    let distances = [2e-2, 2e-3, 2e-4, 2e-5]
    #expect(RateProtocol.excitabilityClass(of: distances.map { 1 / (1 - log($0)) }, watchedFor: 1e6) == 1)
    #expect(RateProtocol.excitabilityClass(of: distances.map { $0.squareRoot() }, watchedFor: 1e6) == 1)
    #expect(RateProtocol.excitabilityClass(of: distances.map { 50 + $0.squareRoot() }, watchedFor: 1e6) == 2)
    #expect(RateProtocol.excitabilityClass(of: distances.map { 50 + $0 }, watchedFor: 1e6) == 2)
    #expect(RateProtocol.excitabilityClass(of: [50, 50, 50, 0], watchedFor: 1e6) == nil)
    // As slow as can be watched.
    #expect(RateProtocol.excitabilityClass(of: [4, 2, 1.5, 1.45], watchedFor: 2) == 1)
    #expect(RateProtocol.excitabilityClass(of: [4, 2, 1.5, 1.45], watchedFor: 4) == 2)
  }

  /// A saddle-node on the cycle: Morris and Lecar's fibre with the constants of class 1.
  @Test func rateFromZeroIsOfClassOne() throws {
    let bench = try #require(
      NetlistBench(
        """
        Istim 0 v  0
        Cm    v 0  20u
        NCa   v ca morris_lecar_calcium gmax=4m
        VCa   ca 0 120m
        NK    v k  morris_lecar_potassium v3=12m v4=17.4m rate=67
        VK    k 0  -84m
        RL    v l  {1/2m}
        VL    l 0  -60m
        .nodeset v(v)=-60m
        .tran 1m 500m
        .neuron fibre input=Istim output=v(v) threshold=0 max=1m
        """
      ).bench)
    let record = ProtocolCatalogue.examine(bench) { _, _ in }
    #expect(record.value("class") == 1)
    // The fold lies at 39.96 uA/cm2; so slow a rate takes a little more to be seen.
    #expect(record.value("onset") > 39.9e-6 && record.value("onset") < 40.1e-6)
    #expect(record.value("onset_rate") < 0.1 * record.value("rate_2"))
    // Without width= the standard pulse is as wide as the first spike.
    #expect(record.value("pulse_width") > 5e-3 && record.value("pulse_width") < 40e-3)
  }

  @Test func firingMustLast() {
    #expect(RateProtocol.sustainedRate(of: [0, 1, 2, 3], until: 4.5) == 1)
    #expect(RateProtocol.sustainedRate(of: [0, 1, 2, 3], until: 6) == 0)
    #expect(RateProtocol.sustainedRate(of: [1, 2], until: 2.5) == 0)
    #expect(RateProtocol.sustainedRate(of: [], until: 1) == 0)
  }
}
