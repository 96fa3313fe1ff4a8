#ifndef NEURISTOR_CPROCESSOR_H
#define NEURISTOR_CPROCESSOR_H

/// The processor family this program was compiled for: "x86-64-v3 with FMA", "arm64", ...
const char *processor_of_build(void);

/// The first instruction set this program was compiled for that the processor at hand lacks, or NULL.
const char *processor_missing_instructions(void);

#endif
