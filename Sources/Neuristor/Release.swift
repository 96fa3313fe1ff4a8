/// Which release this is.
public enum Release {
  /// As semantic versioning has it.
  public static let number = "0.1.0"
}
