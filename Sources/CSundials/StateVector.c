#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "Combination.h"
#include "Deferral.h"
#include "Passes.h"
#include "ShortVector.h"

#pragma clang fp contract(fast)

static const realtype *values(N_Vector v) { return Deferral_Read(content(v)); }
static realtype *target(N_Vector v) { return Deferral_Overwrite(content(v)); }
static sunindextype length(N_Vector v) { return content(v)->length; }
static Crew *crewOf(N_Vector v) { return Passes_CrewOf(content(v)); }
static int mayWait(N_Vector v) { return content(v)->deferral != NULL; }

static N_Vector_ID getVectorID(N_Vector v) {
  (void)v;
  return SUNDIALS_NVEC_CUSTOM;
}

static void destroy(N_Vector v) {
  if (v == NULL) return;
  if (v->content != NULL) {
    Deferral_Leave(content(v));
    free(content(v)->storage);
    free(v->content);
    v->content = NULL;
  }
  N_VFreeEmpty(v);
}

static N_Vector make(sunindextype count, realtype *values, const int32_t *probe, N_Vector_Ops ops, SUNContext context);

static N_Vector clone(N_Vector v) {
  N_Vector copy = make(length(v), NULL, content(v)->probe, v->ops, v->sunctx);
  if (copy == NULL) return NULL;
  Deferral_Join(content(copy), content(v)->deferral);
  content(copy)->differences = content(v)->differences;
  return copy;
}

static void space(N_Vector v, sunindextype *reals, sunindextype *integers) {
  *reals = length(v);
  *integers = 1;
}

static sunindextype getLength(N_Vector v) { return length(v); }
static realtype *getArrayPointer(N_Vector v) { return Deferral_Change(content(v)); }

static void linearSum(realtype a, N_Vector x, realtype b, N_Vector y, N_Vector z) {
  if (ShortVector_Is(z)) return ShortVector_LinearSum(a, x, b, y, z);
  const realtype factors[2] = {a, b};
  Content *const vectors[2] = {content(x), content(y)};
  if (mayWait(z) && Deferral_KeepSum(content(z), 2, factors, vectors)) return;
  const realtype *const data[2] = {values(x), values(y)};
  Passes_Sum(crewOf(z), a, data[0], b, data[1], target(z), length(z));
}

static void fill(realtype c, N_Vector z) {
  if (c == 0.0 && ShortVector_Is(z)) return ShortVector_Clear(z);
  if (c == 0.0 && mayWait(z) && Deferral_KeepSum(content(z), 0, NULL, NULL)) return;
  realtype *zd = target(z);
  const sunindextype n = length(z);
  for (sunindextype i = 0; i < n; i++) zd[i] = c;
}

static void product(N_Vector x, N_Vector y, N_Vector z) {
  const realtype *xd = values(x), *yd = values(y);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] * yd[i];
}

static void quotient(N_Vector x, N_Vector y, N_Vector z) {
  const realtype *xd = values(x), *yd = values(y);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] / yd[i];
}

static void scale(realtype c, N_Vector x, N_Vector z) {
  if (ShortVector_Is(z)) return ShortVector_Scale(c, x, z);
  Content *const vectors[1] = {content(x)};
  const int isPassing = mayWait(z) && (x == z || content(x) == content(z)->deferral->correction);
  if (isPassing && Deferral_KeepSum(content(z), 1, &c, vectors)) return;
  const realtype *xd = values(x);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  if (crewOf(z) != NULL) {
    if (zd != xd || c != 1.0) Passes_Form(crewOf(z), 1, &c, &xd, zd, n);
  } else if (c == 1.0) {
    if (zd != xd) memcpy(zd, xd, (size_t)n * sizeof(realtype));
  } else {
    for (sunindextype i = 0; i < n; i++) zd[i] = c * xd[i];
  }
}

static void absolute(N_Vector x, N_Vector z) {
  const realtype *xd = values(x);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = fabs(xd[i]);
}

static void inverse(N_Vector x, N_Vector z) {
  const realtype *xd = values(x);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = 1.0 / xd[i];
}

