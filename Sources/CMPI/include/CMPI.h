/// What Swift cannot see of MPI, whose constants are macros.
#pragma once
#include <stdint.h>

/// Begins MPI; errors end the job.
void mpi_begin(void);
void mpi_end(void);
/// Ends the job on all ranks.
void mpi_abort(int status);
int mpi_rank(void);
int mpi_size(void);
/// Sends bytes to a rank.
void mpi_send(const void *bytes, int64_t count, int to);
/// Waits for a message, from a rank or from any (-1); says how long it is and returns who sent it.
int mpi_wait(int from, int64_t *count);
/// Receives the message that was waited for.
void mpi_receive(void *bytes, int64_t count, int from);
