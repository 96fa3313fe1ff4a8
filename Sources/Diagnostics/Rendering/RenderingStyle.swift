/// Whether a drawn complaint is coloured; only who owns the terminal knows.
package enum RenderingStyle: Sendable {
  case plain, colour

  /// What a piece of a drawn complaint is, which decides its colour.
  enum Role {
    case severity(Severity)
    case message, place, gutter, label, help
  }

  func paint(_ text: String, as role: Role) -> String {
    guard self == .colour, !text.isEmpty else { return text }
    let code =
      switch role {
      case .severity(.error): "1;31"
      case .severity(.warning): "1;33"
      case .severity(.note): "1;36"
      case .message, .place: "1"
      case .gutter, .label: "34"
      case .help: "32"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
