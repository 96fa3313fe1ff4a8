import Testing

@testable import Netlists
