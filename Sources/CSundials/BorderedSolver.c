#include "BorderedSolver.h"

#include <stdlib.h>

#include "StateVector.h"

static SUNMatrix_ID matrixID(SUNMatrix a) {
  (void)a;
  return SUNMATRIX_CUSTOM;
}

static int matrixZero(SUNMatrix a) {
  (void)a;
  return 0;
}

static void matrixDestroy(SUNMatrix a) { SUNMatFreeEmpty(a); }

SUNMatrix BorderedSolver_NewMatrix(SUNContext context) {
  SUNMatrix a = SUNMatNewEmpty(context);
  if (a == NULL) return NULL;
  a->ops->getid = matrixID;
  a->ops->zero = matrixZero;
  a->ops->destroy = matrixDestroy;
  return a;
}

static BorderedSolver_Callbacks *callbacksOf(SUNLinearSolver s) { return (BorderedSolver_Callbacks *)s->content; }

// Not MATRIX_EMBEDDED: IDA would then never call setup.
static SUNLinearSolver_Type solverType(SUNLinearSolver s) {
  (void)s;
  return SUNLINEARSOLVER_DIRECT;
}

static SUNLinearSolver_ID solverID(SUNLinearSolver s) {
  (void)s;
  return SUNLINEARSOLVER_CUSTOM;
}

static int initialize(SUNLinearSolver s) {
  (void)s;
  return 0;
}

static int setup(SUNLinearSolver s, SUNMatrix a) {
  (void)a;
  return callbacksOf(s)->factor(callbacksOf(s)->owner);
}

static int solve(SUNLinearSolver s, SUNMatrix a, N_Vector x, N_Vector b, realtype tolerance) {
  (void)a;
  (void)tolerance;
  return callbacksOf(s)->solve(callbacksOf(s)->owner, StateVector_Data(x), StateVector_Data(b));
}

static sunindextype lastFlag(SUNLinearSolver s) {
  (void)s;
  return 0;
}

static int freeSolver(SUNLinearSolver s) {
  if (s == NULL) return 0;
  free(s->content);
  s->content = NULL;
  SUNLinSolFreeEmpty(s);
  return 0;
}

SUNLinearSolver BorderedSolver_New(BorderedSolver_Callbacks callbacks, SUNContext context) {
  SUNLinearSolver s = SUNLinSolNewEmpty(context);
  if (s == NULL) return NULL;
  BorderedSolver_Callbacks *copy = malloc(sizeof(BorderedSolver_Callbacks));
  if (copy == NULL) {
    SUNLinSolFreeEmpty(s);
    return NULL;
  }
  *copy = callbacks;
  s->content = copy;
  s->ops->gettype = solverType;
  s->ops->getid = solverID;
  s->ops->initialize = initialize;
  s->ops->setup = setup;
  s->ops->solve = solve;
  s->ops->lastflag = lastFlag;
  s->ops->free = freeSolver;
  return s;
}
