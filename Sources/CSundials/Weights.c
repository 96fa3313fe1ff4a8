#include <math.h>

#include "Deferral.h"
#include "Lanes.h"
#include "Passes.h"

#pragma clang fp contract(fast)

typedef realtype Four __attribute__((ext_vector_type(4), aligned(8)));
typedef float Floats __attribute__((ext_vector_type(8)));

// 1/x within 2e-14 of itself: a quotient of single precision and a step of Newton's, where x allows, take half as long as
// one of double precision.
INLINE Lanes inverse(Lanes x) {
  const Marks isTame = (x > 1e-35) & (x < 1e35);
  if (!__builtin_reduce_and(isTame)) return 1.0 / x;
  const Lanes estimate = __builtin_convertvector(1.0f / __builtin_convertvector(x, Floats), Lanes);
  const Lanes rest = 1.0 - x * estimate;
  return estimate + rest * estimate;
}

// A single neuron's: what eight lanes are to be filled with costs more than its four or five unknowns.
static void formFew(const StateVector_Bounds *bounds, const realtype *absolute, const realtype *y, sunindextype count,
                    realtype *weights) {
  sunindextype i = 0;
  if (count >= 4) {
    const Four size = __builtin_elementwise_abs(*(const Four *)y);
    *(Four *)weights = 1.0 / (bounds->relative * size + *(const Four *)absolute);
    i = 4;
  }
  for (; i < count; i++) weights[i] = 1.0 / (bounds->relative * fabs(y[i]) + absolute[i]);
}

// absolute_i of `count` components from `first` on. Those that are one number are read at the beginning of their range,
// which stays in the first-level cache.
static const realtype *absoluteParts(const StateVector_Bounds *bounds, sunindextype first, sunindextype count) {
  for (const StateVector_Range *range = bounds->equal; range != NULL && range->count > 0; range++) {
    const sunindextype begin = range->first;
    if (begin <= first && first + count <= begin + range->count) return bounds->absolute + begin;
  }
  return bounds->absolute + first;
}

void StateVector_FormWeights(const StateVector_Bounds *bounds, const realtype *y, sunindextype first,
                             sunindextype count, realtype *weights) {
  const realtype *absolute = absoluteParts(bounds, first, count), *values = y + first;
  if (count < lanes) {
    formFew(bounds, absolute, values, count, weights);
  } else {
    // The last eight once more where need be.
    for (sunindextype start = 0; start < count; start += lanes) {
      const sunindextype i = start + lanes <= count ? start : count - lanes;
      store(weights + i, inverse(bounds->relative * __builtin_elementwise_abs(load(values + i)) + load(absolute + i)));
    }
  }
  for (sunindextype k = 0; k < bounds->limitedCount; k++) {
    const sunindextype i = bounds->limited[k] - first;
    if (i >= 0 && i < count && weights[i] * bounds->limit < 1.0) weights[i] = 1.0 / bounds->limit;
  }
}

// No norm of y is larger. Of y only those components are read that are limited.
static realtype largestNorm(const StateVector_Bounds *bounds, const realtype *y) {
  realtype norm = 1.0 / bounds->relative;
  for (sunindextype k = 0; k < bounds->limitedCount; k++) {
    norm = largerOf(fabs(y[bounds->limited[k]]) / bounds->limit, norm);
  }
  return norm;
}

void StateVector_Weigh(N_Vector y, N_Vector weights, const StateVector_Bounds *bounds) {
  Content *w = content(weights);
  if (w->deferral == NULL) return StateVector_FormWeights(bounds, Deferral_Read(content(y)), 0, w->length, w->data);
  const realtype *values = NULL;
  if (!Deferral_KeepWeights(w, content(y), bounds)) {
    values = Deferral_Read(content(y));
    Passes_Weigh(Passes_CrewOf(w), bounds, values, Deferral_Overwrite(w), w->length);
  }
  // IDA asks for the norm of y to see whether rounding alone exceeds the bounds.
  if (bounds->relative > 0.0) StateVector_NoteNorm(y, weights, largestNorm(bounds, values));
}
