#include "Combination.h"
#include "Lanes.h"

#pragma clang fp contract(fast)

INLINE void predict(const int count, const StateVector_Prediction *prediction, const realtype *e, realtype slope,
                    sunindextype first, sunindextype n, realtype *restrict y, realtype *restrict rate) {
  const realtype *p[StateVector_TermLimit];
  realtype a[StateVector_TermLimit], b[StateVector_TermLimit];
  for (int k = 0; k < count; k++) {
    p[k] = prediction->vectors[k] + first;
    a[k] = prediction->values[k];
    b[k] = prediction->rates[k];
  }
  if (e == NULL) {
    for (sunindextype i = 0; i < n; i++) {
      realtype sum = a[0] * p[0][i], slopes = b[0] * p[0][i];
      for (int k = 1; k < count; k++) {
        sum += a[k] * p[k][i];
        slopes += b[k] * p[k][i];
      }
      y[i] = sum;
      rate[i] = slopes;
    }
  } else {
    const realtype *ee = e + first;
    for (sunindextype i = 0; i < n; i++) {
      realtype sum = ee[i] + a[0] * p[0][i], slopes = slope * ee[i] + b[0] * p[0][i];
      for (int k = 1; k < count; k++) {
        sum += a[k] * p[k][i];
        slopes += b[k] * p[k][i];
      }
      y[i] = sum;
      rate[i] = slopes;
    }
  }
}

// The update that waits and the prediction together: the sums are those of the one after the other, to the last bit.
INLINE void updateAndPredict(const int count, const StateVector_Prediction *prediction, sunindextype first,
                             sunindextype n, realtype *restrict y, realtype *restrict rate) {
  const StateVector_Update *update = prediction->update;
  const realtype *correction = update->correction + first;
  realtype *p[StateVector_TermLimit];
  realtype factors[StateVector_TermLimit], a[StateVector_TermLimit], b[StateVector_TermLimit];
  for (int k = 0; k < count; k++) {
    p[k] = update->sums[count - 1 - k] + first;
    factors[k] = update->factors[count - 1 - k];
    a[k] = prediction->values[k];
    b[k] = prediction->rates[k];
  }
#pragma clang loop vectorize(assume_safety)
  for (sunindextype i = 0; i < n; i++) {
    realtype sum = correction[i], sums[StateVector_TermLimit];
    for (int k = count - 1; k >= 0; k--) {
      sum += factors[k] * p[k][i];
      p[k][i] = sum;
      sums[k] = sum;
    }
    realtype value = a[0] * sums[0], slope = b[0] * sums[0];
    for (int k = 1; k < count; k++) {
      value += a[k] * sums[k];
      slope += b[k] * sums[k];
    }
    y[i] = value;
    rate[i] = slope;
  }
}

void StateVector_FormPrediction(const StateVector_Prediction *prediction, const realtype *correction, realtype slope,
                                sunindextype first, sunindextype count, realtype *y, realtype *rate) {
  StateVector_Update *update = prediction->update;
  if (update != NULL && update->count > 0) {
#define CALL(K) updateAndPredict(K, prediction, first, count, y, rate)
    FOR_EACH_COUNT(prediction->count, CALL)
#undef CALL
    __atomic_fetch_add(&update->done, count, __ATOMIC_RELAXED);
    return;
  }
#define CALL(K) predict(K, prediction, correction, slope, first, count, y, rate)
  FOR_EACH_COUNT(prediction->count, CALL)
#undef CALL
}
