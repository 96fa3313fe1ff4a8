public struct Simulator: Sendable { public init() {} }
