internal import CProcessor

/// What `--version` prints: the release, and the processor it was compiled for.
enum Version {
  static let number = "0.1.0"

  static var text: String { "neuristor \(number), built for \(String(cString: processor_of_build()))" }
}
