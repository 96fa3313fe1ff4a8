#include "StateVector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma clang fp contract(fast)

typedef struct {
  sunindextype length;
  realtype *data;
  int owns;
  const int32_t *probe;  // component indices of a probe vector, else NULL
  StateVector_Combination combination;
} Content;

// Passes over several vectors go by blocks that stay in the first-level cache.
enum { blockLength = 256 };

static Content *content(N_Vector v) { return (Content *)v->content; }
static realtype *data(N_Vector v) { return content(v)->data; }
static sunindextype length(N_Vector v) { return content(v)->length; }

static N_Vector_ID getVectorID(N_Vector v) {
  (void)v;
  return SUNDIALS_NVEC_CUSTOM;
}

static void destroy(N_Vector v) {
  if (v == NULL) return;
  if (v->content != NULL) {
    if (content(v)->owns) free(data(v));
    free(v->content);
    v->content = NULL;
  }
  N_VFreeEmpty(v);
}

static N_Vector make(sunindextype count, realtype *values, const int32_t *probe, N_Vector_Ops ops, SUNContext context);

static N_Vector clone(N_Vector v) { return make(length(v), NULL, content(v)->probe, v->ops, v->sunctx); }

static void space(N_Vector v, sunindextype *reals, sunindextype *integers) {
  *reals = length(v);
  *integers = 1;
}

static sunindextype getLength(N_Vector v) { return length(v); }
static realtype *getArrayPointer(N_Vector v) { return data(v); }
static void setArrayPointer(realtype *values, N_Vector v) { content(v)->data = values; }

static void linearSum(realtype a, N_Vector x, realtype b, N_Vector y, N_Vector z) {
  const sunindextype n = length(x);
  const realtype *xd = data(x), *yd = data(y);
  realtype *zd = data(z);
  if (a == 1.0 && b == 1.0) {
    for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] + yd[i];
  } else if (a == 1.0 && b == -1.0) {
    for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] - yd[i];
  } else if (a == 1.0) {
    for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] + b * yd[i];
  } else if (b == 1.0) {
    for (sunindextype i = 0; i < n; i++) zd[i] = a * xd[i] + yd[i];
  } else {
    for (sunindextype i = 0; i < n; i++) zd[i] = a * xd[i] + b * yd[i];
  }
}

static void fill(realtype c, N_Vector z) {
  realtype *zd = data(z);
  const sunindextype n = length(z);
  for (sunindextype i = 0; i < n; i++) zd[i] = c;
}

static void product(N_Vector x, N_Vector y, N_Vector z) {
  const realtype *xd = data(x), *yd = data(y);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] * yd[i];
}

static void quotient(N_Vector x, N_Vector y, N_Vector z) {
  const realtype *xd = data(x), *yd = data(y);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] / yd[i];
}

static void scale(realtype c, N_Vector x, N_Vector z) {
  const realtype *xd = data(x);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  if (c == 1.0) {
    if (zd != xd) memcpy(zd, xd, (size_t)n * sizeof(realtype));
  } else {
    for (sunindextype i = 0; i < n; i++) zd[i] = c * xd[i];
  }
}

static void absolute(N_Vector x, N_Vector z) {
  const realtype *xd = data(x);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = fabs(xd[i]);
}

static void inverse(N_Vector x, N_Vector z) {
  const realtype *xd = data(x);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = 1.0 / xd[i];
}

static void addConstant(N_Vector x, realtype b, N_Vector z) {
  const realtype *xd = data(x);
  realtype *zd = data(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] + b;
}

static realtype dotProduct(N_Vector x, N_Vector y) {
  const realtype *xd = data(x), *yd = data(y);
  const sunindextype n = length(x);
  realtype sum = 0.0;
  for (sunindextype i = 0; i < n; i++) sum += xd[i] * yd[i];
  return sum;
}

static realtype maximumNorm(N_Vector x) {
  const realtype *xd = data(x);
  const sunindextype n = length(x);
  realtype largest = 0.0;
  for (sunindextype i = 0; i < n; i++) {
    const realtype size = fabs(xd[i]);
    largest = size > largest ? size : largest;
  }
  return largest;
}

