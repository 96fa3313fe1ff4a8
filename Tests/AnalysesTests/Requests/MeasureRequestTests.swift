import Analyses
import Diagnostics
import Expressions
import Testing
import Waveforms

@Suite struct MeasureRequestTests {
  @Test func findAtAndWhen() throws {
    guard case .find(0, .at(let time))? = measure(".measure tran m find i(n1)/v(p) at=6*t0").quantity else {
      Issue.record("not read")
      return
    }
    #expect(abs(time - 6e-3) < 1e-18)
    let when = measure(".meas tran m find v(a) when v(b)=vth rise=last td=1m to=5m")
    #expect(when.complaints.isEmpty)
    guard case .find(0, .crossing(let condition))? = when.quantity else {
      Issue.record("not read")
      return
    }
    #expect(
      condition
        == CrossingCondition(
          signal: 1, level: .constant(0.5), edge: .rise, occurrence: .last, window: AxisWindow(from: 1e-3, to: 5e-3)))
  }

  @Test func whenOneSignalCrossesAnother() {
    guard case .when(let condition)? = measure(".measure dc m when v(a, b)=v(c) cross=2").quantity else {
      Issue.record("not read")
      return
    }
    #expect(condition == CrossingCondition(signal: 0, level: .signal(1), occurrence: .number(2)))
    guard case .when(let difference)? = measure(".measure tran m when {v(a) - v(b)}=0 fall=1").quantity else {
      Issue.record("not read")
      return
    }
    #expect(difference == CrossingCondition(signal: 0, level: .constant(0), edge: .fall))
  }

  @Test func triggerAndTarget() {
    let read = measure(".measure tran m trig v(a) val='vth' rise=1 targ v(a) val=0.5 fall=1 td=2m")
    #expect(read.complaints.isEmpty)
    guard case .delay(.crossing(let trigger), .crossing(let target))? = read.quantity else {
      Issue.record("not read")
      return
    }
    #expect(trigger == CrossingCondition(signal: 0, level: .constant(0.5), edge: .rise))
    #expect(
      target == CrossingCondition(signal: 0, level: .constant(0.5), edge: .fall, window: AxisWindow(from: 2e-3)))
    guard case .delay(.at(1e-3), .crossing)? = measure(".measure tran m trig at=1m targ v(b) val=0.5 rise=2").quantity
    else {
      Issue.record("not read")
      return
    }
  }

  @Test(arguments: [
    ".measure tran m param='1 + 2' goal=5", ".measure tran m param '1 + 2'", ".measure tran m find par('v(a)*2') at=1m",
    ".measure tran m deriv v(a) at=1m", ".measure tran m deriv v(a) when v(b)=1 fall=last",
    ".measure tran m max v(a) goal=1 minval=0.1 weight=2", ".tran 1m 1\n.meas m max v(a)",
    ".tran 1m 1\n.meas m find v(a) at=1m",
  ])
  func formsOfOtherSimulators(_ line: String) {
    let read = measure(line)
    #expect(read.complaints.isEmpty)
    #expect(read.quantity != nil)
  }

  @Test(arguments: ["max", "max_at", "min", "min_at", "pp", "avg", "rms", "integ"])
  func statistics(_ keyword: String) {
    guard
      case .statistic(let statistic, 0, let window)? = measure(".measure tran m \(keyword) v(a) from=1m to=2m").quantity
    else {
      Issue.record("not read")
      return
    }
    #expect(statistic.keyword == keyword)
    #expect(window == AxisWindow(from: 1e-3, to: 2e-3))
  }

  @Test func aroundSpikesAndLobes() {
    let around = measure(".measure tran m avg p(vdd) around=s before=1m after=4m\n.spikes s v(out)")
    #expect(around.complaints.isEmpty)
    guard case .statisticAroundSpikes(_, 1, SpikeWindow(train: 0, before: 1e-3, after: 4e-3))? = around.quantity else {
      Issue.record("not read")
      return
    }
    guard case .lobe(0, 1, .negative, nil)? = measure(".measure tran m lobe i(n1) v(p) side=-").quantity else {
      Issue.record("not read")
      return
    }
    guard case .lobe(0, 1, .positive, .some)? = measure(".measure tran m lobe i(n1) v(p) from=1m").quantity else {
      Issue.record("not read")
      return
    }
  }

  @Test func equalSignalsAreWatchedOnce() {
    let read = requests(".measure tran a max v(out)\n.measure tran b min V(out)\n.measure tran c avg {v(out) * 2}")
    #expect(read.requests.plans[.tran]?.watched.count == 2)
  }

  @Test(arguments: [
    (".measure tran m maxi v(a)", "'maxi' is not a measure"),
    (".measure tran m find v(a)", "'find' does not say when"),
    (".measure tran m when v(a)", "'when' does not say which level the signal is to cross"),
    (".measure tran m trig v(a) val=1 rise=1", "'trig' has no 'targ'"),
    (".measure tran m max v(a) form=1m", "'.measure' knows no 'form=' here"),
    (".measure tran m when v(a)=1 rise=0", "'rise=' counts crossings: it is a whole number from 1 on, or last"),
    (".measure tran m max 3", "'3' is a constant, not a signal"),
    (".measure tran m max v(c*)", "'.measure' wants one signal here, and a pattern stands for many"),
    (".measure tran m", "'m' does not say what to measure"),
    (".measure trna m max v(a)", "'trna' is not an analysis"),
    (".measure tran m avg v(a) around=t before=1m after=1m", "there is no '.spikes t'"),
    (".measure tran m max v(a) from=2m to=1m", "the window ends at 1m before it begins at 2m"),
    (".measure tran m param='x + 1'", "there is no result named 'x'"),
    (".measure tran m lobe i(n1) v(p) side=up", "'side=up' is neither + nor -"),
  ]) func faultsAreNamed(_ line: String, _ message: String) {
    let read = measure(line)
    #expect(read.complaints.map(\.message) == [message])
    #expect(read.complaints.allSatisfy { $0.range != nil })
  }

  @Test func aLikelySpellingIsProposed() {
    #expect(measure(".measure tran m max_ta v(a)").complaints.first?.fixIts.first?.message == "did you mean 'max_at'?")
  }
}
