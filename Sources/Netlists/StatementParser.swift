internal import Diagnostics
internal import Expressions

/// One parse: the files being read, the blocks open, the complaints so far.
///
/// Each logical line is one statement or opens, goes on with or closes a block; a faulty line is reported and left out.
struct StatementParser {
  /// Deepest nesting of blocks; reading stops at a deeper one, so that every later walk over the tree is shallow.
  static let deepestNesting = 64

  let reader: any SourceReader
  /// Whose netlist this is.
  let dialect: Dialect
  /// Whether `freq` in an expression is the frequency.
  let readsFrequency: Bool
  var sources: SourceMap
  var diagnostics = DiagnosticBag()
  var title: Located<String>
  /// The innermost block is the last; the first is the netlist.
  var blocks: [OpenBlock]
  /// The block of the memristor being read, which takes every line up to `.endmemristor`.
  var memristor: MemristorCollector?
  /// A block whose lines are no statements, up to its closer.
  var collected: CollectedBlock?
  var inclusion: InclusionChain
  /// Where `.end` stands in the file being read.
  var endOfNetlist: SourceRange?
  /// Blocks were nested too deep: nothing more is read.
  var isAbandoned = false
  /// Blocks of the file being read lie at and above this index: a file closes only what it opened.
  var firstBlockOfFile = 1

  /// With `isLibrary` the text is this program's own.
  init(_ file: FileID, in sources: SourceMap, reader: any SourceReader, isLibrary: Bool) {
    self.reader = reader
    self.sources = sources
    let start = SourceRange(file: file, start: 0, end: 0)
    title = Located("", start)
    let recognised = isLibrary ? nil : DialectReader(file, in: sources)
    dialect = recognised?.dialect ?? .ngspice
    readsFrequency = dialect == .xyce && recognised?.definesFrequency == false
    if let recognised, let sign = recognised.sign {
      diagnostics.report(NetlistError.recognisedDialect(sign, dialect, isHint: recognised.isHint))
    }
    blocks = [OpenBlock(.netlist, opening: start)]
    inclusion = InclusionChain(sources[file].name)
  }

  /// Reads `file` from its first line (or the second, behind the title) to its end or to `.end`.
  ///
  /// With `section`, only that part of a library is read; the names of all sections seen come back.
  @discardableResult
  mutating func read(_ file: FileID, section: String? = nil, hasTitle: Bool = false) -> [String] {
    guard isText(file) else { return [] }
    var lines = LineReader(file, in: sources, takesDollarNames: dialect == .xyce)
    if hasTitle { takeTitle(from: &lines) }
    var isEmpty = true
    var sections = SectionFilter(wanted: section)
    while endOfNetlist == nil, !isAbandoned, let line = lines.next(diagnostics: &diagnostics) {
      isEmpty = false
      if memristor != nil || collected != nil || sections.admits(line, diagnostics: &diagnostics) { parse(line) }
    }
    if isAbandoned {
      blocks.removeSubrange(1...)
      return sections.names
    }
    if hasTitle, isEmpty, !diagnostics.hasErrors {
      diagnostics.report(NetlistError.emptyNetlist(title.range, hasTitle: !title.value.isEmpty))
    }
    if let end = endOfNetlist, let rest = lines.rest() {
      diagnostics.report(NetlistError.textAfterEnd(rest, end: end))
    }
    sections.finish(at: lines.endOfFile, diagnostics: &diagnostics)
    closeBlocks(downTo: firstBlockOfFile, at: endOfNetlist ?? lines.endOfFile)
    endOfNetlist = nil
    return sections.names
  }

