#include "NewtonHook.h"

#include <ida/ida.h>
#include <stdlib.h>

#include "ShortVector.h"

typedef struct {
  NewtonHook_Callbacks callbacks;
  SUNNonlinSolLSetupFn setup;
  // During a solve: IDA's memory and vectors.
  void *integrator;
  N_Vector predicted;
  N_Vector correction;
  N_Vector weights;
  // cj and order of the last solve, and how many have had the same in a row.
  realtype slope;
  int order;
  int steadySteps;
  int hasNext;
  long iterations;
  long failures;
} Hook;

static Hook *hookOf(SUNNonlinearSolver s) { return (Hook *)s->content; }

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
  hookOf(s)->setup = f;
  return SUN_NLS_SUCCESS;
}

// IDA may raise its order, and asks what the error would be, once as many steps were alike as that makes differences.
static int asksForNext(Hook *hook, int order, realtype slope) {
  const int isAlike = order == hook->order && slope == hook->slope;
  hook->steadySteps = isAlike ? hook->steadySteps + 1 : 1;
  hook->order = order;
  hook->slope = slope;
  return hook->steadySteps >= order + 2;
}

static int solve(SUNNonlinearSolver s, N_Vector y0, N_Vector correction, N_Vector weights, realtype tolerance,
                 booleantype wantsSetup, void *integrator) {
  (void)y0;
  // As long as it is, it would cost more to clear than is read of it.
  NewtonHook_Step step;
  step.tolerance = tolerance;
  step.wantsSetup = wantsSetup;
  N_Vector predicted, predictedRate, y, rate, residual;
  void *data;
  const int flag = IDAGetNonlinearSystemData(integrator, &step.time, &predicted, &predictedRate, &y, &rate, &residual,
                                             &step.slope, &data);
  if (flag < 0) return flag;
  StateVector_PredictionOf(predicted, predictedRate, &step.prediction);
  step.advance.correction = StateVector_OverwriteLater(correction);
  StateVector_WeightsOf(weights, &step.advance.weights);
  step.fours = content(predicted)->fours;
  // The differences that IDA's error test adds to the correction, for orders above 1 and 2.
  step.isDeferred = StateVector_IsDeferred(predicted);
  const int order = step.isDeferred ? step.prediction.count - 1 : 0;
  step.advance.last = order > 1 ? step.prediction.vectors[order] : NULL;
  step.advance.beforeLast = order > 2 ? step.prediction.vectors[order - 1] : NULL;
  step.advance.lastFactor = order > 1 ? step.prediction.values[order] : 0.0;
  step.advance.beforeLastFactor = order > 2 ? step.prediction.values[order - 1] : 0.0;
  step.advance.next = NULL;
  if (step.isDeferred && asksForNext(hookOf(s), order, step.slope)) {
    step.advance.next = StateVector_NextDifference(predicted);
  }
  hookOf(s)->hasNext = step.advance.next != NULL;
  StateVector_AwaitCopy(correction);
  hookOf(s)->integrator = integrator;
  hookOf(s)->predicted = predicted;
  hookOf(s)->correction = correction;
  hookOf(s)->weights = weights;
  return hookOf(s)->callbacks.solve(hookOf(s)->callbacks.owner, &step);
}

void NewtonHook_FormPoint(const NewtonHook_Step *step, int isCorrected, sunindextype first, sunindextype count,
                          realtype *y, realtype *rate) {
  StateVector_FormPrediction(&step->prediction, isCorrected ? step->advance.correction : NULL, step->slope, first,
                             count, y, rate);
}

void NewtonHook_FormWhole(const NewtonHook_Step *step, int isCorrected, sunindextype count, realtype *y, realtype *rate) {
#pragma clang fp contract(fast)
  if (step->fours == 0) {
    NewtonHook_FormPoint(step, isCorrected, 0, count, y, rate);
    if (step->prediction.update != NULL) StateVector_EndUpdate(step->prediction.update);
    return;
  }
  const Four *value = (const Four *)step->prediction.vectors[0], *slope = (const Four *)step->prediction.vectors[1];
  const Four *e = (const Four *)step->advance.correction;
#pragma clang loop unroll(disable)
  for (int k = 0; k < step->fours; k++) {
    ((Four *)y)[k] = isCorrected ? value[k] + e[k] : value[k];
    ((Four *)rate)[k] = isCorrected ? slope[k] + step->slope * e[k] : slope[k];
  }
}

realtype NewtonHook_Advance(const NewtonHook_Step *step, const realtype *x) {
  const StateVector_Advance *a = &step->advance;
  Four *e = (Four *)a->correction, largest = 0.0, poison = 0.0;
#pragma clang loop unroll(disable)
  for (int k = 0; k < step->fours; k++) {
    const Four added = a->scale * ((const Four *)x)[k];
    ShortVector_Enlarge(added, ((const Four *)a->weights.formed)[k], &largest, &poison);
    e[k] = a->isFirst ? added : e[k] + added;
  }
  return ShortVector_Largest(largest, poison);
}

int NewtonHook_Setup(SUNNonlinearSolver s) {
  realtype time, slope;
  N_Vector predicted, predictedRate, y, rate, residual;
  void *data;
  const int flag = IDAGetNonlinearSystemData(hookOf(s)->integrator, &time, &predicted, &predictedRate, &y, &rate,
                                             &residual, &slope, &data);
  if (flag < 0) return flag;
  // The Jacobian is taken where IDA's y and y' stand.
  realtype one = 1.0;
  N_VLinearCombination(1, &one, &predicted, y);
  N_VLinearCombination(1, &one, &predictedRate, rate);
  StateVector_FormTogether(y, rate);
  booleantype isCurrent;
  return hookOf(s)->setup(SUNFALSE, &isCurrent, hookOf(s)->integrator);
}

void NewtonHook_Count(SUNNonlinearSolver s, int iterations, int failures) {
  hookOf(s)->iterations += iterations;
  hookOf(s)->failures += failures;
}

void NewtonHook_NoteNorms(SUNNonlinearSolver s, const StateVector_Norms *norms) {
  StateVector_NoteNorms(hookOf(s)->predicted, hookOf(s)->correction, hookOf(s)->weights, norms,
                        hookOf(s)->hasNext);
}

static int iterations(SUNNonlinearSolver s, long *count) {
  *count = hookOf(s)->iterations;
  hookOf(s)->iterations = 0;
  return SUN_NLS_SUCCESS;
}

static int failures(SUNNonlinearSolver s, long *count) {
  *count = hookOf(s)->failures;
  hookOf(s)->failures = 0;
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
  Hook *fresh = calloc(1, sizeof(Hook));
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
