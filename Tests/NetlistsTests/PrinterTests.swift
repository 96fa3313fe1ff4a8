import Diagnostics
import Netlists
import Testing

@Suite struct PrinterTests {
  static let sample = """
    A sample of everything
    .param a=1 b = {2 * a} f(x)={x*2}
    .func g(x, y) = x*y
    V1 in 0 DC 1 PULSE(0 1,2n) AC 1 ; source
    E1 o 0 TABLE {v(a)} = (0,0) (1,1)
    B1 o 0 I = v(in,  o)*2 + 3
    R1 (in o) 1k
    .subckt seg p n params: d l=1u r={2*l}
    R1 p n {r} tc1=0.1
    .ends
    .for k = 1 to 10 step 2
    X{k} n{k} n{k+1} seg l={k * 1u}
    .if (k > 2)
    C{k} n{k} 0 1p
    .elseif (k == 2)
    .else
    L{k} n{k} 0 1n
    .endif
    .endfor
    .model d1 d(is=1e-14 n=2)
    .model d2 d
    .memristor m (p n) ; a device
      param g = 1 in [0, inf) ; S, conductance
      i = g*(v +
        1)
    .endmemristor
    .global vdd
    .ic v(n1)=1 @n1[x]=0.3
    .measure tran t trig v(in) val=0.5 rise=1 targ {v(a) - v(b)} val=0 fall=1
    .expect op v(v) = -65m tol=1n
    .plot v(a, b) title="a  b"
    .tran 1n 1u uic
    .end
    """

  @Test func printedTextParsesToTheSame() {
    let first = ParsedNetlist(Self.sample)
    #expect(first.faults == [])
    let second = ParsedNetlist(first.netlist.description)
    #expect(second.faults == [])
    #expect(second.netlist.description == first.netlist.description)
    #expect(second.statements.count == first.statements.count)
    #expect(second.elements.map(\.words) == first.elements.map(\.words))
    #expect(second.directives.map(\.values) == first.directives.map(\.values))
  }

  @Test func cardsArePrintedPlainly() {
    let parsed = ParsedNetlist(body: "V1  IN 0 PULSE( 0 , 1 ) DC =  5\n.OPT reltol = 1u")
    #expect(parsed.netlist.description == "title\nv1 IN 0 PULSE(0 1) dc=5\n.options reltol=1u\n")
  }
}
