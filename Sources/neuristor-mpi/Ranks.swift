internal import CMPI
internal import Glibc

/// The two parts that a rank can play.
enum Ranks {
  /// Rank 0: numbers of runs go from the keeper's list to whoever is free, what is found goes back to the keeper.
  static func keep(_ child: Child, ranks: Int32) -> Int32 {
    // The keeper says first which runs are left, 8 bytes each; nothing where it refuses the batch.
    let list = child.receive() ?? []
    let runs = stride(from: 0, to: list.count, by: 8).map { Array(list[$0..<$0 + 8]) }
    var next = 0
    var working = ranks - 1
    while working > 0 {
      let (message, sender) = MPI.receive()
      if !message.isEmpty, !child.send(message) {
        // The keeper has given up, for want of room say, and has said so.
        next = runs.count
      }
      if next < runs.count {
        MPI.send(runs[next], to: sender)
        next += 1
      } else {
        MPI.send([], to: sender)
        working -= 1
      }
    }
    child.closeInput()
    return child.wait()
  }

  /// Other ranks: ask, do, tell, until nothing is left.
  static func work(_ child: Child, rank: Int32) -> Int32 {
    var found: [UInt8] = []
    while true {
      MPI.send(found, to: 0)
      let run = MPI.receive(from: 0)
      if run.isEmpty { break }
      guard child.send(run), let record = child.receive() else {
        Words.complain(
          "rank \(rank) has lost its simulator in the midst of a run; the job ends. Runs that were finished are kept, and the "
            + "same command goes on with the others.\n")
        mpi_abort(3)
        return 3
      }
      found = record
    }
    child.closeInput()
    _ = child.wait()
    return 0
  }
}

/// Messages between ranks.
enum MPI {
  static func send(_ message: [UInt8], to rank: Int32) {
    message.withUnsafeBytes { mpi_send($0.baseAddress, Int64($0.count), rank) }
  }

  static func receive() -> (message: [UInt8], sender: Int32) {
    var count: Int64 = 0
    let sender = mpi_wait(-1, &count)
    return (take(count, from: sender), sender)
  }

  static func receive(from rank: Int32) -> [UInt8] {
    var count: Int64 = 0
    let sender = mpi_wait(rank, &count)
    return take(count, from: sender)
  }

  private static func take(_ count: Int64, from rank: Int32) -> [UInt8] {
    var message = [UInt8](repeating: 0, count: Int(count))
    message.withUnsafeMutableBytes { mpi_receive($0.baseAddress, count, rank) }
    return message
  }
}

enum Words {
  static func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
