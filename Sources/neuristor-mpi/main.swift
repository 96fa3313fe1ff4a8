internal import CMPI
internal import Glibc

// `mpirun -n R neuristor-mpi sweep ...`: rank 0 keeps the file and hands out runs one by one, the others do them.
//
// Each rank starts `neuristor sweep ... --part keeper|worker` beside itself and carries messages between it and the other
// ranks, so that neither the program nor its threads know of MPI.
mpi_begin()
let rank = mpi_rank()
let arguments = Array(CommandLine.arguments.dropFirst())
let part = mpi_size() == 1 ? nil : rank == 0 ? "keeper" : "worker"
guard
  let child = Child(program: Child.pathBesideThisProgram, arguments: arguments + (part.map { ["--part", $0] } ?? []))
else {
  Words.complain("neuristor-mpi cannot start 'neuristor', which must lie beside it or on the path\n")
  mpi_abort(2)
  exit(2)
}
if part == nil {
  let status = child.wait()
  mpi_end()
  exit(status)
}
let status = rank == 0 ? Ranks.keep(child, ranks: mpi_size()) : Ranks.work(child, rank: rank)
mpi_end()
exit(status)
