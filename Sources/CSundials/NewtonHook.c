#include "NewtonHook.h"

#include <ida/ida.h>
#include <stdlib.h>

#include "StateVector.h"

typedef struct {
  NewtonHook_Callbacks callbacks;
  SUNNonlinSolLSetupFn setup;
  void *integrator;  // IDA's memory, during a solve
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
  step.predicted = StateVector_Data(predicted);
  step.predictedRate = StateVector_Data(predictedRate);
  step.correction = StateVector_Data(correction);
  step.weights = StateVector_Data(weights);
  content(s)->integrator = integrator;
  return content(s)->callbacks.solve(content(s)->callbacks.owner, &step);
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
