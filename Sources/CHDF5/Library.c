#include "Library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CHDF5.h"

_Static_assert(sizeof(hid_t) == sizeof(HDF5_Object), "HDF5 before 1.10 has narrower identifiers");

// The version of the binary interface that goes with the headers.
#if H5_VERSION_GE(1, 14, 0)
#define INTERFACE "310"
#elif H5_VERSION_GE(1, 12, 0)
#define INTERFACE "200"
#else
#define INTERFACE "103"
#endif

// Debian's name, and that of everybody else.
static const char *const names[] = {"libhdf5_serial.so." INTERFACE, "libhdf5.so." INTERFACE};

HDF5_Library hdf5;

static int isInstalled;
static pthread_once_t opening = PTHREAD_ONCE_INIT;
// The library is not always built for threads.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local char reason[256];
static _Thread_local int reasonIsKept;

static void openLibrary(void) {
  void *library = NULL;
  for (size_t index = 0; index < sizeof names / sizeof *names && !library; index++)
    library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define CALL(name) \
  if (!(hdf5.name = (__typeof__(hdf5.name))dlsym(library, #name))) return;
  CALLS(CALL)
#undef CALL
  // Files are closed by their owners; a file on a full disk cannot be, and leaving the program would try it again.
  hdf5.H5dont_atexit();
  if (hdf5.H5open() < 0) return;
#define IDENTIFIER(name) \
  const hid_t *name = dlsym(library, #name); \
  if (!name) return; \
  hdf5.name = *name;
  IDENTIFIERS(IDENTIFIER)
#undef IDENTIFIER
  isInstalled = 1;
}

int HDF5_IsInstalled(void) {
  pthread_once(&opening, openLibrary);
  return isInstalled;
}

const char *HDF5_Reason(void) { return reason; }

void HDF5_Enter(void) {
  pthread_mutex_lock(&turn);
  // Each thread has a stack of errors of its own, and prints it unless told.
  hdf5.H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  hdf5.H5Eclear2(H5E_DEFAULT);
  reasonIsKept = 0;
}

// The innermost error comes first. Where the operating system refused, HDF5's words end in its number.
static herr_t keep(unsigned index, const H5E_error2_t *error, void *unused) {
  (void)unused;
  if (index > 0 || !error->desc) return 0;
  const char *number = strstr(error->desc, "errno = ");
  int code = number ? atoi(number + strlen("errno = ")) : 0;
  snprintf(reason, sizeof reason, "%s", code > 0 ? strerror(code) : error->desc);
  return 0;
}

void HDF5_KeepReason(void) {
  if (reasonIsKept) return;
  snprintf(reason, sizeof reason, "HDF5 gives no reason");
  hdf5.H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep, NULL);
  reasonIsKept = 1;
}

int64_t HDF5_Leave(int64_t result) {
  if (result < 0) HDF5_KeepReason();
  pthread_mutex_unlock(&turn);
  return result;
}
