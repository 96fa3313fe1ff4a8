#ifndef NEURISTOR_DEFERRAL_H
#define NEURISTOR_DEFERRAL_H

#include "Content.h"

// Sums that wait until they are read.
//
// In a step IDA forms some ten vectors out of its differences phi, its prediction and the correction e, reads most of
// them once, in a norm, and some never. A vector that defers holds the sum itself instead; a norm of it, or the next
// sum, is taken from its terms. The update of its differences waits too, for the next prediction. The rules:
//
// - Who reads a vector's components has them formed first.
// - Who reads or writes a difference whose update waits, but to form a prediction, has it carried out first.
// - Who writes a vector first forgets the norms it is part of, and those deferred vectors that are made of it: they are
//   lost. IDA never reads a prediction, y, y' or an error estimate again once phi has moved on (IDAStep of IDA 6.4). If
//   it did, it would meet NaN and fail, not go on with a wrong number; `StateVector_LostReads` counts such reads.

// Most vectors that wait, and most norms that are known, at a time.
enum { waitingLimit = 24, knownLimit = 5 };

typedef struct {
  Terms terms;
  uint64_t marks;  // of the terms and of the weights
  const Content *weights;
  realtype norm;
} KnownNorm;

struct StateVector_Deferral {
  uint64_t freeMarks;
  Content *waiting[waitingLimit];
  int waitingCount;
  KnownNorm known[knownLimit];
  int knownCount;
  long lostReads;
  Crew *crew;
  // Copies of it wait. IDA makes one, for a step of the next order, just before it updates its differences.
  Content *correction;
  // The copy that has last been given the correction; NULL where none was.
  Content *next;
  StateVector_Update update;
};

// v, and what is cloned from it, defers; where too many do already, it carries everything out at once.
void Deferral_Join(Content *v, StateVector_Deferral *deferral);

// v is freed.
void Deferral_Leave(Content *v);

// What v was counts for nothing any more; its components may stay.
void Deferral_Forget(Content *v);

// Carries out the update that waits.
void Deferral_Update(StateVector_Deferral *deferral);

static inline int Deferral_AwaitsUpdate(const Content *v) {
  return v->deferral != NULL && (v->mark & v->deferral->update.marks) != 0;
}

// Component i of v, which is formed or awaits an update that is not to be carried out for it.
realtype Deferral_Component(const Content *v, sunindextype i);

// Forms a vector that is not; notes that a vector that may be part of sums is about to be written.
void Deferral_Form(Content *v);
void Deferral_PrepareWrite(Content *v);

// The components, formed.
static inline const realtype *Deferral_Read(Content *v) {
  if (v->state != formed || Deferral_AwaitsUpdate(v)) Deferral_Form(v);
  return v->data;
}

// The components, to be read and written.
static inline realtype *Deferral_Change(Content *v) {
  if (v->deferral != NULL) {
    Deferral_Read(v);
    Deferral_PrepareWrite(v);
  }
  return v->data;
}

// The components, about to be written; what they were counts for nothing.
static inline realtype *Deferral_Overwrite(Content *v) {
  if (v->deferral != NULL) {
    Deferral_PrepareWrite(v);
    Deferral_Forget(v);
  }
  return v->data;
}

// As Deferral_Change, but the components may lack a factor, by which each is to be multiplied.
realtype *Deferral_ChangeScaled(Content *v, realtype *factor);

// Where a vector waits that equals v, it takes over v's memory, and v, with the other's, waits for it in turn. Returns who
// has v's components now.
Content *Deferral_GiveToCopy(Content *v);

// z_k = factors_k z_k + z_(k - 1), beginning with `correction`, where that can wait; 0 if it must be carried out.
int Deferral_KeepUpdate(const Content *correction, int count, const realtype *factors, N_Vector *z);

// v = a x + b y where that can wait; 0 if it must be carried out.
int Deferral_KeepSum(Content *v, int count, const realtype *factors, Content *const *x);

// v = the inverse of the error bounds of y where that can wait; 0 if it must be carried out.
int Deferral_KeepWeights(Content *v, Content *y, const StateVector_Bounds *bounds);

// The update that is to be carried out with a prediction of vectors of those marks; NULL where it has been.
StateVector_Update *Deferral_UpdateFor(const StateVector_Prediction *prediction, uint64_t marks,
                                       StateVector_Deferral *deferral);

// Weighted maximum norm of v, from what is known or from v's terms.
realtype Deferral_Norm(Content *v, Content *weights);

#endif
