// Makes calls to the disk fail, to see what a program makes of it: loaded before the C library with LD_PRELOAD.
//
//   FAULT_CALL   sync (fsync, fdatasync), write (write, pwrite, ftruncate), any of both, or none to count only
//   FAULT_AT     the first call that fails, from 1
//   FAULT_KIND   once, or after: that call and all later ones
//   FAULT_ERROR  io (EIO), full (ENOSPC), or kill: the program ends there, as with kill -9
//   FAULT_LOG    a file that gets the number of calls when the program ends
//
// Only calls on plain files count, and not on standard output and error, so that a program can say what happened.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long syncs, writes, all;

static int is(const char *name, const char *value) {
  const char *set = getenv(name);
  return set && strcmp(set, value) == 0;
}

static int fails(int file, const char *call, atomic_long *count) {
  struct stat status;
  if (file <= STDERR_FILENO) return 0;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  long number = atomic_fetch_add(count, 1) + 1, place = atomic_fetch_add(&all, 1) + 1;
  const char *at = getenv("FAULT_AT");
  if (is("FAULT_CALL", "any")) number = place;
  else if (!is("FAULT_CALL", call)) return 0;
  if (!at) return 0;
  if (is("FAULT_KIND", "once") ? number != atol(at) : number < atol(at)) return 0;
  if (is("FAULT_ERROR", "kill")) kill(getpid(), SIGKILL);
  errno = is("FAULT_ERROR", "full") ? ENOSPC : EIO;
  return 1;
}

int fsync(int file) {
  if (fails(file, "sync", &syncs)) return -1;
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file) {
  if (fails(file, "sync", &syncs)) return -1;
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (fails(file, "write", &writes)) return -1;
  return ((ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write"))(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  if (fails(file, "write", &writes)) return -1;
  return ((ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite"))(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
  if (fails(file, "write", &writes)) return -1;
  return ((ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64"))(file, bytes, count, offset);
}

int ftruncate(int file, off_t length) {
  if (fails(file, "write", &writes)) return -1;
  return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(file, length);
}

int ftruncate64(int file, off_t length) {
  if (fails(file, "write", &writes)) return -1;
  return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64"))(file, length);
}

__attribute__((destructor)) static void tell(void) {
  const char *log = getenv("FAULT_LOG");
  FILE *file = log ? fopen(log, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld %ld\n", (long)syncs, (long)writes);
  fclose(file);
}
