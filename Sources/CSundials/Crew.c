#include "Crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

// Some ten microseconds of waiting before a thread sleeps.
enum { spinLimit = 1000 };

typedef struct {
  Crew *crew;
  int number;
  pthread_t thread;
} Member;

struct Crew {
  int size;
  Member *members;  // all but the caller
  void (*work)(void *context, int member);
  void *context;
  // Counts the pieces of work; a thread starts when it moves.
  atomic_ulong piece;
  // Threads that have not come back yet, that sleep until a piece comes, and whether the caller sleeps.
  atomic_int pending;
  atomic_int sleepers;
  atomic_int callerSleeps;
  atomic_int isOver;
  pthread_mutex_t lock;
  pthread_cond_t begun;
  pthread_cond_t done;
};

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Until the piece after `last` has come.
static void awaitPiece(Crew *crew, unsigned long last) {
  for (int k = 0; k < spinLimit; k++) {
    if (atomic_load_explicit(&crew->piece, memory_order_acquire) != last) return;
    relax();
  }
  pthread_mutex_lock(&crew->lock);
  // The caller looks for sleepers after it has moved the piece: one of the two sees the other.
  atomic_fetch_add(&crew->sleepers, 1);
  while (atomic_load(&crew->piece) == last) pthread_cond_wait(&crew->begun, &crew->lock);
  atomic_fetch_sub(&crew->sleepers, 1);
  pthread_mutex_unlock(&crew->lock);
}

static void *live(void *argument) {
  const Member *self = argument;
  Crew *crew = self->crew;
  for (unsigned long last = 0;; last++) {
    awaitPiece(crew, last);
    if (atomic_load(&crew->isOver)) return NULL;
    crew->work(crew->context, self->number);
    if (atomic_fetch_sub(&crew->pending, 1) == 1 && atomic_load(&crew->callerSleeps)) {
      pthread_mutex_lock(&crew->lock);
      pthread_cond_signal(&crew->done);
      pthread_mutex_unlock(&crew->lock);
    }
  }
}

static void begin(Crew *crew) {
  atomic_fetch_add(&crew->piece, 1);
  if (atomic_load(&crew->sleepers) == 0) return;
  pthread_mutex_lock(&crew->lock);
  pthread_cond_broadcast(&crew->begun);
  pthread_mutex_unlock(&crew->lock);
}

static void awaitMembers(Crew *crew) {
  for (int k = 0; k < spinLimit; k++) {
    if (atomic_load_explicit(&crew->pending, memory_order_acquire) == 0) return;
    relax();
  }
  pthread_mutex_lock(&crew->lock);
  atomic_store(&crew->callerSleeps, 1);
  while (atomic_load(&crew->pending) != 0) pthread_cond_wait(&crew->done, &crew->lock);
  atomic_store(&crew->callerSleeps, 0);
  pthread_mutex_unlock(&crew->lock);
}

void Crew_Run(Crew *crew, void (*work)(void *context, int member), void *context) {
  crew->work = work;
  crew->context = context;
  atomic_store(&crew->pending, crew->size - 1);
  begin(crew);
  work(context, 0);
  awaitMembers(crew);
}

Crew *Crew_New(int size) {
  Crew *crew = size > Crew_MostMembers ? NULL : calloc(1, sizeof(Crew));
  if (crew == NULL) return NULL;
  crew->members = calloc((size_t)(size > 1 ? size : 1), sizeof(Member));
  if (crew->members == NULL) {
    free(crew);
    return NULL;
  }
  crew->size = 1;
  pthread_mutex_init(&crew->lock, NULL);
  pthread_cond_init(&crew->begun, NULL);
  pthread_cond_init(&crew->done, NULL);
  while (crew->size < size) {
    Member *member = &crew->members[crew->size - 1];
    *member = (Member){.crew = crew, .number = crew->size};
    if (pthread_create(&member->thread, NULL, live, member) != 0) {
      Crew_Free(crew);
      return NULL;
    }
    crew->size++;
  }
  return crew;
}

void Crew_Free(Crew *crew) {
  if (crew == NULL) return;
  atomic_store(&crew->isOver, 1);
  begin(crew);
  for (int k = 0; k < crew->size - 1; k++) pthread_join(crew->members[k].thread, NULL);
  pthread_mutex_destroy(&crew->lock);
  pthread_cond_destroy(&crew->begun);
  pthread_cond_destroy(&crew->done);
  free(crew->members);
  free(crew);
}

int Crew_Size(const Crew *crew) { return crew->size; }

Crew_Share Crew_ShareOf(int member, int size, long count, long grain) {
  const long pieces = (count + grain - 1) / grain;
  const long first = pieces * member / size * grain, end = pieces * (member + 1) / size * grain;
  const long last = end < count ? end : count;
  return (Crew_Share){.first = first, .count = last > first ? last - first : 0};
}
