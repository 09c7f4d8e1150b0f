#include "CMartletKernels/bitpack.h"

#include "bitpack_internal.h"

martlet_integer_statistics martlet_measure_integers(const int64_t *values, size_t count) {
  martlet_integer_statistics s = {values[0], values[0], INT64_MAX, INT64_MIN, 1};
  for (size_t i = 1; i < count; i++) {
    int64_t value = values[i];
    int64_t delta = (int64_t)((uint64_t)value - (uint64_t)values[i - 1]);
    s.minimum = value < s.minimum ? value : s.minimum;
    s.maximum = value > s.maximum ? value : s.maximum;
    s.minimum_delta = delta < s.minimum_delta ? delta : s.minimum_delta;
    s.maximum_delta = delta > s.maximum_delta ? delta : s.maximum_delta;
    s.run_count += delta != 0;
  }
  if (count == 1) s.minimum_delta = s.maximum_delta = 0;
  return s;
}

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

uint64_t martlet_common_divisor(const int64_t *values, size_t count, int64_t base) {
  uint64_t divisor = 0;
  size_t i = 0;
  for (; i < count && divisor == 0; i++) divisor = (uint64_t)values[i] - (uint64_t)base;
  if (divisor == 0) return 1;
  exact_divisor exact = make_divisor(divisor);
  for (; i < count && divisor != 1; i++) {
    uint64_t offset = (uint64_t)values[i] - (uint64_t)base;
    uint64_t low = offset & (((uint64_t)1 << exact.shift) - 1);
    if (low == 0 && (offset >> exact.shift) * exact.inverse <= exact.limit) continue;
    divisor = greatest_common_divisor(divisor, offset);
    exact = make_divisor(divisor);
  }
  return divisor;
}

void martlet_deltas(const int64_t *values, size_t count, int64_t *out) {
  for (size_t i = 1; i < count; i++)
    out[i - 1] = (int64_t)((uint64_t)values[i] - (uint64_t)values[i - 1]);
}

void martlet_pack(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                  unsigned width, uint8_t *out) {
  exact_divisor exact = make_divisor(divisor);
  bit_writer writer = {out, 0, 0};
  for (size_t i = 0; i < count; i++)
    write_bits(&writer, divide_exactly((uint64_t)values[i] - (uint64_t)base, exact), width);
  end_bits(&writer);
}

// Unpacks values first ..< count, each from the (at most nine) bytes it lies in.
static void unpack_from(const uint8_t *bytes, size_t first, size_t count, unsigned width,
                        int64_t base, uint64_t multiplier, int64_t *out) {
  size_t byte_count = (count * width + 7) / 8, i = first;
  uint64_t mask = low_bits(width);
  for (; i < count && i * width / 8 + 9 <= byte_count; i++) {
    uint64_t word = load_shifted(bytes + i * width / 8, i * width % 8);
    out[i] = (int64_t)((uint64_t)base + multiplier * (word & mask));
  }
  for (; i < count; i++)
    out[i] = (int64_t)((uint64_t)base +
                       multiplier * (load_bits(bytes, byte_count, i * width) & mask));
}

void martlet_unpack_portable(const uint8_t *bytes, size_t count, unsigned width, int64_t base,
                             uint64_t multiplier, int64_t *out) {
  unpack_from(bytes, 0, count, width, base, multiplier, out);
}

#if defined(__x86_64__)
#include <immintrin.h>

// A value of at most 57 bits lies in the 8 bytes from the one its first bit is in, and two
// neighbours in 16. Eight values take exactly `width` bytes, so shuffles and shifts repeat.
#define WIDEST_VECTOR_WIDTH 57

enum multiplication { BY_ONE, NARROW, WIDE };

__attribute__((target("avx2"), always_inline)) static inline __m256i scale(
    __m256i value, __m256i multiplier, enum multiplication how) {
  if (how == BY_ONE) return value;
  __m256i low = _mm256_mul_epu32(value, multiplier);
  if (how == NARROW) return low;
  __m256i cross = _mm256_add_epi64(
      _mm256_mul_epu32(_mm256_srli_epi64(value, 32), multiplier),
      _mm256_mul_epu32(value, _mm256_srli_epi64(multiplier, 32)));
  return _mm256_add_epi64(low, _mm256_slli_epi64(cross, 32));
}

__attribute__((target("avx2"), always_inline)) static inline __m256i load_pairs(
    const uint8_t *low, const uint8_t *high) {
  return _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low)),
      _mm_loadu_si128((const __m128i *)high), 1);
}

