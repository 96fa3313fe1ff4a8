package enum AnalysesPlaceholder {}
