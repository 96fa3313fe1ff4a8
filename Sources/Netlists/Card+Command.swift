package import Diagnostics
internal import Expressions

extension Card {
  /// The card of a directive whose dot was left out, as commands of a script are: `tran 1u 1m`; nil after a complaint, or
  /// where no layer takes such a card.
  package static func command(_ text: SourceText, diagnostics: inout DiagnosticBag) -> Card? {
    var dotted = SourceText(file: text.file, bytes: [UInt8(ascii: ".")], origin: text.range.start)
    for (index, piece) in text.pieces.enumerated() {
      let end = index + 1 < text.pieces.count ? text.pieces[index + 1].offset : text.bytes.count
      dotted.append(text.bytes[piece.offset..<end], origin: piece.origin)
    }
    guard let line = DirectiveLine(LogicalLine(text: dotted, comment: "", starLineBelow: nil)) else { return nil }
    do throws(NetlistError) {
      switch DirectiveCatalogue.directives[line.keyword.value]?.action {
      case .keep(let keyword): return try Card.directive(line, keyword: keyword, diagnostics: &diagnostics)
      case .refuse(let reason): throw .refusedDirective(line.keyword.range, name: line.keyword.value, reason: reason)
      default: return nil
      }
    } catch {
      diagnostics.report(error)
      return nil
    }
  }
}

extension Netlist {
  /// The `.control` blocks of the top level, in order, as one.
  package var script: Script? {
    let scripts = statements.compactMap { if case .script(let script) = $0 { script } else { nil } }
    guard var script = scripts.first else { return nil }
    for other in scripts.dropFirst() { script.lines += other.lines }
    return script
  }
}
