#ifndef NEURISTOR_INLINEOPERATIONS_H
#define NEURISTOR_INLINEOPERATIONS_H

#include "ShortVector.h"

// Stands before IDA's sources where they are compiled anew (optimise-ida.sh): operations on short vectors are compiled in
// the place of their calls. A macro is not expanded within itself: the names there are SUNDIALS' functions, which ask the
// vector for its operation.

#define N_VConst(c, z) ((c) == 0.0 && ShortVector_Is(z) ? ShortVector_Clear(z) : N_VConst(c, z))

#define N_VScale(c, x, z) (ShortVector_Is(z) ? ShortVector_Scale(c, x, z) : N_VScale(c, x, z))

#define N_VLinearSum(a, x, b, y, z) \
  (ShortVector_Is(z) ? ShortVector_LinearSum(a, x, b, y, z) : N_VLinearSum(a, x, b, y, z))

#define N_VWrmsNorm(x, w) (ShortVector_Is(x) ? ShortVector_Norm(x, w) : N_VWrmsNorm(x, w))

#define N_VLinearCombination(count, c, x, z) \
  (ShortVector_Is(z) ? ShortVector_LinearCombination(count, c, x, z) : N_VLinearCombination(count, c, x, z))

#define N_VScaleVectorArray(count, c, x, z)                                        \
  ((count) > 0 && ShortVector_Is((z)[0]) ? ShortVector_ScaleEach(count, c, x, z) \
                                         : N_VScaleVectorArray(count, c, x, z))

#define N_VLinearSumVectorArray(count, a, x, b, y, z)                                    \
  ((count) > 0 && ShortVector_Is((z)[0]) ? ShortVector_SumEach(count, a, x, b, y, z)     \
                                         : N_VLinearSumVectorArray(count, a, x, b, y, z))

#endif
