#ifndef NEURISTOR_CHDF5_H
#define NEURISTOR_CHDF5_H

#include <stddef.h>
#include <stdint.h>

// The part of HDF5 that waveform files need. The library is opened when a file first asks for it, so that the program
// starts, and does everything else, where it is not installed.
//
// Calls return a negative number where they fail; HDF5_Reason says why. They may come from any thread, one of them is at
// work at a time. HDF5 itself prints nothing.

// A file, group or dataset.
typedef int64_t HDF5_Object;

// Whether the library is there: 1 or 0. No other call may be made before it has said 1.
int HDF5_IsInstalled(void);

// Why this thread's last failing call failed: the words of the operating system, else of HDF5.
const char *HDF5_Reason(void);

// Creates or empties the file at `path`; all that is open in it is closed with it.
HDF5_Object HDF5_CreateFile(const char *path);

// A file's bytes, to be read; they are copied.
HDF5_Object HDF5_OpenBytes(const void *bytes, size_t count);

HDF5_Object HDF5_CreateGroup(HDF5_Object parent, const char *name);

// What stands at `name` in `parent`.
HDF5_Object HDF5_Open(HDF5_Object parent, const char *name);

// Names in a group, in the order of their creation: the first byte of `name` is 0 behind the last one.
int HDF5_NameInGroup(HDF5_Object group, uint64_t index, char *name, size_t capacity);

// Doubles in rows, none yet, stored in compressed blocks: one column if `rank` is 1, `columns` if it is 2.
HDF5_Object HDF5_CreateTable(
  HDF5_Object parent, const char *name, int rank, uint64_t columns, uint64_t blockRows, uint64_t blockColumns);

// Writes `count` rows behind those that are there. After a failure the file is as it was last flushed, as long as it is
// neither flushed nor closed again.
int HDF5_Append(HDF5_Object table, const double *rows, uint64_t count);

typedef struct {
  int rank;  // negative if the object is no dataset of rank 1 or 2
  uint64_t rows;
  uint64_t columns;
} HDF5_Shape;

HDF5_Shape HDF5_ShapeOf(HDF5_Object table);

// All rows, one behind the other.
int HDF5_Read(HDF5_Object table, double *rows);

// Texts in UTF-8 as an attribute: a single one, or a list of `count`.
int HDF5_SetText(HDF5_Object object, const char *name, const char *text);
int HDF5_SetTexts(HDF5_Object object, const char *name, const char *const *texts, uint64_t count);

// The texts of an attribute, freed by HDF5_FreeTexts; NULL if it holds anything else.
char **HDF5_Texts(HDF5_Object object, const char *name, uint64_t *count);
void HDF5_FreeTexts(char **texts, uint64_t count);

// Doubles as an attribute: a list of `count`.
int HDF5_SetNumbers(HDF5_Object object, const char *name, const double *numbers, uint64_t count);

// The doubles of an attribute, at most `capacity` of them; how many it holds, negative if it is not there.
int64_t HDF5_Numbers(HDF5_Object object, const char *name, double *numbers, uint64_t capacity);

// Hands everything to the operating system; the file is whole from then on.
int HDF5_Flush(HDF5_Object object);
int HDF5_Close(HDF5_Object object);

#endif
