import Testing

@testable import Equations
