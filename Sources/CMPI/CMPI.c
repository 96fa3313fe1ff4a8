#include "CMPI.h"

#include <mpi.h>
#include <stddef.h>

void mpi_begin(void) { MPI_Init(NULL, NULL); }
void mpi_end(void) { MPI_Finalize(); }
void mpi_abort(int status) { MPI_Abort(MPI_COMM_WORLD, status); }

int mpi_rank(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int mpi_size(void) {
  int size = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

// Counts of MPI are ints: a message beyond 2 GB would be one of waveforms that nobody keeps in a database.
void mpi_send(const void *bytes, int64_t count, int to) {
  if (count > INT32_MAX) MPI_Abort(MPI_COMM_WORLD, 3);
  MPI_Send(bytes, (int)count, MPI_BYTE, to, 0, MPI_COMM_WORLD);
}

int mpi_wait(int from, int64_t *count) {
  MPI_Status status;
  int bytes = 0;
  MPI_Probe(from < 0 ? MPI_ANY_SOURCE : from, 0, MPI_COMM_WORLD, &status);
  MPI_Get_count(&status, MPI_BYTE, &bytes);
  *count = bytes;
  return status.MPI_SOURCE;
}

void mpi_receive(void *bytes, int64_t count, int from) {
  MPI_Recv(bytes, (int)count, MPI_BYTE, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}
