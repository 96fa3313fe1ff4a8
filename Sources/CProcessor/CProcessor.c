#include "CProcessor.h"

#include <stddef.h>

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define FAMILY "x86-64-v4"
#elif defined(__AVX2__) && defined(__BMI2__)
#define FAMILY "x86-64-v3"
#elif defined(__SSE4_2__) && defined(__POPCNT__)
#define FAMILY "x86-64-v2"
#elif defined(__x86_64__)
#define FAMILY "x86-64"
#elif defined(__aarch64__)
#define FAMILY "arm64"
#else
#define FAMILY "an unnamed processor"
#endif

#ifdef __FMA__
#define FUSED " with FMA"
#else
#define FUSED ""
#endif

#define REQUIRE(feature, name) if (!__builtin_cpu_supports(feature)) return name;

const char *processor_of_build(void) { return FAMILY FUSED; }

#ifdef __x86_64__
// Runs before anything that the build's instruction sets could have slipped into, hence itself of the oldest kind.
__attribute__((target("arch=x86-64"), noinline))
#endif
const char *processor_missing_instructions(void) {
#ifdef __x86_64__
  __builtin_cpu_init();
#ifdef __SSE4_2__
  REQUIRE("sse4.2", "SSE4.2")
#endif
#ifdef __POPCNT__
  REQUIRE("popcnt", "POPCNT")
#endif
#ifdef __AVX__
  REQUIRE("avx", "AVX")
#endif
#ifdef __AVX2__
  REQUIRE("avx2", "AVX2")
#endif
#ifdef __FMA__
  REQUIRE("fma", "FMA")
#endif
#ifdef __BMI__
  REQUIRE("bmi", "BMI")
#endif
#ifdef __BMI2__
  REQUIRE("bmi2", "BMI2")
#endif
#ifdef __AVX512F__
  REQUIRE("avx512f", "AVX-512F")
#endif
#ifdef __AVX512BW__
  REQUIRE("avx512bw", "AVX-512BW")
#endif
#ifdef __AVX512DQ__
  REQUIRE("avx512dq", "AVX-512DQ")
#endif
#ifdef __AVX512VL__
  REQUIRE("avx512vl", "AVX-512VL")
#endif
#endif
  return NULL;
}
