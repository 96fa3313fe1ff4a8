/// A function that every expression may call.
package struct Function: Sendable {
  package var name: String
  /// The name under which the meaning is known: `log` and `ln` are one function, canonically `ln`.
  package var canonicalName: String
  /// Names of the arguments, for documentation.
  package var parameters: [String]
  package var argumentCount: ClosedRange<Int>
  /// One line on what it gives.
  package var documentation: String
  /// Where it has a value, as a condition on its parameters; nil: everywhere.
  package var domain: String?
  /// The value for as many arguments as `argumentCount` allows; NaN outside the domain.
  package var value: @Sendable ([Double]) -> Double

  init(
    _ name: String, _ parameters: String..., domain: String? = nil, about documentation: String,
    value: @escaping @Sendable ([Double]) -> Double
  ) {
    self.name = name
    canonicalName = name
    self.parameters = parameters
    argumentCount = parameters.count...parameters.count
    self.domain = domain
    self.documentation = documentation
    self.value = value
  }

  /// The same function with `count` arguments.
  func taking(_ count: ClosedRange<Int>) -> Function {
    var function = self
    function.argumentCount = count
    return function
  }

  /// The same function under another name.
  func alias(_ name: String) -> Function {
    var function = self
    function.name = name
    return function
  }
}