__attribute__((target("avx2"), always_inline)) static inline void unpack_avx2(
    const uint8_t *bytes, size_t count, unsigned width, int64_t base, uint64_t multiplier,
    int64_t *out, enum multiplication how) {
  size_t pair_byte[4];
  uint8_t shuffle[4][16];
  uint64_t shift[4][2];
  for (unsigned pair = 0; pair < 4; pair++) {
    unsigned bit = 2 * pair * width;
    pair_byte[pair] = bit / 8;
    unsigned second = bit % 8 + width;
    for (unsigned i = 0; i < 8; i++) {
      shuffle[pair][i] = (uint8_t)i;
      shuffle[pair][8 + i] = (uint8_t)(second / 8 + i);
    }
    shift[pair][0] = bit % 8;
    shift[pair][1] = second % 8;
  }
  __m256i shuffles[2], shifts[2];
  for (int half = 0; half < 2; half++) {
    shuffles[half] = _mm256_loadu_si256((const __m256i *)shuffle[2 * half]);
    shifts[half] = _mm256_loadu_si256((const __m256i *)shift[2 * half]);
  }
  __m256i mask = _mm256_set1_epi64x((int64_t)low_bits(width));
  __m256i bases = _mm256_set1_epi64x(base);
  __m256i multipliers = _mm256_set1_epi64x((int64_t)multiplier);

  size_t byte_count = (count * width + 7) / 8;
  size_t reach = pair_byte[3] + 16;  // bytes a step of eight values may touch
  size_t at = 0, i = 0;
  for (; i + 8 <= count && at + reach <= byte_count; i += 8, at += width) {
    for (int half = 0; half < 2; half++) {
      __m256i value = load_pairs(bytes + at + pair_byte[2 * half],
                                 bytes + at + pair_byte[2 * half + 1]);
      value = _mm256_shuffle_epi8(value, shuffles[half]);
      value = _mm256_and_si256(_mm256_srlv_epi64(value, shifts[half]), mask);
      value = _mm256_add_epi64(scale(value, multipliers, how), bases);
      _mm256_storeu_si256((__m256i *)(out + i + 4 * half), value);
    }
  }
  unpack_from(bytes, i, count, width, base, multiplier, out);
}

__attribute__((target("avx2"))) static void unpack_vector(const uint8_t *bytes, size_t count,
                                                          unsigned width, int64_t base,
                                                          uint64_t multiplier, int64_t *out) {
  if (multiplier == 1)
    unpack_avx2(bytes, count, width, base, multiplier, out, BY_ONE);
  else if (width <= 32 && multiplier <= UINT32_MAX)
    unpack_avx2(bytes, count, width, base, multiplier, out, NARROW);
  else
    unpack_avx2(bytes, count, width, base, multiplier, out, WIDE);
}
#endif

void martlet_unpack(const uint8_t *bytes, size_t count, unsigned width, int64_t base,
                    uint64_t multiplier, int64_t *out) {
#if defined(__x86_64__)
  if (width <= WIDEST_VECTOR_WIDTH && __builtin_cpu_supports("avx2")) {
    unpack_vector(bytes, count, width, base, multiplier, out);
    return;
  }
#endif
  unpack_from(bytes, 0, count, width, base, multiplier, out);
}

void martlet_prefix_sum(int64_t *values, size_t count, int64_t first) {
  uint64_t sum = (uint64_t)first;
  for (size_t i = 0; i < count; i++) {
    sum += (uint64_t)values[i];
    values[i] = (int64_t)sum;
  }
}

int martlet_look_up(int64_t *codes, size_t count, const int64_t *dictionary,
                    size_t dictionary_count) {
  int valid = 1;
  for (size_t i = 0; i < count; i++) valid &= (uint64_t)codes[i] < dictionary_count;
  if (!valid) return 0;
  for (size_t i = 0; i < count; i++) codes[i] = dictionary[codes[i]];
  return 1;
}

int martlet_expand_runs(const int64_t *values, const int64_t *lengths, size_t run_count,
                        int64_t *out, size_t count) {
  size_t rest = count;
  for (size_t run = 0; run < run_count; run++) {
    if (lengths[run] < 1 || (uint64_t)lengths[run] > rest) return 0;
    rest -= (size_t)lengths[run];
  }
  if (rest != 0) return 0;
  size_t at = 0;
  for (size_t run = 0; run < run_count; run++) {
    int64_t value = values[run];
    size_t end = at + (size_t)lengths[run];
    if (end + 4 <= count) {
      // Whole fours; the next runs overwrite what is too much.
      for (; at < end; at += 4) {
        out[at] = value;
        out[at + 1] = value;
        out[at + 2] = value;
        out[at + 3] = value;
      }
    } else {
      for (; at < end; at++) out[at] = value;
    }
    at = end;
  }
  return 1;
}

size_t martlet_distinct(const int64_t *values, size_t count, size_t most, unsigned bits,
                        int32_t *slots, int64_t *distinct, int32_t *positions) {
  size_t found = 0;
  uint32_t mask = ((uint32_t)1 << bits) - 1;
  for (size_t i = 0; i < count; i++) {
    // Fibonacci hashing: D. Knuth, "The Art of Computer Programming", volume 3, 6.4.
    uint32_t slot = (uint32_t)((uint64_t)values[i] * 0x9E3779B97F4A7C15u >> (64 - bits));
    while (slots[slot] >= 0 && distinct[slots[slot]] != values[i]) slot = (slot + 1) & mask;
    if (slots[slot] < 0) {
      if (found == most) return most + 1;
      slots[slot] = (int32_t)found;
      distinct[found++] = values[i];
    }
    positions[i] = slots[slot];
  }
  return found;
}
