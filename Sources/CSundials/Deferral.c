#include "Deferral.h"

#include <math.h>
#include <stdlib.h>

#include "Passes.h"

static int contains(const Terms *terms, const Content *v) { return (terms->marks & v->mark) != 0; }

static void stopWaiting(Content *v) {
  StateVector_Deferral *d = v->deferral;
  for (int k = 0; k < d->waitingCount; k++) {
    if (d->waiting[k] == v) {
      d->waiting[k] = d->waiting[--d->waitingCount];
      return;
    }
  }
}

// What v was counts for nothing any more; its components may stay.
static void forgetValue(Content *v) {
  StateVector_Deferral *d = v->deferral;
  for (int k = d->knownCount - 1; k >= 0; k--) {
    if (d->known[k].marks & v->mark) d->known[k] = d->known[--d->knownCount];
  }
  for (int k = d->waitingCount - 1; k >= 0; k--) {
    Content *other = d->waiting[k];
    if (other == v || !contains(&other->terms, v)) continue;
    other->state = lost;
    d->waiting[k] = d->waiting[--d->waitingCount];
  }
}

void Deferral_PrepareWrite(Content *v) {
  if (Deferral_AwaitsUpdate(v)) Deferral_Update(v->deferral);
  forgetValue(v);
}

static void gatherData(const Terms *terms, const realtype **x) {
  for (int k = 0; k < terms->count; k++) x[k] = terms->vectors[k]->data;
}

void Deferral_Form(Content *v) {
  const uint64_t read = v->mark | (v->state == formed || v->state == lost ? 0 : v->terms.marks);
  if (read & v->deferral->update.marks) Deferral_Update(v->deferral);
  if (v->state == formed) return;
  if (v->state == deferred) {
    // Others that are made of the old components go with them.
    if (contains(&v->terms, v)) Deferral_PrepareWrite(v);
    const realtype *x[StateVector_TermLimit];
    gatherData(&v->terms, x);
    Passes_Form(v->deferral->crew, v->terms.count, v->terms.factors, x, v->data, v->length);
    stopWaiting(v);
  } else if (v->state == weighing) {
    Passes_Weigh(v->deferral->crew, v->bounds, v->terms.vectors[0]->data, v->data, v->length);
    stopWaiting(v);
  } else {
    v->deferral->lostReads++;
    for (sunindextype i = 0; i < v->length; i++) v->data[i] = NAN;
  }
  v->state = formed;
}

static const Terms *termsOf(const Content *v) { return v->state == deferred ? &v->terms : &v->alone; }

static void append(Terms *sum, realtype factor, Content *vector) {
  sum->factors[sum->count] = factor;
  sum->vectors[sum->count++] = vector;
}

// One by one: a record that is copied as a whole just after its parts were written waits for them.
static void add(Terms *sum, realtype factor, const Terms *terms) {
#pragma clang loop vectorize(disable) unroll(disable)
  for (int k = 0; k < terms->count; k++) append(sum, factor * terms->factors[k], terms->vectors[k]);
}

static int waits(const Content *v) { return v->state == deferred || v->state == weighing; }

static void await(Content *v, enum State state) {
  StateVector_Deferral *d = v->deferral;
  if (!waits(v)) d->waiting[d->waitingCount++] = v;
  v->state = state;
}

int Deferral_KeepSum(Content *v, int count, const realtype *factors, Content *const *x) {
  StateVector_Deferral *d = v->deferral;
  if (d == NULL || d->waitingCount == waitingLimit) return 0;
  // Not cleared: of what is not in use nothing is read.
  Terms sum;
  sum.count = 0;
  sum.marks = 0;
  for (int k = 0; k < count; k++) {
    if (factors[k] == 0.0) continue;
    // A vector that does not defer would be written without a word.
    if (x[k]->state > deferred || x[k]->deferral == NULL) return 0;
    if (sum.count + termsOf(x[k])->count > StateVector_TermLimit) return 0;
    add(&sum, factors[k], termsOf(x[k]));
    sum.marks |= termsOf(x[k])->marks;
  }
  // A sum with its own old components in it would have to be formed before anybody else is.
  if (contains(&sum, v) && sum.count > 1) return 0;
  if (!contains(&sum, v)) forgetValue(v);
  v->terms.count = 0;
  v->terms.marks = sum.marks;
  add(&v->terms, 1.0, &sum);
  await(v, deferred);
  return 1;
}

int Deferral_KeepWeights(Content *v, Content *y, const StateVector_Bounds *bounds) {
  StateVector_Deferral *d = v->deferral;
  // Those of a few unknowns by themselves would have to be looked for in every block of components.
  if (d == NULL || d->waitingCount == waitingLimit || bounds->limitedCount > 0) return 0;
  if (y->deferral != d || y->state != formed) return 0;
  forgetValue(v);
  v->terms.count = 0;
  v->terms.marks = y->mark;
  append(&v->terms, 1.0, y);
  v->bounds = bounds;
  await(v, weighing);
  return 1;
}

