#ifndef NEURISTOR_CONTENT_H
#define NEURISTOR_CONTENT_H

#include "StateVector.h"

typedef struct Content Content;

// A linear combination of vectors; of none, it is 0.
typedef struct {
  int count;
  uint64_t marks;  // those of its vectors
  realtype factors[StateVector_TermLimit];
  Content *vectors[StateVector_TermLimit];
} Terms;

// A vector that weighs is to hold the weights (`bounds`) of its one term.
enum State { formed, deferred, weighing, lost };

struct Content {
  sunindextype length;
  realtype *data;
  int fours;  // of its components, where the vector is short (ShortVector.h); else 0
  void *storage;  // its own memory, in which data lie; NULL where they are somebody else's
  const int32_t *probe;  // component indices of a probe vector, else NULL
  StateVector_Combination combination;
  StateVector_Deferral *deferral;  // NULL: every operation is carried out at once
  StateVector_Differences *differences;
  uint64_t mark;                   // a bit of its own among those that defer
  enum State state;
  Terms terms;  // what a deferred vector is; may contain the vector itself
  const StateVector_Bounds *bounds;
  Terms alone;  // what a formed one is: itself
};

static inline Content *content(N_Vector v) { return (Content *)v->content; }

// The vector that v, which waits, equals; NULL where it is more than one, or a multiple.
static inline Content *Content_Original(const Content *v) {
  return v->state == deferred && v->terms.count == 1 && v->terms.factors[0] == 1.0 ? v->terms.vectors[0] : NULL;
}

// IDA's differences have just been updated in z, the highest order first, or wait for `update`.
static inline void Content_KeepDifferences(int count, N_Vector *z, const StateVector_Update *update) {
  StateVector_Differences *differences = content(z[0])->differences;
  if (differences == NULL) return;
  differences->count = count;
  differences->update = update;
  for (int k = 0; k < count; k++) differences->vectors[k] = content(z[count - 1 - k])->data;
}

#endif
