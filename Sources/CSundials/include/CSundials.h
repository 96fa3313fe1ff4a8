#ifndef NEURISTOR_CSUNDIALS_H
#define NEURISTOR_CSUNDIALS_H

// IDA and KLU as Debian ships them (libsundials-dev, libsuitesparse-dev), and our own vector and linear solver for IDA.
#include <ida/ida.h>
#include <suitesparse/klu.h>
#include <sundials/sundials_context.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>
#include <sundials/sundials_nvector.h>

#include "BorderedSolver.h"
#include "Crew.h"
#include "NewtonHook.h"
#include "StateVector.h"

#endif