  private mutating func parse(_ line: LogicalLine) {
    if keep(line) || collect(line) { return }
    var line = line
    switch dialect {
    case .ltspice: line.text = line.text.withDecimalPoints
    case .xyce: line.text = line.text.withMegaSpelled.withoutDeviceKinds
    case .ngspice: break
    }
    do throws(NetlistError) {
      if let directive = DirectiveLine(line) {
        try parseDirective(directive)
      } else if line.text.bytes[0].isLetter {
        let read = try withFile(Card.element(line.text, diagnostics: &diagnostics))
        let card = try valued(readingTables(of: read).withoutSmoothing)
        for card in card.withoutControlExpression ?? card.withParts { add(.element(card)) }
      } else {
        throw .notAStatement(line.text.range(0..<1), character: Self.firstCharacter(of: line.text))
      }
    } catch {
      diagnostics.report(error)
    }
  }

  /// The card, of a resistor of Xyce's without a value with 1 kohm.
  private mutating func valued(_ card: Card) -> Card {
    guard dialect == .xyce, card.keyword.value.hasPrefix("r"), card.fields.count == 2,
      !card.assignments.contains(where: { $0.name.value == "r" })
    else { return card }
    diagnostics.report(NetlistError.defaultResistance(card.text.range, name: card.keyword.value))
    var end = card.text.range
    end.start = end.end
    var card = card
    card.fields.append(.word("1000", for: end))
    return card
  }

  private mutating func parseDirective(_ line: DirectiveLine) throws(NetlistError) {
    let name = line.keyword.value
    guard let directive = DirectiveCatalogue.directives[name] else {
      throw .unknownDirective(
        line.keyword.range, name: name,
        suggestion: Suggestion.nearest(to: name, among: DirectiveCatalogue.directives.keys.sorted()))
    }
    if try isMisplaced(line, directive.place) { return }
    switch directive.action {
    case .obey(let parse):
      try parse(&self, line)
    case .closeNothing(let opener):
      throw .unopenedBlock(line.keyword.range, closer: name, opener: opener)
    case .keep(let keyword):
      add(.directive(try Card.directive(line, keyword: keyword, diagnostics: &diagnostics)))
    case .collect:
      collected = CollectedBlock(line)
    case .refuse(let reason):
      throw .refusedDirective(line.keyword.range, name: name, reason: reason)
    case .ignore(let reason):
      throw .directiveWithoutEffect(line.keyword.range, name: name, reason: reason)
    }
  }

  /// Whether the directive may not stand in the blocks that are open; a block that it opens is passed over.
  private mutating func isMisplaced(_ line: DirectiveLine, _ place: Directive.Place) throws(NetlistError) -> Bool {
    let forbidden: [String] =
      switch place {
      case .anywhere: []
      case .outsideRepetition: ["for"]
      case .outsideSubcircuit: ["subckt"]
      case .topLevel: ["for", "subckt"]
      }
    guard let index = blocks.lastIndex(where: { forbidden.contains($0.keyword) }) else { return false }
    let (block, name) = (blocks[index], line.keyword.value)
    blocks[index].misplaced.append(
      .misplacedDirective(line.keyword.range, name: name, block: block.keyword, opening: block.opening))
    if name == "subckt" {
      try open(OpenBlock(.faulty(keyword: name), opening: line.keyword.range))
    } else if name == "memristor" || name == "control" || name == "data" {
      collected = CollectedBlock(line, isKept: false)
    }
    return true
  }

  private static func firstCharacter(of text: SourceText) -> String {
    String(String(decoding: text.bytes.prefix(16), as: UTF8.self).prefix(1))
  }
}

extension StatementParser {
  mutating func add(_ statement: Statement) {
    blocks[blocks.count - 1].statements.append(statement.read(in: dialect, readsFrequency: readsFrequency))
  }

  /// Refuses files that are no text; the place is the file's first byte.
  private mutating func isText(_ file: FileID) -> Bool {
    let source = sources[file]
    guard source.bytes.contains(0) else { return true }
    let isUTF16 = source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF])
    let start = SourceRange(file: file, start: 0, end: 0)
    diagnostics.report(NetlistError.binaryFile(start, name: source.name, isUTF16: isUTF16))
    return false
  }
}
