#ifndef NEURISTOR_CREW_H
#define NEURISTOR_CREW_H

// A crew of threads for one simulation: all do their share of one piece of work, and none goes on before all are done.
//
// Between pieces its threads spin for some microseconds, for the next piece mostly comes at once, and then sleep: on a
// machine with other work a spinning thread would keep the one it waits for from running.

typedef struct Crew Crew;

enum { Crew_MostMembers = 64 };

// `size` members, of which the caller is one; NULL where the system gives no more threads.
Crew *Crew_New(int size);
void Crew_Free(Crew *crew);
int Crew_Size(const Crew *crew);

// Calls work(context, member) once for every member, 0 in the calling thread; returns when all have come back.
void Crew_Run(Crew *crew, void (*work)(void *context, int member), void *context);

// The share of `member` in 0 ..< count, which is cut at multiples of `grain` alone.
typedef struct {
  long first;
  long count;
} Crew_Share;
Crew_Share Crew_ShareOf(int member, int size, long count, long grain);

#endif
