// AVX2 bodies. The array merges follow CRoaring's (D. Lemire et al. 2018; B. Schlegel, T. Willhalm,
// W. Lehner, "Fast sorted-set intersection using SIMD instructions", 2011; H. Inoue, M. Ohara,
// K. Taura, "Faster set intersection with SIMD instructions by reducing branch mispredictions",
// 2014); the population count is Harley-Seal (W. Mula, N. Kurz, D. Lemire, "Faster population
// counts using AVX2 instructions", 2018).
#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,sse4.2"))), apply_to = function)

#include "bitmap_generic.h"
#include "bitmap_set_bits.h"

// Bitsets.

static inline __m256i popcount_bytes(__m256i v) {
  const __m256i table = _mm256_setr_epi8(
      0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
      0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(0x0f);
  const __m256i a = _mm256_shuffle_epi8(table, _mm256_and_si256(v, low));
  const __m256i b = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(v, 4), low));
  return _mm256_sad_epu8(_mm256_add_epi8(a, b), _mm256_setzero_si256());
}

// Carry-save adder: three bits of equal weight become a sum bit and a carry bit.
static inline __m256i csa(__m256i *sum, __m256i b, __m256i c) {
  const __m256i a = *sum;
  const __m256i half = _mm256_xor_si256(a, b);
  *sum = _mm256_xor_si256(half, c);
  return _mm256_or_si256(_mm256_and_si256(a, b), _mm256_and_si256(half, c));
}

static inline uint32_t horizontal_sum(__m256i v) {
  return (uint32_t)(_mm256_extract_epi64(v, 0) + _mm256_extract_epi64(v, 1) +
                    _mm256_extract_epi64(v, 2) + _mm256_extract_epi64(v, 3));
}

// Sixteen vectors an iteration; `NEXT(k)` yields vector k.
#define MK_HARLEY_SEAL(vectors, NEXT)                                          \
  __m256i total = _mm256_setzero_si256(), ones = total, twos = total;          \
  __m256i fours = total, eights = total;                                       \
  for (uint32_t i = 0; i < (vectors); i += 16) {                               \
    __m256i t0 = csa(&ones, NEXT(i), NEXT(i + 1));                             \
    __m256i t1 = csa(&ones, NEXT(i + 2), NEXT(i + 3));                         \
    __m256i f0 = csa(&twos, t0, t1);                                           \
    t0 = csa(&ones, NEXT(i + 4), NEXT(i + 5));                                 \
    t1 = csa(&ones, NEXT(i + 6), NEXT(i + 7));                                 \
    __m256i f1 = csa(&twos, t0, t1);                                           \
    __m256i e0 = csa(&fours, f0, f1);                                          \
    t0 = csa(&ones, NEXT(i + 8), NEXT(i + 9));                                 \
    t1 = csa(&ones, NEXT(i + 10), NEXT(i + 11));                               \
    f0 = csa(&twos, t0, t1);                                                   \
    t0 = csa(&ones, NEXT(i + 12), NEXT(i + 13));                               \
    t1 = csa(&ones, NEXT(i + 14), NEXT(i + 15));                               \
    f1 = csa(&twos, t0, t1);                                                   \
    __m256i e1 = csa(&fours, f0, f1);                                          \
    total = _mm256_add_epi64(total, popcount_bytes(csa(&eights, e0, e1)));     \
  }                                                                            \
  total = _mm256_slli_epi64(total, 4);                                         \
  total = _mm256_add_epi64(total, _mm256_slli_epi64(popcount_bytes(eights), 3)); \
  total = _mm256_add_epi64(total, _mm256_slli_epi64(popcount_bytes(fours), 2)); \
  total = _mm256_add_epi64(total, _mm256_slli_epi64(popcount_bytes(twos), 1)); \
  total = _mm256_add_epi64(total, popcount_bytes(ones));                       \
  return horizontal_sum(total);

enum { BITSET_VECTORS = MK_BITSET_BYTES / sizeof(__m256i) };

#define LOAD(p, k) _mm256_loadu_si256((const __m256i *)(p) + (k))

