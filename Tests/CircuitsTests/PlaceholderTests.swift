import Testing

@testable import Circuits
