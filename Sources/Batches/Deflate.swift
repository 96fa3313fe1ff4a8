internal import Glibc

/// Columns of doubles made small: the bytes of equal weight side by side, which change slowly, then zlib, whose library
/// is opened on first use. Where it is missing numbers are kept as they are.
enum Deflate {
  /// How a column is kept; the name stands beside it in the file.
  enum Encoding: String {
    /// Little-endian doubles.
    case plain = "f8"
    /// The first bytes of all, the second bytes of all, ..., deflated.
    case shuffled = "f8-shuffle-zlib"
  }

  private typealias Compress =
    @convention(c) (
      UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt>?, UnsafePointer<UInt8>?, UInt, Int32
    ) -> Int32
  private typealias Uncompress =
    @convention(c) (
      UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt>?, UnsafePointer<UInt8>?, UInt
    ) -> Int32

  private static let functions: (compress: Compress, uncompress: Uncompress)? = {
    guard let library = dlopen("libz.so.1", RTLD_NOW), let compress = dlsym(library, "compress2"),
      let uncompress = dlsym(library, "uncompress")
    else { return nil }
    return (unsafeBitCast(compress, to: Compress.self), unsafeBitCast(uncompress, to: Uncompress.self))
  }()

  static func encode(_ values: [Double]) -> (encoding: Encoding, bytes: [UInt8]) {
    let plain = values.withUnsafeBytes { Array($0) }
    guard let functions, values.count > 8 else { return (.plain, plain) }
    var shuffled = [UInt8](repeating: 0, count: plain.count)
    let count = values.count
    for index in 0..<count {
      for byte in 0..<8 { shuffled[byte * count + index] = plain[8 * index + byte] }
    }
    var length = UInt(plain.count)
    var packed = [UInt8](repeating: 0, count: plain.count)
    // What does not become smaller does not fit, and stays as it is.
    guard functions.compress(&packed, &length, shuffled, UInt(shuffled.count), 3) == 0 else { return (.plain, plain) }
    return (.shuffled, Array(packed.prefix(Int(length))))
  }

  /// Nil where the bytes are no such column.
  static func decode(_ bytes: [UInt8], _ encoding: String, count: Int) -> [Double]? {
    guard count >= 0, let encoding = Encoding(rawValue: encoding) else { return nil }
    var plain = bytes
    if encoding == .shuffled {
      guard let functions else { return nil }
      var shuffled = [UInt8](repeating: 0, count: 8 * count)
      var length = UInt(8 * count)
      guard functions.uncompress(&shuffled, &length, bytes, UInt(bytes.count)) == 0, length == 8 * count else {
        return nil
      }
      plain = [UInt8](repeating: 0, count: 8 * count)
      for index in 0..<count {
        for byte in 0..<8 { plain[8 * index + byte] = shuffled[byte * count + index] }
      }
    }
    guard plain.count == 8 * count else { return nil }
    return plain.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }
}
