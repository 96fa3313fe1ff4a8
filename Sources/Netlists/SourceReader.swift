/// How text comes in: handed to the parser, which opens no file itself.
package protocol SourceReader {
  /// The bytes of the file that `path` means when written in the file named `includer`, and its resolved name.
  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
}

package struct SourceReaderError: Error, Sendable {
  /// Why, in words that finish the sentence "cannot read 'x': ...".
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}
