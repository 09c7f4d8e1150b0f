// Tells ThreadSanitizer of the slow paths of Swift's Synchronization.Mutex on Linux.
//
// The fast paths are inlined into instrumented code. Those that wait for another thread lie in
// libswiftSynchronization.so, which is not instrumented: without this, whoever waited for a mutex
// is reported to race with the one it waited for. To be preloaded:
//
//   clang -O2 -shared -fPIC -o mutex.so mutex.c && LD_PRELOAD=./mutex.so PROGRAM
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// Of the sanitizer, in the program.
void __tsan_acquire(void *address);
void __tsan_release(void *address);

static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function) return function;
  fprintf(stderr, "mutex.c: the Synchronization library has no %s\n", name);
  abort();
}

// Synchronization._MutexHandle._lockSlow(Swift.UInt32) -> ()
SWIFT void lockSlow(uint32_t thread, SELF void *handle)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT void lockSlow(uint32_t thread, SELF void *handle) {
  typedef SWIFT void (*Function)(uint32_t, SELF void *);
  static Function function;
  Function known = __atomic_load_n(&function, __ATOMIC_ACQUIRE);
  if (!known) {
    known = (Function)next("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
    __atomic_store_n(&function, known, __ATOMIC_RELEASE);
  }
  known(thread, handle);
  __tsan_acquire(handle);
}

// Synchronization._MutexHandle._unlockSlow() -> ()
SWIFT void unlockSlow(SELF void *handle)
    __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT void unlockSlow(SELF void *handle) {
  typedef SWIFT void (*Function)(SELF void *);
  static Function function;
  Function known = __atomic_load_n(&function, __ATOMIC_ACQUIRE);
  if (!known) {
    known = (Function)next("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
    __atomic_store_n(&function, known, __ATOMIC_RELEASE);
  }
  __tsan_release(handle);
  known(handle);
}
