/// Every statistic over a window that `.measure` knows; a new one is its file and a line here.
package enum MeasureCatalogue {
  package static let statistics: [any WindowStatistic.Type] = [
    Maximum.self, MaximumPlace.self, Minimum.self, MinimumPlace.self, PeakToPeak.self, Average.self,
    RootMeanSquare.self, Integral.self, FinalValue.self,
  ]

  /// Other spellings, as ngspice's users write them.
  private static let synonyms = ["integral": "integ"]

  package static func statistic(_ keyword: String) -> (any WindowStatistic.Type)? {
    let keyword = synonyms[keyword] ?? keyword
    return statistics.first { $0.keyword == keyword }
  }

  /// The words that may follow a measure's name.
  package static var keywords: [String] {
    ["find", "when", "deriv", "trig", "lobe", "param"] + statistics.map { $0.keyword }
      + CycleKind.allCases.map(\.rawValue)
  }
}
