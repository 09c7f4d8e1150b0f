// Which instruction sets this process may use: asked of the processor and of the operating
// system once, then remembered.
#pragma once

typedef enum mk_cpu_level {
  MK_CPU_PORTABLE = 0,
  MK_CPU_NEON = 1,
  MK_CPU_AVX2 = 2,
} mk_cpu_level;

/// The best level that this build, processor and operating system offer together.
mk_cpu_level mk_cpu_best(void);

/// The level in use: `mk_cpu_best()`, unless the environment variable `MARTLET_KERNELS`
/// (`portable`, `neon` or `avx2`) asks for another one that this machine can run. Any other value
/// leaves the best level. Decided once per process; safe to call from several threads.
mk_cpu_level mk_cpu_active(void);
