// swift-tools-version: 6.1
// One section per target, in the order of the ladder in Docs/architecture.md; its test target stands beside it.
import PackageDescription

/// Every Swift target: explicit existentials, imports that name what they expose.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, resources: resources, swiftSettings: house
  )
}

/// Tests of what all layers do together.
func wholeTests(_ name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: ["Neuristor", "TestSupport"] + more, swiftSettings: house)
}

/// Batches on several machines: where NEURISTOR_MPI is set, as `make` does where Open MPI is installed.
let mpi: [Target] =
  Context.environment["NEURISTOR_MPI"] == nil
  ? []
  : [
    // MPI, whose constants are macros.
    .target(name: "CMPI", linkerSettings: [.linkedLibrary("mpi")]),
    .executableTarget(name: "neuristor-mpi", dependencies: ["CMPI", "Pipes"], swiftSettings: house),
  ]

let package = Package(
  name: "neuristor",
  products: [
    .library(name: "Neuristor", targets: ["Neuristor"]),
    .executable(name: "neuristor", targets: ["neuristor-cli"]),
    .executable(name: "neuristor-batches", targets: ["neuristor-batches"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
  ],
  targets: [
    // Text, places in it, complaints about it.
    layer("Diagnostics"),
    tests(of: "Diagnostics"),

    // The one expression language: tokens, tree, functions, constants.
    layer("Expressions", ["Diagnostics"]),
    tests(of: "Expressions", ["Diagnostics"]),

    // Vector mathematics in C: arrays in, arrays out.
    .target(name: "CVectorMath", linkerSettings: [.linkedLibrary("m")]),

    // Expressions as a graph: derivatives, simplification, vector programs.
    layer("Kernels", ["Diagnostics", "Expressions", "CVectorMath"]),
    tests(of: "Kernels", ["Diagnostics", "Expressions"]),

    // SPICE text to statements; knows no device.
    layer("Netlists", ["Diagnostics", "Expressions"]),
    tests(of: "Netlists", ["Diagnostics", "Expressions"]),

    // What an element means: card syntax and equations; the device language; the model texts.
    // The texts are read from disk when a netlist names them, not bundled: a bundle would link Foundation.
    layer("Devices", ["Diagnostics", "Expressions", "Netlists", "Kernels"], exclude: ["Models"]),
    tests(of: "Devices", ["Diagnostics", "Expressions", "Netlists", "Kernels"]),

    // Flattening: parameters, subcircuits, repetitions; topology faults.
    layer("Circuits", ["Diagnostics", "Expressions", "Netlists", "Devices", "Kernels"]),
    tests(of: "Circuits", ["Diagnostics", "Expressions", "Netlists", "Devices", "Kernels"]),

    // SUNDIALS IDA and SuiteSparse KLU as Debian ships them.
    .target(
      name: "CSundials", exclude: ["optimise-ida.sh"],
      linkerSettings: [.linkedLibrary("sundials_ida"), .linkedLibrary("sundials_generic"), .linkedLibrary("klu")]),

    // IDA, KLU, Newton, continuation, and what they ask of a problem; knows no circuit.
    layer("Solvers", ["CSundials"]),
    tests(of: "Solvers", ["CSundials"]),

    // Unknowns, eliminated nodes, F(t, y, y') and its Jacobian.
    layer("Equations", ["Diagnostics", "Expressions", "Kernels", "Devices", "Circuits", "Solvers"]),
    tests(
      of: "Equations",
      ["Diagnostics", "Expressions", "Kernels", "Netlists", "Devices", "Circuits", "Solvers", "TestSupport"]),

    // HDF5 as Debian ships it: its headers now, the library when a file asks for it.
    .target(name: "CHDF5"),

    // Signals, sinks, measurements, file formats, plots.
    layer("Waveforms", ["Diagnostics", "Expressions", "CHDF5"]),
    tests(of: "Waveforms", ["Diagnostics", "Expressions", "CHDF5"]),

    // .op .dc .tran: a system, a solver and a sink brought together.
    layer(
      "Analyses",
      ["Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Kernels", "Equations", "Solvers", "Waveforms"]),
    tests(
      of: "Analyses", ["Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Equations", "Waveforms"]),

    // What `compare` does to a neuron: pulses, pairs and steps at its port, and what is read off them.
    layer(
      "Protocols",
      ["Diagnostics", "Expressions", "Devices", "Circuits", "Equations", "Solvers", "Waveforms", "Analyses"]),
    tests(
      of: "Protocols",
      ["Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Waveforms", "Analyses", "TestSupport"]),

    // What `.control` blocks do: vectors, plots, commands.
    layer("Scripts", ["Diagnostics", "Expressions", "Netlists", "Waveforms"]),
    tests(of: "Scripts", ["Diagnostics", "Expressions", "Netlists", "Waveforms"]),

    // Messages between programs.
    layer("Pipes"),

    // Many runs on many threads, and the SQLite file that keeps them.
    .target(
      name: "Batches", dependencies: ["Diagnostics", "Expressions", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: house),
    tests(of: "Batches", ["Diagnostics"]),

    // The only public module: text in, results out.
    layer(
      "Neuristor",
      [
        "Diagnostics", "Expressions", "Kernels", "Netlists", "Devices", "Circuits", "Equations", "Solvers", "Waveforms",
        "Analyses", "Protocols", "Scripts",
      ]),
    tests(of: "Neuristor", ["TestSupport"]),

    // Netlists with many values: the plan of a batch, its runs, its results.
    layer(
      "Sweeps",
      [
        "Diagnostics", "Expressions", "Netlists", "Devices", "Circuits", "Waveforms", "Analyses", "Neuristor", "Pipes",
        "Batches",
      ]),

    // Which processor the program was compiled for.
    .target(name: "CProcessor"),

    // What programs have in common: arguments, terminal, exit status.
    layer(
      "Terminals", ["Neuristor", "CProcessor", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    // The program.
    .executableTarget(
      name: "neuristor-cli",
      dependencies: ["Neuristor", "Terminals", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: house),

    // The commands that know SQLite, a program of their own, so that a run does not load it.
    .executableTarget(
      name: "neuristor-batches",
      dependencies: [
        "Neuristor", "Sweeps", "Terminals", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    // The whole: the gallery, ngspice beside it, the pages of complaints, the documents, the program as a shell sees it, the house rules.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    wholeTests("Gallery"),
    wholeTests("Differential", ["Waveforms"]),
    wholeTests("Snapshot"),
    wholeTests("Fuzz"),
    wholeTests("Numerics"),
    wholeTests("Documentation", ["Analyses", "Devices", "Expressions", "Netlists"]),
    wholeTests("CommandLine", ["neuristor-cli", "neuristor-batches", .product(name: "GRDB", package: "GRDB.swift")]),
    wholeTests("Architecture"),
  ] + mpi
)
