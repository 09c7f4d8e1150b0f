#include "bitmap_loops.h"

static const mk_loops *loops_of(mk_cpu_level level) {
#if defined(__x86_64__)
  if (level == MK_CPU_AVX2) return &mk_loops_avx2;
#endif
#if defined(__aarch64__)
  if (level == MK_CPU_NEON) return &mk_loops_neon;
#endif
  (void)level;
  return &mk_loops_portable;
}

// A race only repeats the same pure decision.
_Atomic(const mk_loops *) mk_loops_chosen = NULL;

const mk_loops *mk_loops_choose(void) {
  const mk_loops *loops = loops_of(mk_cpu_active());
  atomic_store_explicit(&mk_loops_chosen, loops, memory_order_relaxed);
  return loops;
}

bool mk_bitmap_use_level(mk_cpu_level level) {
  if (level != MK_CPU_PORTABLE && level != mk_cpu_best()) return false;
  atomic_store_explicit(&mk_loops_chosen, loops_of(level), memory_order_relaxed);
  return true;
}
