import Testing

/// `normal()` and `uniform()` of `on` blocks: keyed by seed, device and event, so that nothing else matters.
@Suite struct RandomNumberTests {
  /// A device that adds up what it draws at every upward crossing of its voltage.
  private static let sampler = """
    .memristor sampler
      memory count = 0
      memory even = 0
      memory evens = 0
      memory squares = 0
      memory bell = 0
      memory bells = 0
      memory powers = 0
      i = 1u*v
      func bit(u) = if(u < 0.25, 1, 0)
      memory quarter = 0
      on rise(v)
        count = count + 1
        even = uniform()
        evens = evens + uniform() + uniform() + uniform() + uniform()
        bell = normal()
        bells = bells + normal() + normal() + normal() + normal()
        powers = powers + normal()**2 + normal()**2 + normal()**2 + normal()**2
        quarter = quarter + bit(uniform()) + bit(uniform()) + bit(uniform()) + bit(uniform())
      endon
    .endmemristor
    """

  private static func run(_ lines: String, devices: String = "N1 a 0 sampler\nN2 a 0 sampler") -> NetlistRun {
    NetlistRun(
      """
      \(sampler)
      V1 a 0 SIN(0 1 1k 0.1m)
      \(devices)
      .tran 0.1m 20m
      .save @n1[even] @n2[even] @n1[bell] @n2[bell]
      \(lines)
      """)
  }

  @Test func equalSeedsGiveEqualBits() {
    let first = Self.run(".options seed=5")
    let second = Self.run(".options seed=5")
    #expect(first.codes == [])
    for name in ["@n1[even]", "@n2[even]", "@n1[bell]", "@n2[bell]"] {
      let column = first.column(name)
      #expect(Set(column).count == 21, "\(name)")
      #expect(column == second.column(name))
    }
    #expect(first.column("@n1[even]") != first.column("@n2[even]"))
    #expect(first.column("@n1[bell]") != first.column("@n2[bell]"))
    #expect(first.column("@n1[bell]") != Self.run(".options seed=6").column("@n1[bell]"))
  }

  /// Neither the order of lines, nor other devices, nor steps have a say.
  @Test func numbersBelongToTheirDevice() {
    let first = Self.run("", devices: "N1 a 0 sampler\nN2 a 0 sampler")
    let other = Self.run(
      ".options reltol=1e-6",
      devices: "N9 b 0 sampler\nV9 b 0 SIN(0 1 3.3k)\nN2 a 0 sampler\nR1 a b 1k\nN1 a 0 sampler")
    for name in ["@n1[even]", "@n2[even]", "@n1[bell]", "@n2[bell]"] {
      let values = { (run: NetlistRun) in
        run.column(name).reduce(into: [Double]()) { if $0.last != $1 { $0.append($1) } }
      }
      #expect(values(first).count == 21)
      #expect(values(first) == values(other))
    }
  }

  /// Five standard errors over 4 x 500 numbers.
  @Test func meansAndVariances() {
    let run = NetlistRun(
      """
      \(Self.sampler)
      V1 a 0 SIN(0 1 1k 0.1m)
      N1 a 0 sampler
      .tran 1m 500.05m
      .measure tran count find @n1[count] at=500.05m
      .measure tran evens find @n1[evens] at=500.05m
      .measure tran bells find @n1[bells] at=500.05m
      .measure tran powers find @n1[powers] at=500.05m
      .measure tran quarter find @n1[quarter] at=500.05m
      """)
    let n = 4 * run["count"]
    #expect(n == 2000)
    let error = 5 / n.squareRoot()
    #expect(abs(run["evens"] / n - 0.5) < error * (1.0 / 12).squareRoot())
    #expect(abs(run["bells"] / n) < error)
    #expect(abs(run["powers"] / n - 1) < error * 2.0.squareRoot())
    #expect(abs(run["quarter"] / n - 0.25) < error * (0.25 * 0.75).squareRoot())
  }

  @Test func elsewhereTheyAreRefused() {
    func codes(_ block: String) -> [String] {
      NetlistRun(".memristor d\nmemory g = 1\n\(block)\n.endmemristor\nN1 a 0 d\nV1 a 0 1\n.op").codes
    }
    #expect(codes("i = normal()*v") == ["random-number"])
    #expect(codes("i = g*v\non rise(v - uniform())\ng = 2\nendon") == ["random-number"])
    #expect(codes("i = g*v\non rise(v)\ng = normal(1, 2)\nendon") == ["random-number"])
    #expect(codes("i = g*v\non rise(v)\ng = 2 + normal()\nendon") == [])
    #expect(NetlistRun("R1 a 0 1\nV1 a 0 1\n.op\n.options seed=-1").codes == ["wrong-option-value"])
  }
}
