#include "Deferral.h"
#include "Passes.h"

#pragma clang fp contract(fast)

int Deferral_KeepUpdate(const Content *correction, int count, const realtype *factors, N_Vector *z) {
  StateVector_Deferral *d = correction->deferral;
  if (d == NULL || correction->state != formed) return 0;
  uint64_t marks = correction->mark;
  for (int k = 0; k < count; k++) {
    if (content(z[k])->deferral != d) return 0;
    marks |= content(z[k])->mark;
  }
  StateVector_Update *update = &d->update;
  update->count = count;
  update->marks = marks;
  update->correction = correction->data;
  update->length = correction->length;
  update->done = 0;
  for (int k = 0; k < count; k++) {
    update->factors[k] = factors[k];
    update->sums[k] = content(z[k])->data;
  }
  return 1;
}

static void forget(StateVector_Update *update) {
  update->count = 0;
  update->marks = 0;
}

void Deferral_Update(StateVector_Deferral *d) {
  const StateVector_Update *update = &d->update;
  Passes_RunningSum(d->crew, update->count, update->correction, update->factors, update->sums, update->length);
  forget(&d->update);
}

int StateVector_EndUpdate(StateVector_Update *update) {
  if (update->count == 0) return 0;
  if (update->done != update->length) return -1;
  forget(update);
  return 0;
}

realtype Deferral_Component(const Content *v, sunindextype i) {
  if (!Deferral_AwaitsUpdate(v)) return v->data[i];
  const StateVector_Update *update = &v->deferral->update;
  realtype sum = update->correction[i];
  for (int k = 0; k < update->count; k++) {
    sum += update->factors[k] * update->sums[k][i];
    if (update->sums[k] == v->data) return sum;
  }
  return v->data[i];
}

// Whether the prediction is made of the differences that wait, from order 0 on.
static int isOf(const StateVector_Prediction *prediction, const StateVector_Update *update) {
  if (prediction->count != update->count) return 0;
  for (int k = 0; k < update->count; k++) {
    if (prediction->vectors[k] != update->sums[update->count - 1 - k]) return 0;
  }
  return 1;
}

StateVector_Update *Deferral_UpdateFor(const StateVector_Prediction *prediction, uint64_t marks,
                                       StateVector_Deferral *d) {
  if (d == NULL || (marks & d->update.marks) == 0) return NULL;
  if (isOf(prediction, &d->update)) return &d->update;
  Deferral_Update(d);
  return NULL;
}
