internal import CProcessor
internal import Neuristor

/// What `--version` prints: the release, and the processor it was compiled for.
package enum Version {
  package static var text: String { "neuristor \(Release.number), built for \(String(cString: processor_of_build()))" }
}
