package enum EquationsPlaceholder {}
