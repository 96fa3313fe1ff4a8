#ifndef NEURISTOR_STATEVECTOR_H
#define NEURISTOR_STATEVECTOR_H

#include <stdint.h>
#include <sundials/sundials_nvector.h>

#include "Crew.h"

// The N_Vector that IDA works on: contiguous doubles, with the operations IDA calls written so that the compiler
// vectorises them (Debian builds its own without optimisation).
//
// "WrmsNorm" is the weighted maximum norm, max |x_i w_i|: an error bound means the same whatever else is in the
// circuit. It is NaN if any component is.
//
// A vector may be told to defer: sums are then kept as sums (Deferral.h) until somebody reads them, for most of those
// that IDA forms in a step are read once, or never.

// A vector of `length` doubles at `data`, or of its own where `data` is NULL.
N_Vector StateVector_New(sunindextype length, realtype *data, SUNContext context);

// The most vectors a linear combination may have: those of IDA's highest order, 5, and a correction.
enum { StateVector_TermLimit = 7 };

// A linear combination kept apart: coefficient k, and the components of vector k in row k of the probe's data.
typedef struct {
  int count;
  realtype coefficients[StateVector_TermLimit];
} StateVector_Combination;

// The components `indices` of longer vectors: a linear combination of full vectors into it (IDAGetDky) is not added up
// but kept term by term, so that the polynomial of a step is known after one call. `indices` stays the caller's.
N_Vector StateVector_NewProbe(sunindextype count, const int32_t *indices, SUNContext context);

// The combination a probe last received.
StateVector_Combination StateVector_Captured(N_Vector probe);

// IDA's update of its modified divided differences, phi_k += phi_(k + 1) + ... + e, where it waits for the prediction of the
// next step: both read the same vectors.
typedef struct {
  int count;       // of differences; 0 where no update waits
  uint64_t marks;  // of the vectors
  const realtype *correction;
  realtype factors[StateVector_TermLimit];  // of the differences before
  realtype *sums[StateVector_TermLimit];    // the differences, the highest order first
  sunindextype length;
  sunindextype done;  // components
} StateVector_Update;

// To be told once all components are done. 0 where no update waits any more; -1 where components are missing.
int StateVector_EndUpdate(StateVector_Update *update);

// IDA's modified divided differences phi_0 ... phi_(count - 1) as it last updated them: between steps, those of the last
// step's polynomial. `count` is 0 before the first.
typedef struct {
  int count;
  const realtype *vectors[StateVector_TermLimit];
  const StateVector_Update *update;  // may wait; NULL where none ever does
} StateVector_Differences;

// From now on `differences`, which stays the caller's, says where those are that belong with `vector`: to be told before
// IDA clones it.
void StateVector_KeepDifferences(N_Vector vector, StateVector_Differences *differences);

// |phi_1| + |phi_2| + ... of component i, and its phi_0.
realtype StateVector_Reach(const StateVector_Differences *differences, sunindextype i, realtype *middle);

// The components: to be read and written, to be read only, and to be written whatever they were.
realtype *StateVector_Data(N_Vector vector);
const realtype *StateVector_Values(N_Vector vector);
realtype *StateVector_Overwrite(N_Vector vector);

// As StateVector_Overwrite for who writes when the update that may wait (below) has been carried out.
realtype *StateVector_OverwriteLater(N_Vector vector);

// Components to be read until any vector is written: those of another vector where this one waits and equals it.
const realtype *StateVector_Glance(N_Vector vector);

// What vectors share that defer: those told to, and their clones. To be freed after them.
typedef struct StateVector_Deferral StateVector_Deferral;
StateVector_Deferral *StateVector_NewDeferral(void);
void StateVector_Defer(N_Vector vector, StateVector_Deferral *deferral);
void StateVector_FreeDeferral(StateVector_Deferral *deferral);

// IDA will copy `correction` and then update its differences, which is one pass if the copy waits.
void StateVector_AwaitCopy(N_Vector correction);

// The members of `crew` share the passes over vectors that defer; NULL: one thread does them. To outlive `deferral`.
void StateVector_Employ(StateVector_Deferral *deferral, Crew *crew);

// True where the last value given to the vector is gone: it was deferred, nobody read it, and what it was made of has
// been overwritten. Such a vector reads as NaN.
int StateVector_IsLost(N_Vector vector);
int StateVector_IsDeferred(N_Vector vector);

