#include "NewtonHook.h"

#include <ida/ida.h>
#include <stdlib.h>

#include "StateVector.h"

typedef struct {
  NewtonHook_Callbacks callbacks;
  SUNNonlinSolLSetupFn setup;
  // During a solve: IDA's memory and vectors.
  void *integrator;
  N_Vector predicted;
  N_Vector correction;
  N_Vector weights;
  long iterations;
  long failures;
} Content;

static Content *content(SUNNonlinearSolver s) { return (Content *)s->content; }

static SUNNonlinearSolver_Type type(SUNNonlinearSolver s) {
  (void)s;
  return SUNNONLINEARSOLVER_ROOTFIND;
}

// IDA insists on handing over its residual and solve functions; only its setup is of use here.
static int ignoreSystem(SUNNonlinearSolver s, SUNNonlinSolSysFn f) {
  (void)s;
  (void)f;
  return SUN_NLS_SUCCESS;
}

static int takeSetup(SUNNonlinearSolver s, SUNNonlinSolLSetupFn f) {
  content(s)->setup = f;
  return SUN_NLS_SUCCESS;
}

static int solve(SUNNonlinearSolver s, N_Vector y0, N_Vector correction, N_Vector weights, realtype tolerance,
                 booleantype wantsSetup, void *integrator) {
  (void)y0;
  NewtonHook_Step step = {.tolerance = tolerance, .wantsSetup = wantsSetup};
  N_Vector predicted, predictedRate, y, rate, residual;
  void *data;
  const int flag = IDAGetNonlinearSystemData(integrator, &step.time, &predicted, &predictedRate, &y, &rate, &residual,
                                             &step.slope, &data);
  if (flag < 0) return flag;
  step.prediction = StateVector_PredictionOf(predicted, predictedRate);
  step.advance.correction = StateVector_Overwrite(correction);
  step.advance.weights = StateVector_Values(weights);
  // The differences that IDA's error test adds to the correction, for orders above 1 and 2.
  step.isDeferred = StateVector_IsDeferred(predicted);
  const int order = step.isDeferred ? step.prediction.count - 1 : 0;
  if (order > 1) step.advance.last = step.prediction.vectors[order];
  if (order > 2) step.advance.beforeLast = step.prediction.vectors[order - 1];
  content(s)->integrator = integrator;
  content(s)->predicted = predicted;
  content(s)->correction = correction;
  content(s)->weights = weights;
  return content(s)->callbacks.solve(content(s)->callbacks.owner, &step);
}

void NewtonHook_FormPoint(const NewtonHook_Step *step, int isCorrected, sunindextype first, sunindextype count,
                          realtype *y, realtype *rate) {
  StateVector_FormPrediction(&step->prediction, isCorrected ? step->advance.correction : NULL, step->slope, first,
                             count, y, rate);
}

int NewtonHook_Setup(SUNNonlinearSolver s) {
  realtype time, slope;
  N_Vector predicted, predictedRate, y, rate, residual;
  void *data;
  const int flag = IDAGetNonlinearSystemData(content(s)->integrator, &time, &predicted, &predictedRate, &y, &rate,
                                             &residual, &slope, &data);
  if (flag < 0) return flag;
  // The Jacobian is taken where IDA's y and y' stand.
  N_VScale(1.0, predicted, y);
  N_VScale(1.0, predictedRate, rate);
  booleantype isCurrent;
  return content(s)->setup(SUNFALSE, &isCurrent, content(s)->integrator);
}

void NewtonHook_Count(SUNNonlinearSolver s, int iterations, int failures) {
  content(s)->iterations += iterations;
  content(s)->failures += failures;
}

void NewtonHook_NoteNorms(SUNNonlinearSolver s, const StateVector_Norms *norms) {
  StateVector_NoteNorms(content(s)->predicted, content(s)->correction, content(s)->weights, norms);
}

static int iterations(SUNNonlinearSolver s, long *count) {
  *count = content(s)->iterations;
  content(s)->iterations = 0;
  return SUN_NLS_SUCCESS;
}

static int failures(SUNNonlinearSolver s, long *count) {
  *count = content(s)->failures;
  content(s)->failures = 0;
  return SUN_NLS_SUCCESS;
}

static int freeSolver(SUNNonlinearSolver s) {
  if (s == NULL) return SUN_NLS_SUCCESS;
  free(s->content);
  s->content = NULL;
  SUNNonlinSolFreeEmpty(s);
  return SUN_NLS_SUCCESS;
}

SUNNonlinearSolver NewtonHook_New(NewtonHook_Callbacks callbacks, SUNContext context) {
  SUNNonlinearSolver s = SUNNonlinSolNewEmpty(context);
  if (s == NULL) return NULL;
  Content *fresh = calloc(1, sizeof(Content));
  if (fresh == NULL) {
    SUNNonlinSolFreeEmpty(s);
    return NULL;
  }
  fresh->callbacks = callbacks;
  s->content = fresh;
  s->ops->gettype = type;
  s->ops->solve = solve;
  s->ops->free = freeSolver;
  s->ops->setsysfn = ignoreSystem;
  s->ops->setlsetupfn = takeSetup;
  s->ops->getnumiters = iterations;
  s->ops->getnumconvfails = failures;
  return s;
}
