// NEON bodies: the array and bitset loops are the portable ones (every AArch64 has NEON, so the
// compiler vectorises them so); counting and widening are written out.
#if defined(__aarch64__)

#include <arm_neon.h>

#include "bitmap_generic.h"

#define NEON_LOOP(name, OP)                                                      \
  static uint32_t name(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {          \
    uint32_t count = 0;                                                          \
    for (uint32_t i = 0; i < MK_BITSET_BYTES; i += 64) {                         \
      uint8x16_t sum = vdupq_n_u8(0);                                            \
      for (uint32_t k = i; k < i + 64; k += 16) {                                \
        const uint8x16_t x = vld1q_u8((const uint8_t *)a + k);                   \
        const uint8x16_t y = vld1q_u8((const uint8_t *)b + k);                   \
        const uint8x16_t v = OP;                                                 \
        if (out) vst1q_u8((uint8_t *)out + k, v);                                \
        sum = vaddq_u8(sum, vcntq_u8(v));                                        \
      }                                                                          \
      count += vaddlvq_u8(sum);                                                  \
    }                                                                            \
    return count;                                                                \
  }
NEON_LOOP(neon_bitset_and, vandq_u8(x, y))
NEON_LOOP(neon_bitset_or, vorrq_u8(x, y))
NEON_LOOP(neon_bitset_xor, veorq_u8(x, y))
NEON_LOOP(neon_bitset_andnot, vbicq_u8(x, y))
#undef NEON_LOOP

static uint32_t neon_bitset_and_count(const mk_u64 *a, const mk_u64 *b) {
  return neon_bitset_and(NULL, a, b);
}

static void neon_widen(uint32_t *out, const mk_u16 *values, uint32_t count, uint32_t base) {
  const uint32x4_t start = vdupq_n_u32(base);
  uint32_t i = 0;
  for (; i + 4 <= count; i += 4) {
    uint16_t four[4];
    memcpy(four, values + i, sizeof four);
    vst1q_u32(out + i, vaddw_u16(start, vld1_u16(four)));
  }
  for (; i < count; i++) out[i] = base + values[i];
}

const mk_loops mk_loops_neon = {
    .bitset_and = neon_bitset_and,
    .bitset_or = neon_bitset_or,
    .bitset_xor = neon_bitset_xor,
    .bitset_andnot = neon_bitset_andnot,
    .bitset_and_count = neon_bitset_and_count,
    .words_count = generic_words_count,
    .bitset_extract16 = generic_bitset_extract16,
    .bitset_extract32 = generic_bitset_extract32,
    .array_and = generic_array_and,
    .array_and_count = generic_array_and_count,
    .array_meets = generic_array_meets,
    .array_or = generic_array_or,
    .array_xor = generic_array_xor,
    .array_andnot = generic_array_andnot,
    .bitset_runs = generic_bitset_runs,
    .widen = neon_widen,
};

#endif
