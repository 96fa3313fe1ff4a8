#ifndef NEURISTOR_SHORTVECTOR_H
#define NEURISTOR_SHORTVECTOR_H

#include "Content.h"

// The operations of IDA on vectors of a few components, by four components at a time.
//
// A single neuron's vectors are so short that a call costs more than what is done in it: these are small enough to stand
// in the caller's place, in IDA's sources as well (InlineOperations.h). Storage is filled up with zeros to whole fours;
// sums keep them, and in norms their weight is 0. Results lie in a short vector; what is read is of its length.

// These vectors never cross a call, so that their passing does not depend on the processor.
#pragma clang diagnostic ignored "-Wpsabi"

typedef realtype Four __attribute__((ext_vector_type(4), aligned(8)));
enum { ShortVector_Lanes = 4, ShortVector_MostFours = 4 };

static inline int ShortVector_Is(N_Vector v) { return content(v)->fours != 0; }

#define INLINE static inline __attribute__((always_inline))
#define FOR_EACH_FOUR(k, v)             \
  const int fours = content(v)->fours;  \
  _Pragma("clang loop unroll(disable)") \
  for (int k = 0; k < fours; k++)

INLINE Four *ShortVector_Four(N_Vector v, int k) { return (Four *)content(v)->data + k; }

INLINE void ShortVector_Clear(N_Vector z) {
  FOR_EACH_FOUR(k, z) *ShortVector_Four(z, k) = 0.0;
}

INLINE void ShortVector_Scale(realtype c, N_Vector x, N_Vector z) {
  FOR_EACH_FOUR(k, z) *ShortVector_Four(z, k) = c * *ShortVector_Four(x, k);
}

INLINE void ShortVector_LinearSum(realtype a, N_Vector x, realtype b, N_Vector y, N_Vector z) {
#pragma clang fp contract(fast)
  FOR_EACH_FOUR(k, z) *ShortVector_Four(z, k) = a * *ShortVector_Four(x, k) + b * *ShortVector_Four(y, k);
}

// z = sum of c_i x_i; `count` is at least 1.
INLINE int ShortVector_LinearCombination(int count, const realtype *c, N_Vector *x, N_Vector z) {
#pragma clang fp contract(fast)
  FOR_EACH_FOUR(k, z) {
    Four sum = c[0] * *ShortVector_Four(x[0], k);
#pragma clang loop unroll(disable)
    for (int i = 1; i < count; i++) sum += c[i] * *ShortVector_Four(x[i], k);
    *ShortVector_Four(z, k) = sum;
  }
  return 0;
}

INLINE int ShortVector_ScaleEach(int count, const realtype *c, N_Vector *x, N_Vector *z) {
#pragma clang loop unroll(disable)
  for (int i = 0; i < count; i++) ShortVector_Scale(c[i], x[i], z[i]);
  return 0;
}

// z_i = a x_i + b y_i, one after the other: y_i may be z_(i - 1), as it is where IDA updates its differences.
INLINE int ShortVector_SumEach(int count, realtype a, N_Vector *x, realtype b, N_Vector *y, N_Vector *z) {
#pragma clang loop unroll(disable)
  for (int i = 0; i < count; i++) ShortVector_LinearSum(a, x[i], b, y[i], z[i]);
  const int areDifferences = a == 1.0 && b == 1.0 && x == z && count <= StateVector_TermLimit;
  if (areDifferences && (count == 1 || y[1] == z[0])) Content_KeepDifferences(count, z, NULL);
  return 0;
}

// Running maxima of |x w|; `poison` keeps 0, or NaN where a component is not finite: a comparison alone would drop a NaN.
INLINE void ShortVector_Enlarge(Four x, Four w, Four *largest, Four *poison) {
  const Four size = __builtin_elementwise_abs(x * w);
  *largest = size > *largest ? size : *largest;
  *poison += size * 0.0;
}

INLINE realtype ShortVector_Largest(Four a, Four poison) {
  const Four swapped = a.zwxy;
  a = swapped > a ? swapped : a;
  poison += poison.zwxy;
  return (a.y > a.x ? a.y : a.x) + (poison.x + poison.y);
}

// max |x_i w_i|, NaN if a component is.
INLINE realtype ShortVector_Norm(N_Vector x, N_Vector w) {
  Four largest = 0.0, poison = 0.0;
  FOR_EACH_FOUR(k, x) {
    ShortVector_Enlarge(*ShortVector_Four(x, k), *ShortVector_Four(w, k), &largest, &poison);
  }
  return ShortVector_Largest(largest, poison);
}

#undef FOR_EACH_FOUR
#undef INLINE

#endif
