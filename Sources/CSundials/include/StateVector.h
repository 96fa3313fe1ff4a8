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

// A vector of the `count` components `indices` of longer ones: the target of a linear combination of full vectors
// (IDAGetDky) receives these components alone, so that reading a few signals between steps does not cost a pass over
// every unknown. `indices` stays the caller's.
N_Vector StateVector_NewProbe(sunindextype count, const int32_t *indices, SUNContext context);

realtype *StateVector_Data(N_Vector vector);

#endif