// How often a lost vector was read.
long StateVector_LostReads(const StateVector_Deferral *deferral);

// To be told by who computes it: the weighted maximum norm of x. Known until x or w is written.
void StateVector_NoteNorm(N_Vector x, N_Vector w, realtype norm);

// Where a step's iteration starts: y = sum of value_k x_k, y' = sum of rate_k x_k, not yet formed.
typedef struct {
  int count;
  const realtype *vectors[StateVector_TermLimit];
  realtype values[StateVector_TermLimit];
  realtype rates[StateVector_TermLimit];
  StateVector_Update *update;  // of the same vectors, which may wait; or NULL
} StateVector_Prediction;

// Into `prediction`, of which no more than `count` terms are written.
void StateVector_PredictionOf(N_Vector predicted, N_Vector predictedRate, StateVector_Prediction *prediction);

// `count` components from `first` on of y + e and y' + slope e; e is 0 where `correction` is NULL. Where an update waits, it
// is carried out with the components, each of which must then be formed once.
void StateVector_FormPrediction(const StateVector_Prediction *prediction, const realtype *correction, realtype slope,
                                sunindextype first, sunindextype count, realtype *y, realtype *rate);

// Forms both where both wait, in one pass over what they are made of.
void StateVector_FormTogether(N_Vector predicted, N_Vector predictedRate);

typedef struct {
  sunindextype first, count;
} StateVector_Range;

// The error bound of component i is relative |y_i| + absolute_i; that of the components `limited` is at most `limit`.
typedef struct {
  realtype relative;
  const realtype *absolute;
  const StateVector_Range *equal;  // where absolute_i is one number: an empty one ends them; may be NULL
  const int32_t *limited;
  sunindextype limitedCount;
  realtype limit;
} StateVector_Bounds;

// The inverse of the bounds of `count` components from `first` on; weights[0] is that of `first`.
void StateVector_FormWeights(const StateVector_Bounds *bounds, const realtype *y, sunindextype first,
                             sunindextype count, realtype *weights);

// `weights` become the inverse of the bounds of y; where they defer, when and where they are read. `bounds` stay the
// caller's.
void StateVector_Weigh(N_Vector y, N_Vector weights, const StateVector_Bounds *bounds);

// The weights, or, where they wait (`formed` is NULL), what they are formed of.
typedef struct {
  const realtype *formed;
  const realtype *y;
  const StateVector_Bounds *bounds;
} StateVector_Weights;

void StateVector_WeightsOf(N_Vector weights, StateVector_Weights *result);

// How an iteration corrects e, component i of every array: e += scale x, or, where `isFirst`, e = scale x; and which
// norms are taken on the way. `last` and `beforeLast`, times their factors, are IDA's differences of the highest orders,
// `next` is that of one order more, or NULL.
typedef struct {
  realtype scale;
  int isFirst;
  StateVector_Weights weights;
  realtype *correction;
  const realtype *last;
  const realtype *beforeLast;
  realtype lastFactor;
  realtype beforeLastFactor;
  const realtype *next;
} StateVector_Advance;

// Weighted maximum norms: of what was added (NaN if a component is), of e, of e and the last difference, of e and both, of
// e without the next.
typedef struct {
  realtype change;
  realtype correction;
  realtype withLast;
  realtype withBoth;
  realtype withoutNext;
} StateVector_Norms;

// IDA's difference of one order more than those it last updated, where vectors defer; else NULL.
const realtype *StateVector_NextDifference(N_Vector predicted);

// Of a correction e to the deferred sum `predicted` of IDA's differences: what its error test will ask for, and, where it
// was taken (`hasNext`), what its choice of the next order will.
void StateVector_NoteNorms(N_Vector predicted, N_Vector correction, N_Vector weights, const StateVector_Norms *norms,
                           int hasNext);

// Enlarges `norms` to those of another part; NaN stays.
void StateVector_Enlarge(StateVector_Norms *norms, const StateVector_Norms *part);

// x[0] belongs to component `first`; `norms` are enlarged to what is found.
void StateVector_AdvanceBy(const StateVector_Advance *advance, const realtype *x, sunindextype first,
                           sunindextype count, StateVector_Norms *norms);

#endif
