import Devices
import Testing

/// A model as `inspect` shows it.
struct ModelPrintingTests {
  @Test func everyPartOfAModelIsPrinted() throws {
    let (model, complaints) = compile(
      """
      .memristor dev
      param g = 2m in [0, inf) ; S, conductance
      input ca = 3
      memory d = 1
      state x in (0, 1] tol=1u = 0.5 ; -, opening
      q = x*v
      ddt(x) = d*(q - x)
      on rise(v > 1)
        d = -d
      endon
      i = if(v > 0, g*q, 0) + ca + ddt(1p*v)
      .endmemristor

      """)
    #expect(complaints.isEmpty)
    let text = try #require(model).description
    for line in [
      "device dev (p n)", "    g = 0.002 in [0, inf) S", "    v: v(p,n)", "    ca: signal, else 3", "    d = 1",
      "    x: state in (0, 1] tol=1e-06 = 0.5", "    mode0: v > 0", "    on rise(v - 1)", "      d = -d",
      "    conducts p n",
    ] {
      #expect(text.split(separator: "\n").contains { $0 == line }, "\(line) is missing in\n\(text)")
    }
  }

  @Test func deepFormulasArePrintedInPieces() throws {
    let lines = (1...2000).map { "q\($0) = sin(q\($0 + 1)) + q\($0 + 1)" } + ["q2001 = v", "i = q1"]
    let model = try #require(compile(".memristor dev\n\(lines.joined(separator: "\n"))\n.endmemristor\n").model)
    #expect(model.description.utf8.count < 400_000)
  }
}
