#include "CMartletKernels/bitpack.h"

#include <string.h>

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

// Division by a constant known to be exact: x / (odd << shift) = (x >> shift) * inverse(odd),
// and an odd number divides x if and only if x * inverse(odd) <= UINT64_MAX / odd.
// Source: H. Warren, "Hacker's Delight", 10-16 and 10-17.
typedef struct {
  unsigned shift;
  uint64_t inverse, limit;
} exact_divisor;

static exact_divisor make_divisor(uint64_t divisor) {
  unsigned shift = (unsigned)__builtin_ctzll(divisor);
  uint64_t odd = divisor >> shift;
  uint64_t inverse = odd;  // right in the low 3 bits; each Newton step doubles them
  for (int step = 0; step < 5; step++) inverse *= 2 - odd * inverse;
  return (exact_divisor){shift, inverse, UINT64_MAX / odd};
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
  uint64_t pending = 0;
  unsigned filled = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t value = (((uint64_t)values[i] - (uint64_t)base) >> exact.shift) * exact.inverse;
    pending |= value << filled;
    filled += width;
    if (filled >= 64) {
      for (int byte = 0; byte < 8; byte++) out[byte] = (uint8_t)(pending >> (8 * byte));
      out += 8;
      filled -= 64;
      // What of `value` did not fit; a shift by 64 would be undefined.
      pending = filled ? value >> (width - filled) : 0;
    }
  }
  for (; filled > 0; filled -= filled < 8 ? filled : 8) {
    *out++ = (uint8_t)pending;
    pending >>= 8;
  }
}

static inline uint64_t load_bytes(const uint8_t *bytes, size_t count) {
  uint64_t word = 0;
  for (size_t i = 0; i < count; i++) word |= (uint64_t)bytes[i] << (8 * i);
  return word;
}

static inline uint64_t low_bits(unsigned width) {
  return width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

// Unpacks values first ..< count, each from the (at most nine) bytes it lies in.
static void unpack_from(const uint8_t *bytes, size_t first, size_t count, unsigned width,
                        int64_t base, uint64_t multiplier, int64_t *out) {
  size_t byte_count = (count * width + 7) / 8;
  uint64_t mask = low_bits(width);
  for (size_t i = first; i < count; i++) {
    size_t bit = i * width, at = bit / 8;
    unsigned shift = bit % 8;
    size_t available = byte_count - at;
    uint64_t word =
        (available >= 8 ? load_bytes(bytes + at, 8) : load_bytes(bytes + at, available)) >> shift;
    if (shift + width > 64) word |= (uint64_t)bytes[at + 8] << (64 - shift);
    out[i] = (int64_t)((uint64_t)base + multiplier * (word & mask));
  }
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
