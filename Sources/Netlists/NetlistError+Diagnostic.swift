internal import Diagnostics

/// The words of every complaint about a netlist's text.
extension NetlistError {
  var diagnostic: Diagnostic {
    switch self {
    case .emptyNetlist(let range, let hasTitle):
      Diagnostic(
        .error, "empty-netlist", hasTitle ? "the netlist is a title and nothing else" : "the netlist is empty",
        at: range, notes: ["the first line of a netlist is its title; elements and directives begin on the second"])
    case .binaryFile(let range, let name, let isUTF16):
      Diagnostic(
        .error, "binary-file",
        isUTF16 ? "'\(name)' is UTF-16 text; a netlist is UTF-8" : "'\(name)' is not text: it holds NUL bytes",
        at: range, fixIts: isUTF16 ? [FixIt("convert it, for example with 'iconv -f UTF-16 -t UTF-8'")] : [])
    case .fileTooLarge(let range, let name):
      Diagnostic(.error, "file-too-large", "'\(name)' is larger than 4 GiB, the most that one file may hold", at: range)
    case .lineTooLong(let range, let limit):
      Diagnostic(
        .error, "line-too-long", "this line with its continuations is longer than \(limit >> 20) MiB", at: range,
        caption: "begins here")
    case .invalidUTF8(let range):
      Diagnostic(
        .warning, "invalid-utf8", "this byte is not UTF-8 text", at: range, caption: "read as Latin-1",
        notes: ["outside comments a netlist is UTF-8; a file from an older program may be Latin-1"])
    case .titleLooksLikeStatement(let range):
      Diagnostic(
        .warning, "title-looks-like-statement", "the first line is the title: it is not simulated", at: range,
        caption: "reads like an element or a directive", fixIts: [FixIt("put a title line above it")])
    case .textAfterEnd(let range, let end):
      Diagnostic(
        .note, "text-after-end", "what stands below .end is not read", at: range,
        labels: [Label(end, "the netlist ends here")])
    case .recognisedDialect(let range, let dialect, let isHint):
      Diagnostic(
        .note, "recognised-dialect", "this is read as a netlist for \(dialect.title)", at: range,
        caption: isHint
          ? "this points to \(dialect.title), and nothing to another program" : "only \(dialect.title) knows this",
        notes: ["'.options dialect=ngspice' (or ltspice, xyce) says otherwise"])

    case .defaultResistance(let range, let name):
      Diagnostic(
        .warning, "default-resistance", "'\(name)' has no value and is taken for 1 kohm", at: range,
        caption: "expected a resistance", notes: ["Xyce's resistors without a value have 1 kohm"])
    case .strayContinuation(let range):
      Diagnostic(
        .error, "stray-continuation", "there is no line above that '+' could continue", at: range,
        notes: ["the title is not continued"])
    case .notAStatement(let range, let character):
      Diagnostic(
        .error, "not-a-statement", "a line cannot begin with '\(character)'", at: range,
        caption: "expected an element (a letter), a directive ('.'), a comment ('*') or a continuation ('+')")
    case .strayEquation(let range, let name):
      Diagnostic(
        .error, "stray-equation", "'\(name) = ...' is no element line", at: range,
        notes: ["parameters stand in '.param \(name) = ...', a device's equations between .memristor and .endmemristor"]
      )
    case .unclosedBracket(let range, let bracket):
      Diagnostic(
        .error, "unclosed-bracket", "this '\(bracket)' is not closed", at: range,
        caption: "expected '\(Self.closing(bracket))' to match it")
    case .unopenedBracket(let range, let bracket):
      Diagnostic(
        .error, "unopened-bracket", "this '\(bracket)' closes nothing", at: range,
        caption: "no '\(Self.opening(bracket))' before it")
    case .unclosedQuote(let range, let quote):
      Diagnostic(
        .error, "unclosed-quote", "this quote is not closed", at: range,
        caption: "expected another \(quote) on the line")
    case .missingValue(let range, let name):
      Diagnostic(.error, "missing-value", "'\(name) =' has no value", at: range, caption: "expected a value behind '='")
    case .adjacentPlaceholders(let range):
      Diagnostic(
        .error, "adjacent-placeholders", "two placeholders of a name need a separator between them", at: range,
        notes: ["without one, 1 and 11 give the same name as 11 and 1"],
        fixIts: [FixIt("write a letter or '_' between them, as in n{i}_{j}")])

    case .unknownDirective(let range, let name, let suggestion):
      Diagnostic(
        .error, "unknown-directive", "there is no directive '.\(name)'", at: range,
        fixIts: suggestion.map { [FixIt("did you mean '.\($0)'?", replacing: range, with: "." + $0)] } ?? [])
    case .refusedDirective(let range, let name, let reason):
      Diagnostic(.error, "refused-directive", "'.\(name)' is not supported: \(reason)", at: range)
    case .directiveWithoutEffect(let range, let name, let reason):
      Diagnostic(.note, "directive-without-effect", "'.\(name)' has no effect: \(reason)", at: range)
    case .packageWithoutEffect(let range, let package, let names, let reason):
      Diagnostic(
        .note, "option-without-effect",
        "'\(package)' options have no effect here: \(names.joined(separator: ", "))", at: range, caption: reason)
    case .malformedDirective(let range, let name, let form):
      Diagnostic(
        .error, "malformed-directive", "this .\(name) line is not complete or holds something else", at: range,
        caption: "expected \(form)")
    case .misplacedDirective(let range, let name, let block, let opening):
      Diagnostic(
        .error, "misplaced-directive", "'.\(name)' cannot stand inside .\(block)", at: range,
        labels: [Label(opening, "the .\(block) begins here")])

    case .unterminatedBlock(let opening, let keyword, let closer, let end, let followsEnd):
      Diagnostic(
        .error, "unterminated-block", "this .\(keyword) is not closed", at: opening,
        labels: [Label(end, "expected .\(closer) before this")],
        notes: followsEnd ? ["'.end' ends the whole netlist"] : [])
    case .unopenedBlock(let range, let closer, let opener):
      Diagnostic(
        .error, "unopened-block", "'.\(closer)' closes nothing", at: range, caption: "no .\(opener) is open here")
    case .mismatchedEnds(let range, let written, let expected, let opening):
      Diagnostic(
        .warning, "mismatched-ends", "this closes '\(written)', but the open subcircuit is '\(expected)'", at: range,
        labels: [Label(opening, "'\(expected)' begins here")],
        fixIts: [FixIt("write '.ends \(expected)'", replacing: range, with: expected)])
    case .branchAfterElse(let range, let name, let otherwise):
      Diagnostic(
        .error, "branch-after-else", "'.\(name)' cannot follow .else", at: range,
        labels: [Label(otherwise, "the last branch of the .if begins here")])
    case .nestingTooDeep(let range, let limit):
      Diagnostic(
        .error, "nesting-too-deep", "blocks are nested more than \(limit) deep", at: range,
        caption: "nothing from here on is read")
    case .duplicateDefinition(let range, let kind, let name, let first):
      // As in ngspice a model's second definition is left out; two circuits of one name are a mistake.
      kind == "model"
        ? Diagnostic(
          .warning, "duplicate-definition", "there are two models named '\(name)'", at: range,
          caption: "this one is left out", labels: [Label(first, "the first is here")])
        : Diagnostic(
          .error, "duplicate-definition", "there are two \(kind)s named '\(name)'", at: range,
          labels: [Label(first, "the first is here")])
    case .duplicateName(let range, let kind, let name, let first):
      Diagnostic(
        .error, "duplicate-name", "the \(kind) '\(name)' is listed twice", at: range,
        labels: [Label(first, "the first time here")])
    case .unfinishedEquation(let range, let ending, let next):
      Diagnostic(
        .error, "unfinished-equation", "this line stops behind '\(ending)', but the next begins something new",
        at: range,
        caption: "expected an operand", labels: [Label(next, "begins another line of the block")])
    case .commentLikeFactor(let range, let equation):
      Diagnostic(
        .warning, "comment-like-factor", "a line that begins with '*' is a comment, though this reads like a factor",
        at: range, labels: [Label(equation, "this does not go on below")],
        fixIts: [FixIt("end the line above with '*' to go on below")])

    case .unreadableFile(let range, let path, let reason):
      Diagnostic(.error, "unreadable-file", "cannot read '\(path)': \(reason)", at: range)
    case .missingLibrary(let range, let path):
      Diagnostic(
        .warning, "missing-library", "LTspice's library '\(path)' is not here and left out", at: range,
        notes: ["a model of it that is used has to be given by a .model line"])
    case .cyclicInclude(let range, let chain):
      Diagnostic(
        .error, "cyclic-include", "this file is being read already", at: range,
        notes: ["the circle: " + chain.joined(separator: " -> ")])
    case .tooManyIncludes(let range, let limit, let isDepth):
      Diagnostic(
        .error, "too-many-includes",
        isDepth ? "files include each other more than \(limit) deep" : "more than \(limit) files are included",
        at: range)
    case .unknownSection(let range, let name, let file, let suggestion):
      Diagnostic(
        .error, "unknown-section", "'\(file)' has no section '\(name)'", at: range,
        fixIts: suggestion.map { [FixIt("did you mean '\($0)'?", replacing: range, with: $0)] } ?? [])
    case .unusedSection(let range, let name):
      Diagnostic(
        .note, "unused-section", "the section '\(name)' is not read", at: range,
        notes: ["a section of a library is read by '.lib \"file\" \(name)'"])
    }
  }

  private static let brackets = ["(": ")", "[": "]", "{": "}"]

  private static func closing(_ bracket: String) -> String {
    brackets[bracket] ?? bracket
  }

  private static func opening(_ bracket: String) -> String {
    brackets.first { $0.value == bracket }?.key ?? bracket
  }
}
