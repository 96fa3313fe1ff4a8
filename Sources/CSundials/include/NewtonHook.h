#ifndef NEURISTOR_NEWTONHOOK_H
#define NEURISTOR_NEWTONHOOK_H

#include <sundials/sundials_nonlinearsolver.h>

#include "StateVector.h"

// A SUNNonlinearSolver whose iteration is the owner's: IDA asks for the correction e of a step's prediction,
//
//     F(t, y_p + e, y_p' + cj e) = 0,
//
// and the owner works on IDA's arrays without a vector operation between.

typedef struct {
  realtype time;
  realtype slope;  // cj
  StateVector_Prediction prediction;
  int isDeferred;  // whether the prediction is made of IDA's differences, from order 0 on
  int fours;       // of components, where the step's vectors are short and formed; else 0
  // The correction, not yet set to 0; scale and isFirst are the owner's.
  StateVector_Advance advance;
  realtype tolerance;  // of the correction's weighted norm
  int wantsSetup;      // IDA judges the Jacobian too old
} NewtonHook_Step;

// What a residual that cannot be evaluated gives (IDA's own IDA_RES_RECVR stands in no public header).
enum { NewtonHook_OutsideDomain = 1 };

typedef struct {
  void *owner;
  // 0, or a positive value where a shorter step may help.
  int (*solve)(void *owner, NewtonHook_Step *step);
} NewtonHook_Callbacks;

// `count` components from `first` on of the point of an iteration: of the prediction, or, where `isCorrected`, of
// y_p + e and y_p' + cj e. Where the prediction has an update that waits, every component is to be formed once, and its end
// to be told.
void NewtonHook_FormPoint(const NewtonHook_Step *step, int isCorrected, sunindextype first, sunindextype count,
                          realtype *y, realtype *rate);

// All of `count` components; `y` and `rate` have room for as many as make whole fours.
void NewtonHook_FormWhole(const NewtonHook_Step *step, int isCorrected, sunindextype count, realtype *y, realtype *rate);

// What StateVector_AdvanceBy does where `fours` are not 0; `x` holds whole fours, 0 behind the last component. Returns the
// weighted maximum norm of what was added, NaN if a component is.
realtype NewtonHook_Advance(const NewtonHook_Step *step, const realtype *x);

SUNNonlinearSolver NewtonHook_New(NewtonHook_Callbacks callbacks, SUNContext context);

// Has IDA evaluate and factor the Jacobian at the prediction of the step being solved; IDA's flag.
int NewtonHook_Setup(SUNNonlinearSolver solver);

// To be told by the owner: iterations done, and iterations given up.
void NewtonHook_Count(SUNNonlinearSolver solver, int iterations, int failures);

// The norms of the correction found to a prediction that is deferred, for IDA's error test.
void NewtonHook_NoteNorms(SUNNonlinearSolver solver, const StateVector_Norms *norms);

#endif