static realtype smallest(N_Vector x) {
  const realtype *xd = data(x);
  const sunindextype n = length(x);
  realtype least = INFINITY;
  for (sunindextype i = 0; i < n; i++) least = xd[i] < least ? xd[i] : least;
  return least;
}

// Eight running maxima keep a loop out of one latency chain; `poison` is 0 until a component is not finite, then NaN: a
// comparison alone would drop a NaN.
static realtype joined(const realtype *largest, const realtype *poison) {
  realtype result = 0.0, tainted = 0.0;
  for (int k = 0; k < 8; k++) {
    result = largest[k] > result ? largest[k] : result;
    tainted += poison[k];
  }
  return result + tainted;
}

static realtype weightedMaximum(N_Vector x, N_Vector w) {
  const realtype *xd = data(x), *wd = data(w);
  const sunindextype n = length(x);
  realtype largest[8] = {0}, poison[8] = {0};
  sunindextype i = 0;
  for (; i + 8 <= n; i += 8) {
    for (int k = 0; k < 8; k++) {
      const realtype size = fabs(xd[i + k] * wd[i + k]);
      largest[k] = size > largest[k] ? size : largest[k];
      poison[k] += size * 0.0;
    }
  }
  for (; i < n; i++) {
    const realtype size = fabs(xd[i] * wd[i]);
    largest[0] = size > largest[0] ? size : largest[0];
    poison[0] += size * 0.0;
  }
  return joined(largest, poison);
}

// The mask (IDA's id vector) holds 0 where a component takes no part in the error test.
static realtype weightedMaximumMasked(N_Vector x, N_Vector w, N_Vector mask) {
  const realtype *xd = data(x), *wd = data(w), *md = data(mask);
  const sunindextype n = length(x);
  realtype largest = 0.0, poison = 0.0;
  for (sunindextype i = 0; i < n; i++) {
    if (md[i] > 0.0) {
      const realtype size = fabs(xd[i] * wd[i]);
      largest = size > largest ? size : largest;
      poison += size * 0.0;
    }
  }
  return largest + poison;
}

// A probe keeps the terms apart instead of adding them up.
static int keepTerms(int count, realtype *c, N_Vector *x, N_Vector z) {
  const int32_t *probe = content(z)->probe;
  const sunindextype n = length(z);
  StateVector_Combination *kept = &content(z)->combination;
  if (count > StateVector_TermLimit) return -1;
  kept->count = count;
  for (int k = 0; k < count; k++) {
    const realtype *xd = data(x[k]);
    realtype *row = data(z) + k * n;
    kept->coefficients[k] = c[k];
    for (sunindextype i = 0; i < n; i++) row[i] = xd[probe[i]];
  }
  return 0;
}

// All vectors in one pass over blocks that stay in the first-level cache.
static int linearCombination(int count, realtype *c, N_Vector *x, N_Vector z) {
  if (content(z)->probe != NULL) return keepTerms(count, c, x, z);
  const sunindextype n = length(z);
  realtype *zd = data(z);
  if (count == 1) {
    scale(c[0], x[0], z);
    return 0;
  }
  realtype sum[blockLength];
  for (sunindextype start = 0; start < n; start += blockLength) {
    const sunindextype size = n - start < blockLength ? n - start : blockLength;
    const realtype *first = data(x[0]) + start, *second = data(x[1]) + start;
    for (sunindextype i = 0; i < size; i++) sum[i] = c[0] * first[i] + c[1] * second[i];
    for (int k = 2; k < count; k++) {
      const realtype *xd = data(x[k]) + start;
      for (sunindextype i = 0; i < size; i++) sum[i] += c[k] * xd[i];
    }
    memcpy(zd + start, sum, (size_t)size * sizeof(realtype));
  }
  return 0;
}

static int scaleVectorArray(int count, realtype *c, N_Vector *x, N_Vector *z) {
  for (int k = 0; k < count; k++) scale(c[k], x[k], z[k]);
  return 0;
}

