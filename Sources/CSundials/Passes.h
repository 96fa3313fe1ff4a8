#ifndef NEURISTOR_PASSES_H
#define NEURISTOR_PASSES_H

#include "Combination.h"
#include "Deferral.h"

// The loops of Combination.h over whole vectors, shared among the vectors' crew where they have one and are long. Every
// component is computed by one member as it would be by one thread, and norms are maxima: the bits are the same.

static inline Crew *Passes_CrewOf(const Content *v) { return v->deferral != NULL ? v->deferral->crew : NULL; }

// Fewer components than these are passed faster than it is told who does which.
enum { Passes_LeastShared = 5000 };

static inline int Passes_AreShared(const Crew *crew, sunindextype n) { return crew != NULL && n >= Passes_LeastShared; }

void Passes_FormTogether(Crew *crew, int count, const realtype *factors, const realtype *const *x, realtype *z,
                         sunindextype n);

realtype Passes_NormTogether(Crew *crew, int count, const realtype *factors, const realtype *const *x,
                             const realtype *w, sunindextype n);

void Passes_WeighTogether(Crew *crew, const StateVector_Bounds *bounds, const realtype *y, realtype *w, sunindextype n);

void Passes_RunningSumTogether(Crew *crew, int count, const realtype *start, const realtype *factors,
                               realtype *const *z, sunindextype n);

static inline void Passes_Form(Crew *crew, int count, const realtype *factors, const realtype *const *x, realtype *z,
                               sunindextype n) {
  if (Passes_AreShared(crew, n)) Passes_FormTogether(crew, count, factors, x, z, n);
  else Combination_Form(count, factors, x, z, n);
}

static inline void Passes_Sum(Crew *crew, realtype a, const realtype *x, realtype b, const realtype *y, realtype *z,
                              sunindextype n) {
  if (Passes_AreShared(crew, n)) {
    const realtype factors[2] = {a, b};
    const realtype *const vectors[2] = {x, y};
    Passes_FormTogether(crew, 2, factors, vectors, z, n);
  } else {
    Combination_Sum(a, x, b, y, z, n);
  }
}

static inline realtype Passes_Norm(Crew *crew, int count, const realtype *factors, const realtype *const *x,
                                   const realtype *w, sunindextype n) {
  if (Passes_AreShared(crew, n)) return Passes_NormTogether(crew, count, factors, x, w, n);
  return Combination_Norm(count, factors, x, w, n);
}

static inline void Passes_Weigh(Crew *crew, const StateVector_Bounds *bounds, const realtype *y, realtype *w,
                                sunindextype n) {
  if (Passes_AreShared(crew, n)) Passes_WeighTogether(crew, bounds, y, w, n);
  else StateVector_FormWeights(bounds, y, 0, n, w);
}

static inline void Passes_RunningSum(Crew *crew, int count, const realtype *start, const realtype *factors,
                                     realtype *const *z, sunindextype n) {
  if (Passes_AreShared(crew, n)) Passes_RunningSumTogether(crew, count, start, factors, z, n);
  else Combination_RunningSum(count, start, factors, z, n);
}

#endif
