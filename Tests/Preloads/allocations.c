// Counts what a program asks of the heap, as valgrind does, on processors whose code valgrind does not know.
//
// Loaded before the C library, whose own functions do the work. The count lies in a file that is mapped, the first eight bytes
// of $ALLOCATIONS: it is whole however the program ends.

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Atomic long earlier;  // before the file is mapped
static _Atomic long *allocations = &earlier;

__attribute__((constructor)) static void map_count(void) {
  const char *path = getenv("ALLOCATIONS");
  int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
  if (file < 0 || ftruncate(file, sizeof earlier) != 0) return;
  void *count = mmap(NULL, sizeof earlier, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (count == MAP_FAILED) return;
  atomic_store((_Atomic long *)count, atomic_load(&earlier));
  allocations = count;
}

void *malloc(size_t size) {
  ++*allocations;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  ++*allocations;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  ++*allocations;
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  ++*allocations;
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
