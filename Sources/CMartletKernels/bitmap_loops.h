// The inner loops that exist once per instruction set, behind one table of functions.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "CMartletKernels/bitmap.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the payload of a block is little-endian, and read as it lies"
#endif

// Payloads of mapped files stand at any address.
typedef uint16_t __attribute__((aligned(1), may_alias)) mk_u16;
typedef uint64_t __attribute__((aligned(1), may_alias)) mk_u64;

typedef struct mk_loops {
  // out = a op b over 1024 words; returns the cardinality of out.
  uint32_t (*bitset_and)(mk_u64 *out, const mk_u64 *a, const mk_u64 *b);
  uint32_t (*bitset_or)(mk_u64 *out, const mk_u64 *a, const mk_u64 *b);
  uint32_t (*bitset_xor)(mk_u64 *out, const mk_u64 *a, const mk_u64 *b);
  uint32_t (*bitset_andnot)(mk_u64 *out, const mk_u64 *a, const mk_u64 *b);
  uint32_t (*bitset_and_count)(const mk_u64 *a, const mk_u64 *b);
  uint32_t (*words_count)(const mk_u64 *words, uint32_t count);
  // Members of 1024 words, at most `capacity`; returns how many were written.
  uint32_t (*bitset_extract16)(mk_u16 *out, uint32_t capacity, const mk_u64 *words);
  // The second one starts at word `from`.
  uint32_t (*bitset_extract32)(
      uint32_t *out, uint32_t capacity, const mk_u64 *words, uint32_t base, uint32_t from);
  // Arrays; `out` has room for the bound plus MK_OUTPUT_SLACK bytes. Return the members written.
  uint32_t (*array_and)(
      mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  uint32_t (*array_and_count)(const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  bool (*array_meets)(const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  uint32_t (*array_or)(mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  uint32_t (*array_xor)(mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  uint32_t (*array_andnot)(
      mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb);
  uint32_t (*bitset_runs)(const mk_u64 *words);
  void (*widen)(uint32_t *out, const mk_u16 *values, uint32_t count, uint32_t base);
} mk_loops;

extern const mk_loops mk_loops_portable;
#if defined(__x86_64__)
extern const mk_loops mk_loops_avx2;
#endif
#if defined(__aarch64__)
extern const mk_loops mk_loops_neon;
#endif

/// The loops in use; null as long as nobody asked.
extern _Atomic(const mk_loops *) mk_loops_chosen;
const mk_loops *mk_loops_choose(void);

static inline const mk_loops *mk_loops_active(void) {
  const mk_loops *loops = atomic_load_explicit(&mk_loops_chosen, memory_order_relaxed);
  return __builtin_expect(loops != NULL, 1) ? loops : mk_loops_choose();
}
