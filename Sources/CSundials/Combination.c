#include "Combination.h"

#include <math.h>
#include <string.h>

#include "Lanes.h"

#pragma clang fp contract(fast)

INLINE void form(const int count, const realtype *factors, const realtype *const *x, realtype *z, sunindextype n) {
  const realtype *p[StateVector_TermLimit];
  realtype f[StateVector_TermLimit];
  for (int k = 0; k < count; k++) {
    p[k] = x[k];
    f[k] = factors[k];
  }
#pragma clang loop vectorize(assume_safety)
  for (sunindextype i = 0; i < n; i++) {
    realtype sum = f[0] * p[0][i];
    for (int k = 1; k < count; k++) sum += f[k] * p[k][i];
    z[i] = sum;
  }
}

void Combination_Form(int count, const realtype *factors, const realtype *const *x, realtype *z, sunindextype n) {
  if (count == 0) memset(z, 0, (size_t)n * sizeof(realtype));
#define CALL(K) form(K, factors, x, z, n)
  FOR_EACH_COUNT(count, CALL)
#undef CALL
}

// Of two, as most are: numbers handed over in an array just filled would be waited for.
void Combination_Sum(realtype a, const realtype *x, realtype b, const realtype *y, realtype *z, sunindextype n) {
  const realtype factors[2] = {a, b};
  const realtype *const vectors[2] = {x, y};
  form(2, factors, vectors, z, n);
}

INLINE void runningSum(const int count, const realtype *start, const realtype *factors, realtype *const *z,
                       sunindextype n) {
  realtype *p[StateVector_TermLimit];
  realtype f[StateVector_TermLimit];
  for (int k = 0; k < count; k++) {
    p[k] = z[k];
    f[k] = factors[k];
  }
#pragma clang loop vectorize(assume_safety)
  for (sunindextype i = 0; i < n; i++) {
    realtype sum = start[i];
    for (int k = 0; k < count; k++) {
      sum += f[k] * p[k][i];
      p[k][i] = sum;
    }
  }
}

void Combination_RunningSum(int count, const realtype *start, const realtype *factors, realtype *const *z,
                            sunindextype n) {
#define CALL(K) runningSum(K, start, factors, z, n)
  FOR_EACH_COUNT(count, CALL)
#undef CALL
}

INLINE realtype norm(const int count, const realtype *factors, const realtype *const *x, const realtype *w,
                     sunindextype n) {
  realtype result = 0.0, poison = 0.0;
  sunindextype i = 0;
  if (n >= lanes) {
    Lanes maxima = {0};
    Marks marks = {0};
    for (; i + lanes <= n; i += lanes) {
      Lanes sum = factors[0] * load(x[0] + i);
      for (int k = 1; k < count; k++) sum += factors[k] * load(x[k] + i);
      const Lanes found = size(sum, load(w + i));
      maxima = larger(found, maxima);
      marks |= marked(found);
    }
    result = largest(maxima);
    poison = tainted(marks);
  }
  for (; i < n; i++) {
    realtype sum = factors[0] * x[0][i];
    for (int k = 1; k < count; k++) sum += factors[k] * x[k][i];
    const realtype found = fabs(sum * w[i]);
    result = largerOf(found, result);
    poison += found * 0.0;
  }
  return result + poison;
}

realtype Combination_Norm(int count, const realtype *factors, const realtype *const *x, const realtype *w,
                          sunindextype n) {
  realtype result = 0.0;
#define CALL(K) result = norm(K, factors, x, w, n)
  FOR_EACH_COUNT(count, CALL)
#undef CALL
  return result;
}

typedef struct {
  Lanes change, correction, withLast, withBoth;
  Marks marks;
} Maxima;

// `terms`: how many of IDA's differences take part in norms, 0, 1 or 2.
INLINE void advanceLanes(const int isFirst, const int terms, const StateVector_Advance *a, const realtype *x,
                         const realtype *w, sunindextype i, Maxima *m) {
  const Lanes weight = load(w), added = a->scale * load(x);
  const Lanes found = size(added, weight);
  Lanes sum = isFirst ? added : load(a->correction + i) + added;
  store(a->correction + i, sum);
  m->change = larger(found, m->change);
  m->marks |= marked(found);
  m->correction = larger(size(sum, weight), m->correction);
  if (terms > 0) {
    sum += a->lastFactor * load(a->last + i);
    m->withLast = larger(size(sum, weight), m->withLast);
  }
  if (terms > 1) {
    sum += a->beforeLastFactor * load(a->beforeLast + i);
    m->withBoth = larger(size(sum, weight), m->withBoth);
  }
}

