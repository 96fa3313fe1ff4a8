#ifndef NEURISTOR_STATEVECTOR_H
#define NEURISTOR_STATEVECTOR_H

#include <stdint.h>
#include <sundials/sundials_nvector.h>

// The N_Vector that IDA works on: contiguous doubles, with the operations IDA calls written so that the compiler
// vectorises them (Debian builds its own without optimisation).
//
// "WrmsNorm" is the weighted maximum norm, max |x_i w_i|: an error bound means the same whatever else is in the
// circuit. It is NaN if any component is.

// A vector of `length` doubles at `data`, or of its own where `data` is NULL.
N_Vector StateVector_New(sunindextype length, realtype *data, SUNContext context);

// The most vectors a linear combination into a probe may have: IDA's order is at most 5.
enum { StateVector_TermLimit = 6 };

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

realtype *StateVector_Data(N_Vector vector);

// y += scale x; the weighted maximum norm of what was added.
realtype StateVector_Advance(realtype scale, const realtype *x, const realtype *w, realtype *y, sunindextype count);

#endif
