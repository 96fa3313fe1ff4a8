#ifndef NEURISTOR_COMBINATION_H
#define NEURISTOR_COMBINATION_H

#include "Content.h"

// Each loop is compiled once for every number of vectors, so that a component's sum stays in a register: what a step
// costs is how often it passes through the second-level cache.
#define FOR_EACH_COUNT(count, CALL) \
  switch (count) {                  \
    case 1: CALL(1); break;         \
    case 2: CALL(2); break;         \
    case 3: CALL(3); break;         \
    case 4: CALL(4); break;         \
    case 5: CALL(5); break;         \
    case 6: CALL(6); break;         \
    case 7: CALL(7); break;         \
    default: break;                 \
  }

// The loops over components. All vectors of a call are read at i before the result is written at i, so that the result
// may be one of them.

// z = sum of factors_k x_k.
void Combination_Form(int count, const realtype *factors, const realtype *const *x, realtype *z, sunindextype n);

// z = a x + b y.
void Combination_Sum(realtype a, const realtype *x, realtype b, const realtype *y, realtype *z, sunindextype n);

// max |w (sum of factors_k x_k)|, NaN if a component is.
realtype Combination_Norm(int count, const realtype *factors, const realtype *const *x, const realtype *w,
                          sunindextype n);

// For k = 0, 1, ...: sum += factors_k z_k, z_k = sum, beginning with `start`.
void Combination_RunningSum(int count, const realtype *start, const realtype *factors, realtype *const *z,
                            sunindextype n);

#endif
