#ifndef NEURISTOR_DEFERRAL_H
#define NEURISTOR_DEFERRAL_H

#include "Content.h"

// Sums that wait until they are read.
//
// In a step IDA forms some ten vectors out of its differences phi, its prediction and the correction e, reads most of
// them once, in a norm, and some never. A vector that defers holds the sum itself instead; a norm of it, or the next
// sum, is taken from its terms. The rules:
//
// - Who reads a vector's components has them formed first.
// - Who writes a vector first forgets the norms it is part of, and those deferred vectors that are made of it: they are
//   lost. IDA never reads a prediction, y, y' or an error estimate again once phi has moved on (IDAStep of IDA 6.4). If
//   it did, it would meet NaN and fail, not go on with a wrong number; `StateVector_LostReads` counts such reads.

// Most vectors that wait, and most norms that are known, at a time.
enum { waitingLimit = 16, knownLimit = 4 };

typedef struct {
  Terms terms;
  const Content *weights;
  realtype norm;
} KnownNorm;

struct StateVector_Deferral {
  Content *waiting[waitingLimit];
  int waitingCount;
  KnownNorm known[knownLimit];
  int knownCount;
  long lostReads;
};

// The components, formed.
const realtype *Deferral_Read(Content *v);

// The components, about to be written; what they were counts for nothing.
realtype *Deferral_Overwrite(Content *v);

// The components, to be read and written.
realtype *Deferral_Update(Content *v);

// v = a x + b y where that can wait; 0 if it must be carried out.
int Deferral_KeepSum(Content *v, int count, const realtype *factors, Content *const *x);

// Weighted maximum norm of v, from what is known or from v's terms.
realtype Deferral_Norm(Content *v, Content *weights);

// v is freed.
void Deferral_Forget(Content *v);

#endif
