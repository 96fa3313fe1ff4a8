import TestSupport
import Testing

/// `--hdf5` as a shell sees it.
@Suite struct HDF5OutputTests {
  static let netlist = "netlists/neurons/hh_neuron.cir"

  @Test func filesAreWrittenAndRead() throws {
    let outcome = try Program.shell(
      """
      folder=$(mktemp -d)
      $neuristor run \(Self.netlist) --quiet --hdf5 $folder/a.h5 && $neuristor plot $folder/a.h5 --to $folder/a.svg
      echo $? $(grep -c '<svg' $folder/a.svg)
      rm -r $folder
      """)
    #expect(outcome.output.hasSuffix("0 1\n"))
  }

  @Test func aFullDiskKeepsWhatWasWritten() throws {
    let outcome = try Program.shell(
      """
      folder=$(mktemp -d)
      printf 'RC\\nV1 a 0 SIN(0 1 1k)\\nR1 a b 1k\\nC1 b 0 1u\\n.tran 1u 100m\\n.end\\n' > $folder/rc.cir
      (trap '' XFSZ; ulimit -f 300; $neuristor run $folder/rc.cir --quiet --hdf5 $folder/a.h5 2>&1; echo $?)
      $neuristor plot $folder/a.h5 --to $folder/a.svg; echo $?
      rm -r $folder
      """)
    #expect(outcome.output.contains("file too large"), "\(outcome.output)")
    #expect(outcome.output.hasSuffix("3\n0\n"))
  }

  /// Files of that name that are no libraries stand before the installed one.
  @Test func aMissingLibraryIsOneSentence() throws {
    let outcome = try Program.shell(
      """
      folder=$(mktemp -d)
      for version in 103 200 310; do touch $folder/libhdf5_serial.so.$version $folder/libhdf5.so.$version; done
      export LD_LIBRARY_PATH=$folder:$LD_LIBRARY_PATH
      $neuristor run \(Self.netlist) --quiet --csv $folder/a.csv && echo starts
      $neuristor run \(Self.netlist) --hdf5 $folder/a.h5 2>&1; echo $?
      rm -r $folder
      """)
    #expect(outcome.output.hasPrefix("starts\n"))
    #expect(outcome.output.contains("apt-get install libhdf5-dev"), "\(outcome.output)")
    #expect(outcome.output.contains("missing-hdf5"))
    #expect(outcome.output.hasSuffix("3\n"))
  }
}
