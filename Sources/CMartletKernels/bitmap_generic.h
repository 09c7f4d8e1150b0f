// Portable bodies of the inner loops. Each instruction set's file includes this and gets its own
// copies, compiled for that set; it then replaces the ones that intrinsics make faster.
#pragma once

#include "bitmap_block.h"

#define MK_BITSET_LOOP(name, expression)                                            \
  static inline uint32_t name(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {      \
    uint32_t count = 0;                                                             \
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {                                \
      const uint64_t word = expression;                                             \
      out[i] = word;                                                                \
      count += (uint32_t)__builtin_popcountll(word);                                \
    }                                                                               \
    return count;                                                                   \
  }
MK_BITSET_LOOP(generic_bitset_and, a[i] & b[i])
MK_BITSET_LOOP(generic_bitset_or, a[i] | b[i])
MK_BITSET_LOOP(generic_bitset_xor, a[i] ^ b[i])
MK_BITSET_LOOP(generic_bitset_andnot, a[i] & ~b[i])
#undef MK_BITSET_LOOP

static inline uint32_t generic_bitset_and_count(const mk_u64 *a, const mk_u64 *b) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    count += (uint32_t)__builtin_popcountll(a[i] & b[i]);
  }
  return count;
}

static inline uint32_t generic_words_count(const mk_u64 *words, uint32_t count) {
  uint32_t total = 0;
  for (uint32_t i = 0; i < count; i++) total += (uint32_t)__builtin_popcountll(words[i]);
  return total;
}

// Where bit i+1 is not the continuation of bit i, a run ends at i.
static inline uint32_t generic_bitset_runs(const mk_u64 *words) {
  uint32_t runs = 0;
  uint64_t word = words[0];
  for (uint32_t i = 0; i < MK_BITSET_WORDS - 1; i++) {
    const uint64_t next = words[i + 1];
    runs += (uint32_t)__builtin_popcountll(word & ~((word >> 1) | (next << 63)));
    word = next;
  }
  return runs + (uint32_t)__builtin_popcountll(word & ~(word >> 1));
}

static inline uint32_t generic_bitset_extract16(
    mk_u16 *out, uint32_t capacity, const mk_u64 *words) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    uint64_t word = words[i];
    if (word == 0) continue;
    const uint32_t members = (uint32_t)__builtin_popcountll(word);
    if (members > capacity - n) break;
    for (uint32_t j = 0; j < members; j++) {
      out[n + j] = (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(word));
      word &= word - 1;
    }
    n += members;
  }
  return n;
}

static inline uint32_t generic_bitset_extract32(
    uint32_t *out, uint32_t capacity, const mk_u64 *words, uint32_t base, uint32_t from) {
  uint32_t n = 0;
  for (uint32_t i = from; i < MK_BITSET_WORDS; i++) {
    uint64_t word = words[i];
    while (word != 0) {
      if (n == capacity) return n;
      out[n++] = base + i * 64 + (uint32_t)__builtin_ctzll(word);
      word &= word - 1;
    }
  }
  return n;
}

static inline void generic_widen(
    uint32_t *out, const mk_u16 *values, uint32_t count, uint32_t base) {
  for (uint32_t i = 0; i < count; i++) out[i] = base + values[i];
}

// `out` may be null: then only the count is wanted.
static inline uint32_t generic_skewed_and(
    mk_u16 *out, const mk_u16 *small, uint32_t ns, const mk_u16 *large, uint32_t nl) {
  uint32_t n = 0, j = 0;
  for (uint32_t i = 0; i < ns; i++) {
    const uint16_t wanted = small[i];
    j = mk_advance(large, j, nl, wanted);
    if (j == nl) break;
    if (large[j] == wanted) {
      if (out) out[n] = wanted;
      n++;
    }
  }
  return n;
}

static inline uint32_t generic_merge_and(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t i = 0, j = 0, n = 0;
  while (i < na && j < nb) {
    const uint16_t x = a[i], y = b[j];
    if (out) out[n] = x;
    n += x == y;
    i += x <= y;
    j += y <= x;
  }
  return n;
}

static inline uint32_t generic_array_and(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_skewed_and(out, a, na, b, nb);
  if (nb * 32 < na) return generic_skewed_and(out, b, nb, a, na);
  return generic_merge_and(out, a, na, b, nb);
}

static inline uint32_t generic_array_and_count(
    const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  return generic_array_and(NULL, a, na, b, nb);
}

