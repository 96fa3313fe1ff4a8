/* glibc's vector functions (libmvec, reached through libm) where they exist, libm elsewhere.
   Their names follow the x86-64 vector function ABI: b N2 is SSE, two doubles; d N4 is AVX2, four. Which one is chosen
   when this file is compiled: four doubles are passed in a register only where the whole file is for AVX. */
#include "CVectorMath.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 35)

#ifdef __AVX2__
#define LANES 4
#define UNARY(name) _ZGVdN4v_##name
#define BINARY(name) _ZGVdN4vv_##name
#else
#define LANES 2
#define UNARY(name) _ZGVbN2v_##name
#define BINARY(name) _ZGVbN2vv_##name
#endif

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));

/* A tail is widened with copies of its first element, which are in the domain if the tail is. */
static lanes tail(const double *x, long count) {
    lanes result;
    for (int k = 0; k < LANES; k++) result[k] = x[k < count ? k : 0];
    return result;
}

static void store_tail(lanes values, double *y, long count) {
    for (int k = 0; k < count; k++) y[k] = values[k];
}

void vector_sqrt(const double *x, double *y, long count) {
    long i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a;
        memcpy(&a, x + i, sizeof a);
        a = __builtin_elementwise_sqrt(a);
        memcpy(y + i, &a, sizeof a);
    }
    if (i < count) store_tail(__builtin_elementwise_sqrt(tail(x + i, count - i)), y + i, count - i);
}

#define DEFINE_UNARY(name)                                                                   \
    lanes UNARY(name)(lanes);                                                                \
    void vector_##name(const double *x, double *y, long count) {                             \
        long i = 0;                                                                          \
        for (; i + LANES <= count; i += LANES) {                                             \
            lanes a;                                                                         \
            memcpy(&a, x + i, sizeof a);                                                     \
            a = UNARY(name)(a);                                                              \
            memcpy(y + i, &a, sizeof a);                                                     \
        }                                                                                    \
        if (i < count) store_tail(UNARY(name)(tail(x + i, count - i)), y + i, count - i);    \
    }

#define DEFINE_BINARY(name)                                                                  \
    lanes BINARY(name)(lanes, lanes);                                                        \
    void vector_##name(const double *x, const double *y, double *z, long count) {            \
        long i = 0;                                                                          \
        for (; i + LANES <= count; i += LANES) {                                             \
            lanes a, b;                                                                      \
            memcpy(&a, x + i, sizeof a);                                                     \
            memcpy(&b, y + i, sizeof b);                                                     \
            a = BINARY(name)(a, b);                                                          \
            memcpy(z + i, &a, sizeof a);                                                     \
        }                                                                                    \
        if (i < count)                                                                       \
            store_tail(BINARY(name)(tail(x + i, count - i), tail(y + i, count - i)), z + i,  \
                       count - i);                                                           \
    }

#else

void vector_sqrt(const double *x, double *y, long count) {
    for (long i = 0; i < count; i++) y[i] = sqrt(x[i]);
}

#define DEFINE_UNARY(name)                                                                   \
    void vector_##name(const double *x, double *y, long count) {                             \
        for (long i = 0; i < count; i++) y[i] = name(x[i]);                                  \
    }

#define DEFINE_BINARY(name)                                                                  \
    void vector_##name(const double *x, const double *y, double *z, long count) {            \
        for (long i = 0; i < count; i++) z[i] = name(x[i], y[i]);                            \
    }

#endif

NEURISTOR_VECTOR_FUNCTIONS(DEFINE_UNARY)
DEFINE_BINARY(pow)
DEFINE_BINARY(atan2)
