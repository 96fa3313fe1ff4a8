#include "Passes.h"

#include <math.h>

// Shares are cut at multiples of it.
enum { grain = 256 };

typedef struct {
  int size;
  int count;
  const realtype *factors;
  const realtype *const *x;
  const realtype *w;
  realtype *z;
  realtype *const *sums;
  const StateVector_Bounds *bounds;
  sunindextype n;
  realtype norms[Crew_MostMembers];
} Job;

static Crew_Share shareOf(const Job *job, int member) { return Crew_ShareOf(member, job->size, job->n, grain); }

static void shift(const Job *job, Crew_Share share, const realtype **x) {
  for (int k = 0; k < job->count; k++) x[k] = job->x[k] + share.first;
}

static void formShare(void *context, int member) {
  const Job *job = context;
  const Crew_Share share = shareOf(job, member);
  const realtype *x[StateVector_TermLimit];
  shift(job, share, x);
  Combination_Form(job->count, job->factors, x, job->z + share.first, share.count);
}

static void normShare(void *context, int member) {
  Job *job = context;
  const Crew_Share share = shareOf(job, member);
  const realtype *x[StateVector_TermLimit];
  shift(job, share, x);
  job->norms[member] = Combination_Norm(job->count, job->factors, x, job->w + share.first, share.count);
}

static void sumShare(void *context, int member) {
  const Job *job = context;
  const Crew_Share share = shareOf(job, member);
  realtype *sums[StateVector_TermLimit];
  for (int k = 0; k < job->count; k++) sums[k] = job->sums[k] + share.first;
  Combination_RunningSum(job->count, job->w + share.first, job->factors, sums, share.count);
}

static void weighShare(void *context, int member) {
  const Job *job = context;
  const Crew_Share share = shareOf(job, member);
  StateVector_FormWeights(job->bounds, job->w, share.first, share.count, job->z + share.first);
}

void Passes_FormTogether(Crew *crew, int count, const realtype *factors, const realtype *const *x, realtype *z,
                         sunindextype n) {
  Job job = {.size = Crew_Size(crew), .count = count, .factors = factors, .x = x, .z = z, .n = n};
  Crew_Run(crew, formShare, &job);
}

realtype Passes_NormTogether(Crew *crew, int count, const realtype *factors, const realtype *const *x,
                             const realtype *w, sunindextype n) {
  Job job = {.size = Crew_Size(crew), .count = count, .factors = factors, .x = x, .w = w, .n = n};
  Crew_Run(crew, normShare, &job);
  realtype largest = job.norms[0];
  for (int k = 1; k < job.size; k++) {
    if (!isnan(largest) && !(job.norms[k] <= largest)) largest = job.norms[k];
  }
  return largest;
}

void Passes_WeighTogether(Crew *crew, const StateVector_Bounds *bounds, const realtype *y, realtype *w, sunindextype n) {
  Job job = {.size = Crew_Size(crew), .bounds = bounds, .w = y, .z = w, .n = n};
  Crew_Run(crew, weighShare, &job);
}

void Passes_RunningSumTogether(Crew *crew, int count, const realtype *start, const realtype *factors,
                               realtype *const *z, sunindextype n) {
  Job job = {.size = Crew_Size(crew), .count = count, .factors = factors, .w = start, .sums = z, .n = n};
  Crew_Run(crew, sumShare, &job);
}
