internal import Foundation
internal import GRDB

extension BatchFile {
  /// Signals whose waveforms are kept, each once: those of the last analysis that has any.
  package func keptSignals() throws(BatchError) -> (analysis: String, signals: [String])? {
    let rows = try read { database in
      try Row.fetchAll(
        database, sql: "SELECT analysis, signal FROM waveforms GROUP BY analysis, signal ORDER BY min(rowid)"
      ).map { ($0["analysis"] as String, $0["signal"] as String) }
    }
    guard let analysis = rows.last?.0 else { return nil }
    return (analysis, rows.filter { $0.0 == analysis }.map(\.1))
  }

  /// The waveforms of one run, the axis first; columns that cannot be read are left out.
  package func waveforms(ofRun run: Int, analysis: String) throws(BatchError) -> [BatchRecord.Waveform] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM waveforms WHERE run = ? AND analysis = ? ORDER BY rowid",
        arguments: [run, analysis])
      return rows.compactMap { row in
        let data: Data = row["data"]
        guard let values = Deflate.decode(Array(data), row["encoding"], count: row["points"]) else { return nil }
        return BatchRecord.Waveform(analysis: analysis, signal: row["signal"], unit: row["unit"], values: values)
      }
    }
  }
}