#define NEXT_AND(k) store_next(out, (k), _mm256_and_si256(LOAD(a, k), LOAD(b, k)))
#define NEXT_OR(k) store_next(out, (k), _mm256_or_si256(LOAD(a, k), LOAD(b, k)))
#define NEXT_XOR(k) store_next(out, (k), _mm256_xor_si256(LOAD(a, k), LOAD(b, k)))
#define NEXT_ANDNOT(k) store_next(out, (k), _mm256_andnot_si256(LOAD(b, k), LOAD(a, k)))
#define NEXT_BOTH(k) _mm256_and_si256(LOAD(a, k), LOAD(b, k))
#define NEXT_WORDS(k) LOAD(words, k)

static inline __m256i store_next(mk_u64 *out, uint32_t k, __m256i v) {
  _mm256_storeu_si256((__m256i *)out + k, v);
  return v;
}

static uint32_t avx2_bitset_and(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {
  MK_HARLEY_SEAL(BITSET_VECTORS, NEXT_AND)
}
static uint32_t avx2_bitset_or(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {
  MK_HARLEY_SEAL(BITSET_VECTORS, NEXT_OR)
}
static uint32_t avx2_bitset_xor(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {
  MK_HARLEY_SEAL(BITSET_VECTORS, NEXT_XOR)
}
static uint32_t avx2_bitset_andnot(mk_u64 *out, const mk_u64 *a, const mk_u64 *b) {
  MK_HARLEY_SEAL(BITSET_VECTORS, NEXT_ANDNOT)
}
static uint32_t avx2_bitset_and_count(const mk_u64 *a, const mk_u64 *b) {
  MK_HARLEY_SEAL(BITSET_VECTORS, NEXT_BOTH)
}
static inline uint32_t harley_seal_words(const mk_u64 *words, uint32_t vectors) {
  MK_HARLEY_SEAL(vectors, NEXT_WORDS)
}
static uint32_t avx2_words_count(const mk_u64 *words, uint32_t count) {
  const uint32_t whole = count / 64 * 64;  // 16 vectors of 4 words
  uint32_t total = whole == 0 ? 0 : harley_seal_words(words, whole / 4);
  for (uint32_t i = whole; i < count; i++) total += (uint32_t)__builtin_popcountll(words[i]);
  return total;
}

// Members of a bitset. Writing four or eight at once whatever the word holds, and advancing by
// what it does hold, spares a mispredicted branch a word.

static uint32_t avx2_bitset_extract16(mk_u16 *out, uint32_t capacity, const mk_u64 *words) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    uint64_t word = words[i];
    if (word == 0) continue;
    const uint32_t members = (uint32_t)_mm_popcnt_u64(word);
    if (members > capacity - n) break;
    const uint32_t base = i * 64;
    if (members > 12) {
      __m128i start = _mm_set1_epi16((short)base);
      for (uint32_t byte = 0; byte < 8; byte++, word >>= 8) {
        const __m128i bits = _mm_loadl_epi64((const __m128i *)&mk_set_bits[word & 0xff]);
        _mm_storeu_si128((__m128i *)(out + n), _mm_add_epi16(_mm_cvtepu8_epi16(bits), start));
        n += (uint32_t)_mm_popcnt_u64(word & 0xff);
        start = _mm_add_epi16(start, _mm_set1_epi16(8));
      }
      continue;
    }
    mk_u16 *to = out + n;
    for (uint32_t j = 0; j < members; j += 4) {
      for (uint32_t k = 0; k < 4; k++) {
        to[j + k] = (uint16_t)(base + _tzcnt_u64(word));
        word &= word - 1;
      }
    }
    n += members;
  }
  return n;
}

static uint32_t avx2_bitset_extract32(
    uint32_t *out, uint32_t capacity, const mk_u64 *words, uint32_t base, uint32_t from) {
  uint32_t n = 0, i = from;
  // While a whole word's members and a vector's overshoot fit.
  for (; i < MK_BITSET_WORDS && capacity - n >= 72; i++) {
    uint64_t word = words[i];
    if (word == 0) continue;
    const uint32_t members = (uint32_t)_mm_popcnt_u64(word);
    const uint32_t first = base + i * 64;
    if (members > 8) {
      __m256i start = _mm256_set1_epi32((int)first);
      for (uint32_t byte = 0; byte < 8; byte++, word >>= 8) {
        const __m128i bits = _mm_loadl_epi64((const __m128i *)&mk_set_bits[word & 0xff]);
        _mm256_storeu_si256(
            (__m256i *)(out + n), _mm256_add_epi32(_mm256_cvtepu8_epi32(bits), start));
        n += (uint32_t)_mm_popcnt_u64(word & 0xff);
        start = _mm256_add_epi32(start, _mm256_set1_epi32(8));
      }
      continue;
    }
    uint32_t *to = out + n;
    for (uint32_t j = 0; j < members; j += 4) {
      for (uint32_t k = 0; k < 4; k++) {
        to[j + k] = first + (uint32_t)_tzcnt_u64(word);
        word &= word - 1;
      }
    }
    n += members;
  }
  for (; i < MK_BITSET_WORDS; i++) {
    uint64_t word = words[i];
    while (word != 0) {
      if (n == capacity) return n;
      out[n++] = base + i * 64 + (uint32_t)_tzcnt_u64(word);
      word &= word - 1;
    }
  }
  return n;
}

// Arrays.

// Moves the lanes whose bit in `keep` is set to the front and stores all eight lanes.
static inline uint32_t store_kept(mk_u16 *out, __m128i v, uint32_t keep) {
  const __m128i lanes = _mm_loadl_epi64((const __m128i *)&mk_set_bits[keep]);
  const __m128i twice = _mm_add_epi8(lanes, lanes);
  const __m128i bytes = _mm_add_epi8(
      _mm_unpacklo_epi8(twice, twice), _mm_set1_epi16(0x0100));
  _mm_storeu_si128((__m128i *)out, _mm_shuffle_epi8(v, bytes));
  return (uint32_t)_mm_popcnt_u32(keep);
}

static inline __m128i load8(const mk_u16 *p) { return _mm_loadu_si128((const __m128i *)p); }

#define EQUAL_ANY (_SIDD_UWORD_OPS | _SIDD_CMP_EQUAL_ANY | _SIDD_BIT_MASK)

// Which lanes of `a` occur in `b`, as a mask of eight bits. The first reads a zero lane as the end
// of its vector and costs half as much; arrays hold zero at most once, in front.
static inline uint32_t members_of_nonzero(__m128i a, __m128i b) {
  return (uint32_t)_mm_cvtsi128_si32(_mm_cmpistrm(b, a, EQUAL_ANY));
}

static inline uint32_t members_of(__m128i a, __m128i b) {
  return (uint32_t)_mm_cvtsi128_si32(_mm_cmpestrm(b, 8, a, 8, EQUAL_ANY));
}

static inline uint32_t members_of_few(__m128i a, uint32_t na, __m128i b, uint32_t nb) {
  return (uint32_t)_mm_cvtsi128_si32(_mm_cmpestrm(b, (int)nb, a, (int)na, EQUAL_ANY));
}

// Fewer than eight numbers, without a look at what stands behind them.
static inline __m128i load_few(const mk_u16 *values, uint32_t count) {
  if (count >= 4) {
    // The first four and the last four, less those that the first hold already.
    const mk_u64 *first = (const mk_u64 *)values, *last = (const mk_u64 *)(values + count - 4);
    const uint32_t half_shift = 8 * (8 - count);
    return _mm_set_epi64x((int64_t)(*last >> half_shift >> half_shift), (int64_t)*first);
  }
  if (count == 0) return _mm_setzero_si128();
  const uint32_t middle = count / 2, end = count - 1;
  return _mm_cvtsi64_si128((int64_t)(
      values[0] | (uint64_t)values[middle] << (16 * middle) | (uint64_t)values[end] << (16 * end)));
}

// The last `rest` (below 8) of `count` numbers, where `rest` is what whole vectors leave.
static inline __m128i load_rest(const mk_u16 *values, uint32_t count, uint32_t rest) {
  static const uint8_t shift[32] = {
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
      128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128};
  if (count < 8) return load_few(values, count);
  const __m128i lanes = _mm_loadu_si128((const __m128i *)(shift + 2 * (8 - rest)));
  return _mm_shuffle_epi8(load8(values + count - 8), lanes);
}

// The last number of a vector in memory. Loaded on its own: out of the register it would come three
// cycles later, and where to go next waits for it.
static inline uint32_t last_of(const mk_u16 *vector) {
  __asm__("" : "+r"(vector));
  return vector[7];
}

// Numbers that repeat, in a payload that nobody checked, could match more often than there is room.
#define KEEP(v, found)                                      \
  if (out) {                                                \
    n += store_kept(out + n, v, found);                     \
    if (__builtin_expect(n > limit, 0)) return limit;       \
  } else {                                                  \
    n += (uint32_t)_mm_popcnt_u32(found);                   \
  }

// One step of a merge by vectors: which members of the one are in the other, and on past the one
// that ends first, which `last_a` and `last_b` tell. Without a branch: it is as good as random.
#define MEET(MEMBERS_OF, KEEP)                                       \
  const __m128i va = load8(a + i);                                   \
  const uint32_t found = MEMBERS_OF(va, load8(b + j));               \
  KEEP(va, found)                                                    \
  const bool a_ends = last_a <= last_b, b_ends = last_b <= last_a;   \
  i += (size_t)a_ends * 8;                                           \
  j += (size_t)b_ends * 8;

#define MEET_HERE(MEMBERS_OF, KEEP)                                  \
  const uint32_t last_a = last_of(a + i), last_b = last_of(b + j);   \
  MEET(MEMBERS_OF, KEEP)

// While both have a vector more, its last number is loaded ahead: where to go next waits for it.
// Then come the last whole vectors, and what is left, fewer than eight, meets the other's vectors
// and the other's rest. Neither array is empty.
#define MEET_ALL(KEEP)                                               \
  const uint32_t ea = na & ~7u, eb = nb & ~7u;                       \
  size_t i = 0, j = 0;                                               \
  while (i < ea && j < eb && (a[i] == 0 || b[j] == 0)) {             \
    MEET_HERE(members_of, KEEP)                                      \
  }                                                                  \
  if (i + 16 <= na && j + 16 <= nb) {                                \
    uint32_t last_a = a[i + 7], last_b = b[j + 7];                   \
    do {                                                             \
      const uint32_t next_a = a[i + 15], next_b = b[j + 15];         \
      MEET(members_of_nonzero, KEEP)                                 \
      last_a = a_ends ? next_a : last_a;                             \
      last_b = b_ends ? next_b : last_b;                             \
    } while (i + 16 <= na && j + 16 <= nb);                          \
  }                                                                  \
  while (i < ea && j < eb) {                                         \
    MEET_HERE(members_of_nonzero, KEEP)                              \
  }                                                                  \
  const uint32_t ra = na - ea, rb = nb - eb;                         \
  const __m128i rest_a = load_rest(a, na, ra), rest_b = load_rest(b, nb, rb); \
  for (; i < ea && rb != 0 && a[i] <= b[nb - 1]; i += 8) {           \
    const __m128i va = load8(a + i);                                 \
    const uint32_t found = members_of_few(va, 8, rest_b, rb);        \
    KEEP(va, found)                                                  \
  }                                                                  \
  for (; j < eb && ra != 0 && b[j] <= a[na - 1]; j += 8) {           \
    const uint32_t found = members_of_few(rest_a, ra, load8(b + j), 8); \
    KEEP(rest_a, found)                                              \
  }                                                                  \
  const uint32_t found = members_of_few(rest_a, ra, rest_b, rb);     \
  KEEP(rest_a, found)

#define ANY(v, found) \
  if (found != 0) return true;

MK_INLINE uint32_t vector_and(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  const uint32_t limit = na < nb ? na : nb;
  uint32_t n = 0;
  MEET_ALL(KEEP)
  return n;
}

static uint32_t avx2_array_and(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_skewed_and(out, a, na, b, nb);
  if (nb * 32 < na) return generic_skewed_and(out, b, nb, a, na);
  if (na == 0) return 0;
  return vector_and(out, a, na, b, nb);
}

static uint32_t avx2_array_and_count(
    const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_skewed_and(NULL, a, na, b, nb);
  if (nb * 32 < na) return generic_skewed_and(NULL, b, nb, a, na);
  if (na == 0) return 0;
  return vector_and(NULL, a, na, b, nb);
}

static bool avx2_array_meets(const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_skewed_meets(a, na, b, nb);
  if (nb * 32 < na) return generic_skewed_meets(b, nb, a, na);
  if (na == 0) return false;
  MEET_ALL(ANY)
  return false;
}

// One stage of a bitonic sorter: lanes that `partner` brings face to face; the ones in `upper`
// take the larger (K. Batcher, "Sorting networks and their applications", 1968).
#define STAGE(v, partner, upper)                                         \
  _mm_blend_epi16(_mm_min_epu16(v, partner), _mm_max_epu16(v, partner), upper)

static inline __m128i sort_bitonic(__m128i v) {
  v = STAGE(v, _mm_shuffle_epi32(v, 0x4e), 0xf0);
  v = STAGE(v, _mm_shuffle_epi32(v, 0xb1), 0xcc);
  const __m128i swap = _mm_setr_epi8(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  return STAGE(v, _mm_shuffle_epi8(v, swap), 0xaa);
}

// Two ascending vectors become the eight smallest and the eight largest, ascending.
static inline void merge8(__m128i a, __m128i b, __m128i *low, __m128i *high) {
  const __m128i reverse = _mm_setr_epi8(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
  b = _mm_shuffle_epi8(b, reverse);
  *low = sort_bitonic(_mm_min_epu16(a, b));
  *high = sort_bitonic(_mm_max_epu16(a, b));
}

static inline uint32_t lanes_mask(__m128i equal) {
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(equal, _mm_setzero_si128()));
}

// Stores what differs from its left neighbour; `before` holds the eight lanes to the left.
static inline uint32_t store_distinct(mk_u16 *out, __m128i before, __m128i v) {
  const __m128i left = _mm_alignr_epi8(v, before, 14);
  return store_kept(out, v, ~lanes_mask(_mm_cmpeq_epi16(left, v)) & 0xff);
}

// Stores what differs from both neighbours, one lane late: the right neighbour must be known.
static inline uint32_t store_single(mk_u16 *out, __m128i before, __m128i v) {
  const __m128i lefter = _mm_alignr_epi8(v, before, 12);
  const __m128i left = _mm_alignr_epi8(v, before, 14);
  const __m128i paired = _mm_or_si128(_mm_cmpeq_epi16(left, lefter), _mm_cmpeq_epi16(left, v));
  return store_kept(out, left, ~lanes_mask(paired) & 0xff);
}

typedef struct merge_state {
  uint32_t i, j, n;
  __m128i before, pending;
} merge_state;

// Merges whole vectors of both arrays, always from the one with the smaller head; what is merged
// last stays pending. Both arrays have eight members at least.
static inline merge_state merge_vectors(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb, bool keep_pairs) {
  const uint32_t ea = na & ~7u, eb = nb & ~7u;
  merge_state s = {8, 8, 0, _mm_set1_epi16(-1), _mm_setzero_si128()};
  __m128i low;
  merge8(load8(a), load8(b), &low, &s.pending);
  for (;;) {
    s.n += keep_pairs ? store_distinct(out + s.n, s.before, low)
                      : store_single(out + s.n, s.before, low);
    s.before = low;
    if (s.i == ea || s.j == eb) return s;
    const bool from_a = a[s.i] <= b[s.j];
    const mk_u16 *next = from_a ? a + s.i : b + s.j;
    s.i += from_a ? 8 : 0;
    s.j += from_a ? 0 : 8;
    merge8(load8(next), s.pending, &low, &s.pending);
  }
}

// What is left of `a` (`na` < 8) or `b` joins the pending members, then meets the longer rest.
static uint32_t avx2_array_or(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 16 < nb) return generic_skewed_or(out, a, na, b, nb);
  if (nb * 16 < na) return generic_skewed_or(out, b, nb, a, na);
  if (na < 8 || nb < 8) return generic_merge_or(out, a, na, b, nb);
  const merge_state s = merge_vectors(out, a, na, b, nb, true);
  a += s.i, na -= s.i, b += s.j, nb -= s.j;
  mk_u16 pending[16], few[24];
  const uint32_t np = store_distinct(pending, s.before, s.pending);
  if (na < 8) {
    const uint32_t nf = generic_merge_or(few, pending, np, a, na);
    return s.n + generic_array_or(out + s.n, few, nf, b, nb);
  }
  const uint32_t nf = generic_merge_or(few, pending, np, b, nb);
  return s.n + generic_array_or(out + s.n, few, nf, a, na);
}

static uint32_t avx2_array_xor(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na < 8 || nb < 8) return generic_array_xor(out, a, na, b, nb);
  const merge_state s = merge_vectors(out, a, na, b, nb, false);
  a += s.i, na -= s.i, b += s.j, nb -= s.j;
  mk_u16 pending[17], few[24];
  uint32_t np = store_single(pending, s.before, s.pending);
  const uint16_t last = (uint16_t)_mm_extract_epi16(s.pending, 7);
  if (last != (uint16_t)_mm_extract_epi16(s.pending, 6)) pending[np++] = last;
  if (na < 8) {
    const uint32_t nf = generic_array_xor(few, pending, np, a, na);
    return s.n + generic_array_xor(out + s.n, few, nf, b, nb);
  }
  const uint32_t nf = generic_array_xor(few, pending, np, b, nb);
  return s.n + generic_array_xor(out + s.n, few, nf, a, na);
}

