#include "CMartletKernels/cpu.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

// AVX2 needs three witnesses: the processor has it, and AVX state saving (OSXSAVE) is on, and the
// operating system saves the upper halves of the registers on a context switch (XCR0).
static bool has_avx2(void) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const uint32_t osxsave = 1u << 27, avx = 1u << 28, popcnt = 1u << 23, sse42 = 1u << 20;
  const uint32_t wanted = osxsave | avx | popcnt | sse42;
  if ((c & wanted) != wanted) return false;
  uint32_t xcr0_low, xcr0_high;
  __asm__ volatile("xgetbv" : "=a"(xcr0_low), "=d"(xcr0_high) : "c"(0));
  if ((xcr0_low & 6) != 6) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const uint32_t bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  if ((b & (bmi1 | avx2 | bmi2)) != (bmi1 | avx2 | bmi2)) return false;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d)) return false;
  return (c & (1u << 5)) != 0;  // lzcnt
}
#endif

mk_cpu_level mk_cpu_best(void) {
#if defined(__x86_64__)
  return has_avx2() ? MK_CPU_AVX2 : MK_CPU_PORTABLE;
#elif defined(__aarch64__)
  return MK_CPU_NEON;
#else
  return MK_CPU_PORTABLE;
#endif
}

static mk_cpu_level choose(void) {
  mk_cpu_level best = mk_cpu_best();
  const char *wish = getenv("MARTLET_KERNELS");
  if (wish == NULL) return best;
  if (strcmp(wish, "portable") == 0) return MK_CPU_PORTABLE;
  return best;
}

mk_cpu_level mk_cpu_active(void) {
  // 0 = not asked yet. A race only repeats the same pure decision.
  static _Atomic int decided = 0;
  int level = atomic_load_explicit(&decided, memory_order_relaxed);
  if (level == 0) {
    level = (int)choose() + 1;
    atomic_store_explicit(&decided, level, memory_order_relaxed);
  }
  return (mk_cpu_level)(level - 1);
}