static inline bool generic_skewed_meets(
    const mk_u16 *small, uint32_t ns, const mk_u16 *large, uint32_t nl) {
  uint32_t j = 0;
  for (uint32_t i = 0; i < ns; i++) {
    j = mk_advance(large, j, nl, small[i]);
    if (j == nl) return false;
    if (large[j] == small[i]) return true;
  }
  return false;
}

static inline bool generic_array_meets(
    const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_skewed_meets(a, na, b, nb);
  if (nb * 32 < na) return generic_skewed_meets(b, nb, a, na);
  if (na == 0 || nb == 0) return false;
  const mk_u16 *const a_end = a + na, *const b_end = b + nb;
  for (;;) {
    while (*a < *b) {
      if (++a == a_end) return false;
    }
    if (*a == *b) return true;
    while (*b < *a) {
      if (++b == b_end) return false;
    }
    if (*a == *b) return true;
  }
}

// A few numbers into many: the stretches between them are copied whole.
static inline uint32_t generic_skewed_or(
    mk_u16 *out, const mk_u16 *small, uint32_t ns, const mk_u16 *large, uint32_t nl) {
  uint32_t n = 0, j = 0;
  for (uint32_t i = 0; i < ns; i++) {
    const uint16_t value = small[i];
    const uint32_t to = mk_advance(large, j, nl, value);
    memcpy(out + n, large + j, (to - j) * sizeof(uint16_t));
    n += to - j;
    j = to;
    out[n++] = value;
    j += j < nl && large[j] == value;
  }
  memcpy(out + n, large + j, (nl - j) * sizeof(uint16_t));
  return n + nl - j;
}

static inline uint32_t generic_merge_or(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t i = 0, j = 0, n = 0;
  while (i < na && j < nb) {
    const uint16_t x = a[i], y = b[j];
    out[n++] = x <= y ? x : y;
    i += x <= y;
    j += y <= x;
  }
  memcpy(out + n, a + i, (na - i) * sizeof(uint16_t));
  n += na - i;
  memcpy(out + n, b + j, (nb - j) * sizeof(uint16_t));
  return n + nb - j;
}

static inline uint32_t generic_array_or(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 16 < nb) return generic_skewed_or(out, a, na, b, nb);
  if (nb * 16 < na) return generic_skewed_or(out, b, nb, a, na);
  return generic_merge_or(out, a, na, b, nb);
}

static inline uint32_t generic_array_xor(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t i = 0, j = 0, n = 0;
  while (i < na && j < nb) {
    const uint16_t x = a[i], y = b[j];
    out[n] = x <= y ? x : y;
    n += x != y;
    i += x <= y;
    j += y <= x;
  }
  memcpy(out + n, a + i, (na - i) * sizeof(uint16_t));
  n += na - i;
  memcpy(out + n, b + j, (nb - j) * sizeof(uint16_t));
  return n + nb - j;
}

static inline uint32_t generic_merge_andnot(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t i = 0, j = 0, n = 0;
  while (i < na && j < nb) {
    const uint16_t x = a[i], y = b[j];
    out[n] = x;
    n += x < y;
    i += x <= y;
    j += y <= x;
  }
  memcpy(out + n, a + i, (na - i) * sizeof(uint16_t));
  return n + na - i;
}

// `a` short against `b`: look each one up.
static inline uint32_t generic_few_andnot(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t n = 0, j = 0;
  for (uint32_t i = 0; i < na; i++) {
    const uint16_t value = a[i];
    j = mk_advance(b, j, nb, value);
    out[n] = value;
    n += j == nb || b[j] != value;
  }
  return n;
}

// `b` short against `a`: copy the stretches between its members.
static inline uint32_t generic_andnot_few(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  uint32_t n = 0, i = 0;
  for (uint32_t j = 0; j < nb && i < na; j++) {
    const uint32_t to = mk_advance(a, i, na, b[j]);
    memcpy(out + n, a + i, (to - i) * sizeof(uint16_t));
    n += to - i;
    i = to;
    i += i < na && a[i] == b[j];
  }
  memcpy(out + n, a + i, (na - i) * sizeof(uint16_t));
  return n + na - i;
}

static inline uint32_t generic_array_andnot(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_few_andnot(out, a, na, b, nb);
  if (nb * 16 < na) return generic_andnot_few(out, a, na, b, nb);
  return generic_merge_andnot(out, a, na, b, nb);
}