realtype *Deferral_ChangeScaled(Content *v, realtype *factor) {
  const int isScaled = v->state == deferred && v->terms.count == 1 && v->terms.vectors[0] == v;
  *factor = isScaled ? v->terms.factors[0] : 1.0;
  return isScaled ? Deferral_Overwrite(v) : Deferral_Change(v);
}

static Content *copyOf(const Content *v) {
  for (int k = 0; k < v->deferral->waitingCount; k++) {
    if (Content_Original(v->deferral->waiting[k]) == v) return v->deferral->waiting[k];
  }
  return NULL;
}

Content *Deferral_GiveToCopy(Content *v) {
  if (v->deferral == NULL) return v;
  Content *copy = copyOf(v);
  v->deferral->next = copy;
  if (copy == NULL) return v;
  if (v->storage == NULL || copy->storage == NULL) {
    // Memory of somebody else is read there.
    Deferral_Form(copy);
    return v;
  }
  Deferral_Forget(copy);
  realtype *data = v->data;
  void *storage = v->storage;
  v->data = copy->data;
  v->storage = copy->storage;
  copy->data = data;
  copy->storage = storage;
  // The copy has just left a place among those that wait.
  const realtype one = 1.0;
  Deferral_KeepSum(v, 1, &one, &copy);
  return copy;
}

static int areEqual(const Terms *a, const Terms *b) {
  if (a->count != b->count) return 0;
  for (int k = 0; k < a->count; k++) {
    if (a->factors[k] != b->factors[k] || a->vectors[k] != b->vectors[k]) return 0;
  }
  return 1;
}

realtype Deferral_Norm(Content *v, Content *weights) {
  if (v->state > deferred) Deferral_Read(v);
  const Terms *terms = termsOf(v);
  for (int k = 0; v->deferral != NULL && k < v->deferral->knownCount; k++) {
    const KnownNorm *known = &v->deferral->known[k];
    if (known->weights == weights && areEqual(&known->terms, terms)) return known->norm;
  }
  if (v->deferral != NULL && (terms->marks & v->deferral->update.marks)) Deferral_Update(v->deferral);
  const realtype *x[StateVector_TermLimit];
  gatherData(terms, x);
  const realtype *w = Deferral_Read(weights);
  return Passes_Norm(Passes_CrewOf(v), terms->count, terms->factors, x, w, v->length);
}

// Room for a norm whose terms, not yet there, have `marks`; NULL where it cannot be kept.
static Terms *noted(StateVector_Deferral *d, uint64_t marks, const Content *weights, realtype norm) {
  if (d == NULL || weights->deferral != d || d->knownCount == knownLimit) return NULL;
  KnownNorm *known = &d->known[d->knownCount++];
  known->marks = marks | weights->mark;
  known->weights = weights;
  known->norm = norm;
  known->terms.count = 0;
  return &known->terms;
}

void StateVector_NoteNorm(N_Vector x, N_Vector w, realtype norm) {
  if (content(x)->state == lost) return;
  Terms *sum = noted(content(x)->deferral, termsOf(content(x))->marks, content(w), norm);
  if (sum != NULL) add(sum, 1.0, termsOf(content(x)));
}

const realtype *StateVector_NextDifference(N_Vector predicted) {
  const StateVector_Deferral *d = content(predicted)->deferral;
  return d != NULL && d->next != NULL && d->next->state == formed ? d->next->data : NULL;
}

void StateVector_NoteNorms(N_Vector predicted, N_Vector correction, N_Vector weights, const StateVector_Norms *norms,
                           int hasNext) {
  Content *e = content(correction);
  StateVector_NoteNorm(correction, weights, norms->correction);
  if (content(predicted)->state != deferred) return;
  // As IDA adds them up: first the lower of the two differences of the highest orders.
  const Terms *differences = &content(predicted)->terms;
  const realtype found[2] = {norms->withLast, norms->withBoth};
  uint64_t marks = e->mark;
  for (int last = differences->count - 1, first = last; first > 1 && first > last - 2; first--) {
    marks |= differences->vectors[first]->mark;
    Terms *sum = noted(e->deferral, marks, content(weights), found[last - first]);
    if (sum == NULL) return;
    for (int k = first; k <= last; k++) append(sum, differences->factors[k], differences->vectors[k]);
    append(sum, 1.0, e);
  }
  Content *next = hasNext ? e->deferral->next : NULL;
  if (next == NULL) return;
  Terms *sum = noted(e->deferral, e->mark | next->mark, content(weights), norms->withoutNext);
  if (sum == NULL) return;
  append(sum, 1.0, e);
  append(sum, -1.0, next);
}

