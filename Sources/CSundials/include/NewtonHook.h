#ifndef NEURISTOR_NEWTONHOOK_H
#define NEURISTOR_NEWTONHOOK_H

#include <sundials/sundials_nonlinearsolver.h>

// A SUNNonlinearSolver whose iteration is the owner's: IDA asks for the correction e of a step's prediction,
//
//     F(t, y_p + e, y_p' + cj e) = 0,
//
// and the owner works on IDA's arrays without a vector operation between.

typedef struct {
  realtype time;
  realtype slope;  // cj
  const realtype *predicted;
  const realtype *predictedRate;
  realtype *correction;  // 0 at the start
  const realtype *weights;
  realtype tolerance;  // of the correction's weighted norm
  int wantsSetup;      // IDA judges the Jacobian too old
} NewtonHook_Step;

// What a residual that cannot be evaluated gives (IDA's own IDA_RES_RECVR stands in no public header).
enum { NewtonHook_OutsideDomain = 1 };

typedef struct {
  void *owner;
  // 0, or a positive value where a shorter step may help.
  int (*solve)(void *owner, const NewtonHook_Step *step);
} NewtonHook_Callbacks;

SUNNonlinearSolver NewtonHook_New(NewtonHook_Callbacks callbacks, SUNContext context);

// Has IDA evaluate and factor the Jacobian at the prediction of the step being solved; IDA's flag.
int NewtonHook_Setup(SUNNonlinearSolver solver);

// To be told by the owner: iterations done, and iterations given up.
void NewtonHook_Count(SUNNonlinearSolver solver, int iterations, int failures);

#endif
