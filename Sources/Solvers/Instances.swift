/// Calls `body` for 0 ..< count; a single instance is spared what a vector loop prepares before its first.
@inlinable
@inline(__always)
package func forEachInstance(_ count: Int, _ body: (Int) -> Void) {
  if count == 1 {
    body(0)
  } else {
    for instance in 0..<count { body(instance) }
  }
}