// Storing each time and advancing only when the vector at `i` is done spares a branch.
#define LEAVE(MEMBERS_OF)                                         \
  const __m128i va = load8(a + i);                                \
  found |= MEMBERS_OF(va, load8(b + j));                          \
  const uint32_t last_a = last_of(a + i), last_b = last_of(b + j); \
  const uint32_t kept = store_kept(out + n, va, ~found & 0xff);   \
  const bool done = last_a <= last_b;                             \
  n += done ? kept : 0;                                           \
  found = done ? 0 : found;                                       \
  i += done ? 8 : 0;                                              \
  j += last_b <= last_a ? 8 : 0;

static uint32_t avx2_array_andnot(
    mk_u16 *out, const mk_u16 *a, uint32_t na, const mk_u16 *b, uint32_t nb) {
  if (na * 32 < nb) return generic_few_andnot(out, a, na, b, nb);
  if (nb * 16 < na) return generic_andnot_few(out, a, na, b, nb);
  const uint32_t ea = na & ~7u, eb = nb & ~7u;
  uint32_t i = 0, j = 0, n = 0, found = 0;
  while (i < ea && j < eb && (a[i] == 0 || b[j] == 0)) {
    LEAVE(members_of)
  }
  while (i < ea && j < eb) {
    LEAVE(members_of_nonzero)
  }
  if (i < ea) {
    // Fewer than eight members of b are left; this vector of a may have met some before.
    mk_u16 rest[8] = {0};
    memcpy(rest, b + j, (nb - j) * sizeof(uint16_t));
    const __m128i va = load8(a + i);
    found |= members_of_few(va, 8, load8(rest), nb - j);
    n += store_kept(out + n, va, ~found & 0xff);
    i += 8;
  }
  return n + generic_merge_andnot(out + n, a + i, na - i, b + j, nb - j);
}

static void avx2_widen(uint32_t *out, const mk_u16 *values, uint32_t count, uint32_t base) {
  const __m256i start = _mm256_set1_epi32((int)base);
  uint32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256i wide = _mm256_cvtepu16_epi32(load8(values + i));
    _mm256_storeu_si256((__m256i *)(out + i), _mm256_add_epi32(wide, start));
  }
  for (; i < count; i++) out[i] = base + values[i];
}

const mk_loops mk_loops_avx2 = {
    .bitset_and = avx2_bitset_and,
    .bitset_or = avx2_bitset_or,
    .bitset_xor = avx2_bitset_xor,
    .bitset_andnot = avx2_bitset_andnot,
    .bitset_and_count = avx2_bitset_and_count,
    .words_count = avx2_words_count,
    .bitset_extract16 = avx2_bitset_extract16,
    .bitset_extract32 = avx2_bitset_extract32,
    .array_and = avx2_array_and,
    .array_and_count = avx2_array_and_count,
    .array_meets = avx2_array_meets,
    .array_or = avx2_array_or,
    .array_xor = avx2_array_xor,
    .array_andnot = avx2_array_andnot,
    .bitset_runs = generic_bitset_runs,
    .widen = avx2_widen,
};

#pragma clang attribute pop
#endif
