import Neuristor
import Testing

/// Whatever the bytes are: an error, never a trap or a hang.
@Suite struct HostileInputTests {
  static let texts: [(name: String, bytes: [UInt8])] = [
    ("nothing", []),
    ("one newline", [10]),
    ("NUL bytes", [0, 1, 2, 3, 255, 254, 10, 0]),
    ("carriage returns", Array("title\r\nR1 a 0\r\n.end\r\n".utf8)),
    ("a line of 100 MB", Array("title\nR1 a 0 ".utf8) + [UInt8](repeating: 49, count: 100_000_000)),
    ("parentheses", bytes("title\n.param x={", ("(", 100_000), "1", (")", 100_000), "}\nR1 a 0 {x}\n")),
    ("signs", bytes("title\n.param x={", ("-", 100_000), "1}\nR1 a 0 {x}\n")),
    ("powers", bytes("title\n.param x={", ("2**", 100_000), "1}\nR1 a 0 {x}\n")),
    ("loops in loops", bytes("title\n", (".for k = 1 to 2\n", 1000), "R1 a 0 1k\n", (".endfor\n", 1000), ".end\n")),
    ("choices in choices", bytes("title\n", (".if (1)\n", 1000), "R1 a 0 1k\n", (".endif\n", 1000), ".end\n")),
    ("conditions", bytes("title\nB1 a 0 I=", ("if(v(a)>0,", 20_000), "1", (",2)", 20_000), "\n.op\n")),
    ("continuations", bytes("title\nR1 a 0\n", ("+\n", 100_000), ".end\n")),
    ("a loop without end", bytes("title\n.for k = 1 to 1e300\nR{k} a 0 1k\n.endfor\n")),
    ("a huge integer", bytes("title\n.for k = 1e18 to 1e18\nR{k} a 0 1k\n.endfor\n.op\n")),
    ("not a number", bytes("title\n.param x={0/0}\nR1 a 0 {x}\n.tran {x} {x}\n")),
    ("infinity", bytes("title\nV1 a 0 1e999\nR1 a 0 1k\n.tran 1 1e999\n")),
  ]

  private static func bytes(_ parts: (any Sendable)...) -> [UInt8] {
    parts.flatMap { part -> [UInt8] in
      if let (text, count) = part as? (String, Int) { return Array(String(repeating: text, count: count).utf8) }
      return Array((part as? String ?? "").utf8)
    }
  }

  @Test(arguments: texts.map(\.name))
  func isAnError(name: String) throws {
    let text = try #require(Self.texts.first { $0.name == name })
    var source = Source("", name: "hostile.cir")
    source.bytes = text.bytes
    let report = Simulator().check(source)
    #expect(report.hasErrors)
    #expect(!report.text().isEmpty)
    #expect(report.text().utf8.count < 200_000)
  }

  @Test func instancesAreCounted() {
    var netlist = "ten to the twelfth\n.subckt s0 a\nR1 a 0 1\n.ends\n"
    for level in 1...12 {
      netlist += ".subckt s\(level) a\n"
      for number in 1...10 { netlist += "X\(number) a s\(level - 1)\n" }
      netlist += ".ends\n"
    }
    netlist += "X1 a s12\nV1 a 0 1\n.op\n.end\n"
    #expect(Simulator().check(Source(netlist)).hasErrors)
  }
}