void Deferral_Forget(Content *v) {
  if (v->deferral == NULL) return;
  forgetValue(v);
  if (waits(v)) stopWaiting(v);
  v->state = formed;
}

void Deferral_Join(Content *v, StateVector_Deferral *deferral) {
  if (deferral == NULL) return;
  // What it reads may wait.
  v->fours = 0;
  if (deferral->freeMarks == 0) return;
  v->mark = deferral->freeMarks & -deferral->freeMarks;
  deferral->freeMarks ^= v->mark;
  v->alone.marks = v->mark;
  v->deferral = deferral;
}

void Deferral_Leave(Content *v) {
  if (v->deferral == NULL) return;
  Deferral_PrepareWrite(v);
  Deferral_Forget(v);
  if (v->deferral->next == v) v->deferral->next = NULL;
  v->deferral->freeMarks |= v->mark;
  v->deferral = NULL;
}

StateVector_Deferral *StateVector_NewDeferral(void) {
  StateVector_Deferral *deferral = calloc(1, sizeof(StateVector_Deferral));
  if (deferral != NULL) deferral->freeMarks = UINT64_MAX;
  return deferral;
}

void StateVector_Defer(N_Vector vector, StateVector_Deferral *deferral) { Deferral_Join(content(vector), deferral); }

void StateVector_AwaitCopy(N_Vector correction) {
  if (content(correction)->deferral != NULL) content(correction)->deferral->correction = content(correction);
}

void StateVector_Employ(StateVector_Deferral *deferral, Crew *crew) { deferral->crew = crew; }

void StateVector_FreeDeferral(StateVector_Deferral *deferral) { free(deferral); }

int StateVector_IsLost(N_Vector vector) { return content(vector)->state == lost; }

int StateVector_IsDeferred(N_Vector vector) { return content(vector)->state == deferred; }

long StateVector_LostReads(const StateVector_Deferral *deferral) { return deferral->lostReads; }

static void setFormed(StateVector_Prediction *result, const realtype *value, const realtype *rate) {
  result->count = 2;
  result->vectors[0] = value;
  result->vectors[1] = rate;
  result->update = NULL;
  result->values[0] = result->rates[1] = 1.0;
  result->values[1] = result->rates[0] = 0.0;
}

void StateVector_PredictionOf(N_Vector predicted, N_Vector predictedRate, StateVector_Prediction *result) {
  Content *value = content(predicted), *rate = content(predictedRate);
  if (value->state == lost) Deferral_Read(value);
  if (rate->state == lost) Deferral_Read(rate);
  if (value->state == formed && rate->state == formed) return setFormed(result, value->data, rate->data);
  const Terms *values = termsOf(value), *rates = termsOf(rate);
  result->count = values->count;
  for (int k = 0; k < values->count; k++) {
    result->vectors[k] = values->vectors[k]->data;
    result->values[k] = values->factors[k];
    result->rates[k] = 0.0;
  }
  for (int k = 0; k < rates->count; k++) {
    int place = 0;
    while (place < result->count && result->vectors[place] != rates->vectors[k]->data) place++;
    // More vectors than have room: only of the prediction itself.
    if (place == StateVector_TermLimit) return setFormed(result, Deferral_Read(value), Deferral_Read(rate));
    if (place == result->count) {
      result->vectors[result->count++] = rates->vectors[k]->data;
      result->values[place] = 0.0;
    }
    result->rates[place] = rates->factors[k];
  }
  result->update = Deferral_UpdateFor(result, values->marks | rates->marks, value->deferral);
}

void StateVector_WeightsOf(N_Vector weights, StateVector_Weights *result) {
  Content *w = content(weights);
  const int isFormed = w->state != weighing;
  result->formed = isFormed ? Deferral_Read(w) : NULL;
  result->y = isFormed ? NULL : w->terms.vectors[0]->data;
  result->bounds = isFormed ? NULL : w->bounds;
}

void StateVector_FormTogether(N_Vector predicted, N_Vector predictedRate) {
  Content *value = content(predicted), *rate = content(predictedRate);
  if (value->state != deferred || rate->state != deferred || Passes_CrewOf(value) != NULL) return;
  if (((value->terms.marks | rate->terms.marks) & (value->mark | rate->mark)) != 0) return;
  StateVector_Prediction sums;
  StateVector_PredictionOf(predicted, predictedRate, &sums);
  StateVector_FormPrediction(&sums, NULL, 0.0, 0, value->length, value->data, rate->data);
  if (sums.update != NULL) StateVector_EndUpdate(sums.update);
  stopWaiting(value);
  stopWaiting(rate);
  value->state = rate->state = formed;
}
