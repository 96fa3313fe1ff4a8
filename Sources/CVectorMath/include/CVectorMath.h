#ifndef NEURISTOR_CVECTORMATH_H
#define NEURISTOR_CVECTORMATH_H

/* Elementary functions of arrays: y[i] = f(x[i]), 0 <= i < count; x and y must not overlap.
   A result depends on its own argument alone, not on count or place. Within 4 ulp; infinities and NaN as in libm. */

#define NEURISTOR_VECTOR_FUNCTIONS(FUNCTION) \
    FUNCTION(log)                            \
    FUNCTION(log1p)                          \
    FUNCTION(log10)                          \
    FUNCTION(sin)                            \
    FUNCTION(cos)                            \
    FUNCTION(tan)                            \
    FUNCTION(asin)                           \
    FUNCTION(acos)                           \
    FUNCTION(atan)                           \
    FUNCTION(sinh)                           \
    FUNCTION(cosh)                           \
    FUNCTION(tanh)                           \
    FUNCTION(asinh)                          \
    FUNCTION(acosh)                          \
    FUNCTION(atanh)

#define NEURISTOR_DECLARE(name) void vector_##name(const double *x, double *y, long count);
NEURISTOR_VECTOR_FUNCTIONS(NEURISTOR_DECLARE)
#undef NEURISTOR_DECLARE

void vector_sqrt(const double *x, double *y, long count);

/* z[i] = x[i]**y[i] and atan2(x[i], y[i]). */
void vector_pow(const double *x, const double *y, double *z, long count);
void vector_atan2(const double *x, const double *y, double *z, long count);

#endif
