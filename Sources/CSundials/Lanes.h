#ifndef NEURISTOR_LANES_H
#define NEURISTOR_LANES_H

#include <math.h>
#include <stdint.h>
#include <sundials/sundials_types.h>

#define INLINE static inline __attribute__((always_inline))

// These vectors never cross a call, so that their passing does not depend on the processor.
#pragma clang diagnostic ignored "-Wpsabi"

// Components go by eight at a time, in norms with eight running maxima: one would be a chain of latencies.
typedef realtype Lanes __attribute__((ext_vector_type(8), aligned(8)));
enum { lanes = 8 };

INLINE Lanes load(const realtype *p) { return *(const Lanes *)p; }
INLINE void store(realtype *p, Lanes x) { *(Lanes *)p = x; }

// b where one of them is NaN.
INLINE Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
INLINE realtype largerOf(realtype a, realtype b) { return a > b ? a : b; }
INLINE Lanes size(Lanes x, Lanes weight) { return __builtin_elementwise_abs(x * weight); }
INLINE realtype largest(Lanes x) { return __builtin_reduce_max(x); }

// Lanes that have met a NaN: a running maximum alone would drop it. An infinity is the maximum itself.
typedef int64_t Marks __attribute__((ext_vector_type(8)));
INLINE Marks marked(Lanes x) { return x != x; }
INLINE realtype tainted(Marks marks) { return __builtin_reduce_or(marks) != 0 ? NAN : 0.0; }

#endif