static void addConstant(N_Vector x, realtype b, N_Vector z) {
  const realtype *xd = values(x);
  realtype *zd = target(z);
  const sunindextype n = length(x);
  for (sunindextype i = 0; i < n; i++) zd[i] = xd[i] + b;
}

static realtype dotProduct(N_Vector x, N_Vector y) {
  const realtype *xd = values(x), *yd = values(y);
  const sunindextype n = length(x);
  realtype sum = 0.0;
  for (sunindextype i = 0; i < n; i++) sum += xd[i] * yd[i];
  return sum;
}

static realtype maximumNorm(N_Vector x) {
  const realtype *xd = values(x);
  const sunindextype n = length(x);
  realtype largest = 0.0;
  for (sunindextype i = 0; i < n; i++) {
    const realtype size = fabs(xd[i]);
    largest = size > largest ? size : largest;
  }
  return largest;
}

static realtype smallest(N_Vector x) {
  const realtype *xd = values(x);
  const sunindextype n = length(x);
  realtype least = INFINITY;
  for (sunindextype i = 0; i < n; i++) least = xd[i] < least ? xd[i] : least;
  return least;
}

static realtype weightedMaximum(N_Vector x, N_Vector w) {
  if (ShortVector_Is(x)) return ShortVector_Norm(x, w);
  if (mayWait(x)) return Deferral_Norm(content(x), content(w));
  const realtype *xd = values(x), one = 1.0;
  return Combination_Norm(1, &one, &xd, values(w), length(x));
}

