#ifndef NEURISTOR_PASSES_H
#define NEURISTOR_PASSES_H

#include "Deferral.h"

// The loops of Combination.h over whole vectors, shared among the vectors' crew where they have one and are long. Every
// component is computed by one member as it would be by one thread, and norms are maxima: the bits are the same.

static inline Crew *Passes_CrewOf(const Content *v) { return v->deferral != NULL ? v->deferral->crew : NULL; }

void Passes_Form(Crew *crew, int count, const realtype *factors, const realtype *const *x, realtype *z,
                 sunindextype n);

realtype Passes_Norm(Crew *crew, int count, const realtype *factors, const realtype *const *x, const realtype *w,
                     sunindextype n);

void Passes_RunningSum(Crew *crew, int count, const realtype *start, realtype *const *z, sunindextype n);

#endif