INLINE void advanceOne(const int isFirst, const int terms, const StateVector_Advance *a, realtype x, realtype weight,
                       sunindextype i, StateVector_Norms *norms) {
  const realtype added = a->scale * x;
  const realtype found = fabs(added * weight);
  realtype sum = isFirst ? added : a->correction[i] + added;
  a->correction[i] = sum;
  norms->change = largerOf(found, norms->change) + found * 0.0;
  norms->correction = largerOf(fabs(sum * weight), norms->correction);
  if (terms > 0) {
    sum += a->lastFactor * a->last[i];
    norms->withLast = largerOf(fabs(sum * weight), norms->withLast);
  }
  if (terms > 1) {
    sum += a->beforeLastFactor * a->beforeLast[i];
    norms->withBoth = largerOf(fabs(sum * weight), norms->withBoth);
  }
}

INLINE void advance(const int isFirst, const int terms, const StateVector_Advance *a, const realtype *x,
                    const realtype *w, sunindextype first, sunindextype n, StateVector_Norms *norms) {
  const StateVector_Advance arrays = *a;
  StateVector_Norms found = *norms;
  sunindextype i = 0;
  if (n >= lanes) {
    Maxima m = {0};
    for (; i + lanes <= n; i += lanes) advanceLanes(isFirst, terms, &arrays, x + i, w + i, first + i, &m);
    found.change = largerOf(largest(m.change), found.change) + tainted(m.marks);
    found.correction = largerOf(largest(m.correction), found.correction);
    if (terms > 0) found.withLast = largerOf(largest(m.withLast), found.withLast);
    if (terms > 1) found.withBoth = largerOf(largest(m.withBoth), found.withBoth);
  }
  for (; i < n; i++) advanceOne(isFirst, terms, &arrays, x[i], w[i], first + i, &found);
  *norms = found;
}

static realtype enlarged(realtype norm, realtype part) { return isnan(norm) || norm > part ? norm : part; }

void StateVector_Enlarge(StateVector_Norms *norms, const StateVector_Norms *part) {
  norms->change = enlarged(norms->change, part->change);
  norms->correction = enlarged(norms->correction, part->correction);
  norms->withLast = enlarged(norms->withLast, part->withLast);
  norms->withBoth = enlarged(norms->withBoth, part->withBoth);
  norms->withoutNext = enlarged(norms->withoutNext, part->withoutNext);
}

static void advanceAll(const StateVector_Advance *a, const realtype *x, const realtype *w, sunindextype first,
                       sunindextype count, StateVector_Norms *norms) {
  const int terms = a->last == NULL ? 0 : a->beforeLast == NULL ? 1 : 2;
  if (a->isFirst) {
    if (terms == 2) advance(1, 2, a, x, w, first, count, norms);
    else if (terms == 1) advance(1, 1, a, x, w, first, count, norms);
    else advance(1, 0, a, x, w, first, count, norms);
  } else {
    if (terms == 2) advance(0, 2, a, x, w, first, count, norms);
    else if (terms == 1) advance(0, 1, a, x, w, first, count, norms);
    else advance(0, 0, a, x, w, first, count, norms);
  }
  if (a->next == NULL) return;
  const realtype factors[2] = {1.0, -1.0};
  const realtype *const vectors[2] = {a->correction + first, a->next + first};
  norms->withoutNext = enlarged(norms->withoutNext, Combination_Norm(2, factors, vectors, w, count));
}

void StateVector_AdvanceBy(const StateVector_Advance *a, const realtype *x, sunindextype first, sunindextype count,
                           StateVector_Norms *norms) {
  const StateVector_Weights *weights = &a->weights;
  if (weights->formed != NULL) return advanceAll(a, x, weights->formed + first, first, count, norms);
  // Of a block of components, which stay in the first-level cache.
  realtype formed[256];
  const sunindextype longest = sizeof(formed) / sizeof(formed[0]);
  for (sunindextype done = 0; done < count; done += longest) {
    const sunindextype length = count - done < longest ? count - done : longest;
    StateVector_FormWeights(weights->bounds, weights->y, first + done, length, formed);
    advanceAll(a, x + done, formed, first + done, length, norms);
  }
}