// The mask (IDA's id vector) holds 0 where a component takes no part in the error test.
static realtype weightedMaximumMasked(N_Vector x, N_Vector w, N_Vector mask) {
  const realtype *xd = values(x), *wd = values(w), *md = values(mask);
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

// A probe of fewer than one component in so many takes them one by one.
enum { fewest = 64 };

// A probe keeps the terms apart instead of adding them up.
static int keepTerms(int count, realtype *c, N_Vector *x, N_Vector z) {
  const int32_t *probe = content(z)->probe;
  const sunindextype n = length(z);
  StateVector_Combination *kept = &content(z)->combination;
  if (count > StateVector_TermLimit) return -1;
  kept->count = count;
  for (int k = 0; k < count; k++) {
    Content *vector = content(x[k]);
    // A few components are not worth an update of all.
    if (vector->state != formed || n > vector->length / fewest) Deferral_Read(vector);
    realtype *row = content(z)->data + k * n;
    kept->coefficients[k] = c[k];
    for (sunindextype i = 0; i < n; i++) row[i] = Deferral_Component(vector, probe[i]);
  }
  return 0;
}

static int linearCombination(int count, realtype *c, N_Vector *x, N_Vector z) {
  if (count < 1 || count > StateVector_TermLimit) return -1;
  if (ShortVector_Is(z)) return ShortVector_LinearCombination(count, c, x, z);
  if (content(z)->probe != NULL) return keepTerms(count, c, x, z);
  if (mayWait(z)) {
    Content *vectors[StateVector_TermLimit];
    for (int k = 0; k < count; k++) vectors[k] = content(x[k]);
    if (Deferral_KeepSum(content(z), count, c, vectors)) return 0;
  }
  const realtype *data[StateVector_TermLimit];
  for (int k = 0; k < count; k++) data[k] = values(x[k]);
  Passes_Form(crewOf(z), count, c, data, target(z), length(z));
  return 0;
}

static int scaleVectorArray(int count, realtype *c, N_Vector *x, N_Vector *z) {
  for (int k = 0; k < count; k++) scale(c[k], x[k], z[k]);
  return 0;
}

// IDA updates its modified divided differences with z[k] = x[k] + y[k], where x[k] is z[k] and y[k] is z[k - 1]: a
// running sum, done here in one pass, together with the factors of its last change of step; or in none, where it can wait for
// the next prediction. Its copy of y[0], the correction that it will not need any more, is an exchange of their memory.
static int linearSumVectorArray(int count, realtype a, N_Vector *x, realtype b, N_Vector *y, N_Vector *z) {
  if (count > 0 && ShortVector_Is(z[0])) return ShortVector_SumEach(count, a, x, b, y, z);
  int runs = a == 1.0 && b == 1.0 && count > 0 && count <= StateVector_TermLimit;
  for (int k = 0; runs && k < count; k++) runs = x[k] == z[k] && (k == 0 || y[k] == z[k - 1]);
  if (!runs) {
    for (int k = 0; k < count; k++) linearSum(a, x[k], b, y[k], z[k]);
    return 0;
  }
  const realtype *start = values(y[0]);
  realtype factors[StateVector_TermLimit], *sums[StateVector_TermLimit];
  for (int k = 0; k < count; k++) sums[k] = Deferral_ChangeScaled(content(z[k]), &factors[k]);
  if (!Deferral_KeepUpdate(Deferral_GiveToCopy(content(y[0])), count, factors, z)) {
    Passes_RunningSum(crewOf(z[0]), count, start, factors, sums, length(z[0]));
  }
  const StateVector_Deferral *deferral = content(z[0])->deferral;
  Content_KeepDifferences(count, z, deferral != NULL ? &deferral->update : NULL);
  return 0;
}

static sunindextype foursOf(sunindextype count) { return (count + ShortVector_Lanes - 1) / ShortVector_Lanes; }

enum { cacheLine = 64 };

// Zeros, to whole fours, and room to begin at a cache line. Pages that nobody writes are not touched.
static void *newStorage(sunindextype count) {
  return calloc(1, (size_t)foursOf(count > 0 ? count : 1) * sizeof(Four) + cacheLine);
}

// Loops of eight components would touch two lines at every turn if they began elsewhere: a third more time.
static realtype *aligned(void *storage) {
  return (realtype *)(((uintptr_t)storage + cacheLine - 1) & ~(uintptr_t)(cacheLine - 1));
}

static N_Vector make(sunindextype count, realtype *values, const int32_t *probe, N_Vector_Ops ops, SUNContext context) {
  N_Vector v = N_VNewEmpty(context);
  if (v == NULL) return NULL;
  Content *c = malloc(sizeof(Content));
  void *storage = values != NULL ? NULL : newStorage(probe != NULL ? StateVector_TermLimit * count : count);
  if (c == NULL || (values == NULL && storage == NULL)) {
    free(c);
    free(storage);
    N_VFreeEmpty(v);
    return NULL;
  }
  *c = (Content){
      .length = count, .data = values != NULL ? values : aligned(storage), .storage = storage, .probe = probe};
  c->alone = (Terms){.count = 1, .factors = {1.0}, .vectors = {c}};
  if (values == NULL && probe == NULL && foursOf(count) <= ShortVector_MostFours) c->fours = (int)foursOf(count);
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

realtype *StateVector_Data(N_Vector vector) { return Deferral_Change(content(vector)); }

const realtype *StateVector_Values(N_Vector vector) { return values(vector); }

realtype *StateVector_Overwrite(N_Vector vector) { return target(vector); }

realtype *StateVector_OverwriteLater(N_Vector vector) {
  if (mayWait(vector)) Deferral_Forget(content(vector));
  return content(vector)->data;
}

const realtype *StateVector_Glance(N_Vector vector) {
  const Content *original = Content_Original(content(vector));
  return original != NULL && !Deferral_AwaitsUpdate(original) ? original->data : values(vector);
}

void StateVector_KeepDifferences(N_Vector vector, StateVector_Differences *differences) {
  content(vector)->differences = differences;
}

realtype StateVector_Reach(const StateVector_Differences *differences, sunindextype i, realtype *middle) {
  const StateVector_Update *update = differences->update;
  realtype reach = 0.0;
  if (update == NULL || update->count == 0) {
    for (int k = 1; k < differences->count; k++) reach += fabs(differences->vectors[k][i]);
    *middle = differences->vectors[0][i];
    return reach;
  }
  realtype sum = update->correction[i];
  for (int k = 0; k < update->count; k++) {
    sum += update->factors[k] * update->sums[k][i];
    if (k < update->count - 1) reach += fabs(sum);
  }
  *middle = sum;
  return reach;
}

StateVector_Combination StateVector_Captured(N_Vector probe) { return content(probe)->combination; }