// IDA updates its modified divided differences with z[k] = x[k] + y[k], where x[k] is z[k] and y[k] is z[k + 1]: a
// running sum from the last to the first, done here in one pass.
static int linearSumVectorArray(int count, realtype a, N_Vector *x, realtype b, N_Vector *y, N_Vector *z) {
  int runs = a == 1.0 && b == 1.0;
  for (int k = 0; runs && k < count; k++) runs = x[k] == z[k] && (k == 0 || y[k] == z[k - 1]);
  if (!runs || count == 0) {
    for (int k = 0; k < count; k++) linearSum(a, x[k], b, y[k], z[k]);
    return 0;
  }
  const sunindextype n = length(z[0]);
  realtype sum[blockLength];
  for (sunindextype start = 0; start < n; start += blockLength) {
    const sunindextype size = n - start < blockLength ? n - start : blockLength;
    memcpy(sum, data(y[0]) + start, (size_t)size * sizeof(realtype));
    for (int k = 0; k < count; k++) {
      realtype *zd = data(z[k]) + start;
      for (sunindextype i = 0; i < size; i++) {
        sum[i] += zd[i];
        zd[i] = sum[i];
      }
    }
  }
  return 0;
}

static N_Vector make(sunindextype count, realtype *values, const int32_t *probe, N_Vector_Ops ops, SUNContext context) {
  N_Vector v = N_VNewEmpty(context);
  if (v == NULL) return NULL;
  Content *c = malloc(sizeof(Content));
  const size_t rows = probe != NULL ? StateVector_TermLimit : 1;
  realtype *storage = values != NULL ? values : calloc(rows * (size_t)(count > 0 ? count : 1), sizeof(realtype));
  if (c == NULL || storage == NULL) {
    free(c);
    if (values == NULL) free(storage);
    N_VFreeEmpty(v);
    return NULL;
  }
  *c = (Content){.length = count, .data = storage, .owns = values == NULL, .probe = probe};
  v->content = c;
  if (ops != NULL) {
    *v->ops = *ops;
    return v;
  }
  v->ops->nvgetvectorid = getVectorID;
  v->ops->nvclone = clone;
  v->ops->nvdestroy = destroy;
  v->ops->nvspace = space;
  v->ops->nvgetlength = getLength;
  v->ops->nvgetarraypointer = getArrayPointer;
  v->ops->nvsetarraypointer = setArrayPointer;
  v->ops->nvlinearsum = linearSum;
  v->ops->nvconst = fill;
  v->ops->nvprod = product;
  v->ops->nvdiv = quotient;
  v->ops->nvscale = scale;
  v->ops->nvabs = absolute;
  v->ops->nvinv = inverse;
  v->ops->nvaddconst = addConstant;
  v->ops->nvdotprod = dotProduct;
  v->ops->nvmaxnorm = maximumNorm;
  v->ops->nvmin = smallest;
  v->ops->nvwrmsnorm = weightedMaximum;
  v->ops->nvwrmsnormmask = weightedMaximumMasked;
  v->ops->nvlinearcombination = linearCombination;
  v->ops->nvscalevectorarray = scaleVectorArray;
  v->ops->nvlinearsumvectorarray = linearSumVectorArray;
  return v;
}

N_Vector StateVector_New(sunindextype count, realtype *values, SUNContext context) {
  return make(count, values, NULL, NULL, context);
}

N_Vector StateVector_NewProbe(sunindextype count, const int32_t *indices, SUNContext context) {
  return make(count, NULL, indices, NULL, context);
}

realtype *StateVector_Data(N_Vector vector) { return data(vector); }

StateVector_Combination StateVector_Captured(N_Vector probe) { return content(probe)->combination; }

realtype StateVector_Advance(realtype scale, const realtype *x, const realtype *w, realtype *y, sunindextype n) {
  realtype largest[8] = {0}, poison[8] = {0};
  sunindextype i = 0;
  for (; i + 8 <= n; i += 8) {
    for (int k = 0; k < 8; k++) {
      const realtype change = scale * x[i + k];
      const realtype size = fabs(change * w[i + k]);
      y[i + k] += change;
      largest[k] = size > largest[k] ? size : largest[k];
      poison[k] += size * 0.0;
    }
  }
  for (; i < n; i++) {
    const realtype change = scale * x[i];
    const realtype size = fabs(change * w[i]);
    y[i] += change;
    largest[0] = size > largest[0] ? size : largest[0];
    poison[0] += size * 0.0;
  }
  return joined(largest, poison);
}
