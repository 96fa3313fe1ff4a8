import Testing

@testable import Neuristor
