import Devices
import Testing

/// Blocks that are wrong, and what is said about them: code, place, words.
struct DeviceErrorTests {
  /// Lines stand from line 2 on.
  @Test(arguments: [
    ("state x = 0\ni = x*v", ["missing-ddt 2:7 the state 'x' has no equation"]),
    ("i = v\ni = 2*v", ["second-equation 3:1 'i' has two equations"]),
    ("i = v\nv = 2*i", ["two-equations 3:1 a device gives its current or its voltage, not both"]),
    ("param g = 1", ["missing-equation 1:12 'dev' says nothing about its current"]),
    ("a = b\nb = c\nc = a\ni = a*v", ["equation-cycle 2:1 equations read each other in a circle: a -> b -> c -> a"]),
    ("param a = b\nparam b = a\ni = v", ["equation-cycle 2:7 equations read each other in a circle: a -> b -> a"]),
    ("i = v + i", ["equation-cycle 2:1 equations read each other in a circle: i -> i -> i"]),
    ("param g = 1\nG = 2\ni = v", ["name-clash 3:1 'G' and 'g' are one name: letter case is ignored"]),
    ("param g = 1\ng = 2\ni = v", ["name-clash 3:1 'g' is a parameter already"]),
    ("param time = 1\ni = v", ["reserved-name 2:7 'time' has a meaning of its own in a device block"]),
    ("i = v(q)", ["unknown-device-node 2:5 the device has no node 'q'"]),
    ("node m\ni = m*v", ["node-read-as-name 3:5 'm' is a node; its voltage is v(m)"]),
    ("i = v + i(v1)", ["closed-block 2:9 a device block cannot read the circuit around it"]),
    ("param g = v\ni = g*v", ["running-value 2:11 the default of a param must be a constant, but reads 'v'"]),
    (
      "state x in [0, v] = 0\nddt(x) = 1\ni = x*v",
      ["running-value 2:16 the bound of a range must be a constant, but reads 'v'"]
    ),
    ("ddt(y) = 1\ni = v", ["ddt-of-no-state 2:5 'y' is not declared; only a state has an equation ddt(...) ="]),
    ("state x\nddt(x) = 1\ni = v", ["missing-start 2:7 the state 'x' does not say where it begins"]),
    ("state x = 0\nddt(x) = 1\nddt(x) = 2\ni = v", ["second-equation 4:5 'ddt(x)' has two equations"]),
    ("var y = 0\ni = y", ["equation-count 2:5 0 lines 0 = for 1 unknown"]),
    ("0 = v - i\n0 = v", ["equation-count 2:1 2 lines 0 = for 1 unknown"]),
    (
      "i = v\nhello world", ["unreadable-device-line 3:1 this line of a device block is no equation and no declaration"]
    ),
    (
      "i = v\nstate x in 0..1 = 2\nddt(x) = 1",
      [
        "bad-range 3:1 this range cannot be read",
        "ddt-of-no-state 4:5 'x' is not declared; only a state has an equation ddt(...) =",
      ]
    ),
    ("i = v\non rise(v)\n", ["missing-endon 3:1 this event has no endon"]),
    ("i = v\nendon", ["stray-endon 3:1 endon closes no event"]),
    (
      "i = v\ng = 1\non fall(v)\ng = 2\nendon",
      ["event-target 5:1 an event sets memories and states; 'g' is a quantity"]
    ),
    ("i = v*normal()", ["random-number 2:7 normal() draws a number at an event, and this is none"]),
    (
      "i = v\nmemory d = 1\non fall(v)\nd = uniform(1, 2)\nendon", ["random-number 5:5 uniform() takes no arguments"]
    ),
    ("noise w = 1\ni = w*w*v", ["nonlinear-noise 3:1 the noise 'w' must enter linearly"]),
    (
      "noise w = 1\nstate x = w\nddt(x) = 1\ni = v",
      ["noise-misused 3:11 the noise 'w' may stand in currents and ddt lines only"]
    ),
    ("i = ddt(v)**2", ["nonlinear-rate 2:1 a time derivative may be added and multiplied by constants only"]),
    ("i(p, p) = v", ["branch-to-itself 2:1 a current needs two different nodes"]),
    (
      "func f(x) = g(x)\nfunc g(x) = f(x)\ni = f(v)",
      ["recursive-function 3:13 function 'f' calls itself"]
    ),
    (
      "i =",
      [
        "unfinished-equation 2:3 this line stops behind '=', but the next begins something new",
        "missing-equation 1:12 'dev' says nothing about its current",
      ]
    ),
    ("about source = Chua\ni = v", ["bad-about-line 2:1 an about line needs a key and a text in quotes"]),
  ])
  func faultIsExplained(lines: String, expected: [String]) {
    let (model, complaints) = compile(".memristor dev\n\(lines)\n.endmemristor\n")
    #expect(model == nil)
    #expect(complaints == expected)
  }

  @Test func everyFaultOfABlockComesAtOnce() {
    let (_, complaints) = compile(
      ".memristor dev\nstate x = 0\nstate y = q\nddt(y) = z\ni = g*v\n.endmemristor\n")
    #expect(complaints.count == 4)
    #expect(complaints.contains { $0.hasPrefix("missing-ddt 2:7") })
  }

  @Test func clashingNameIsReportedOnce() {
    let (_, complaints) = compile(".memristor dev\nparam w = 1\nstate W = 0\nddt(W) = v\ni = v\n.endmemristor\n")
    #expect(complaints == ["name-clash 3:7 'W' and 'w' are one name: letter case is ignored"])
  }

  @Test func numberThatSwallowsAStateIsAnError() {
    let (_, complaints) = compile(
      ".memristor dev\nparam gmax = 120m\nstate m = 0\nddt(m) = -3m\ni = gmax*m*v\n.endmemristor\n")
    #expect(complaints.count == 1)
    #expect(complaints.first?.contains(" 4:") == true)
  }
}
