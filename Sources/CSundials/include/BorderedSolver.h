#ifndef NEURISTOR_BORDEREDSOLVER_H
#define NEURISTOR_BORDEREDSOLVER_H

#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>

// A direct SUNLinearSolver, and the empty SUNMatrix beside it, whose work is done by the owner's callbacks:
// the Jacobian lives in the owner's arrays, not in a SUNMatrix.

typedef struct {
  void *owner;
  // Factors the Jacobian last evaluated; 0, or 1 if it is singular (IDA then shortens the step).
  int (*factor)(void *owner);
  // Solves J x = b; x may be b.
  int (*solve)(void *owner, realtype *x, const realtype *b);
} BorderedSolver_Callbacks;

SUNMatrix BorderedSolver_NewMatrix(SUNContext context);
SUNLinearSolver BorderedSolver_New(BorderedSolver_Callbacks callbacks, SUNContext context);

#endif
