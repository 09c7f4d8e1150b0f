#include "CMartletKernels/magnitude.h"

#include "bitpack_internal.h"

#define NEGATIVE 128u

// Counting leading zeros without LZCNT, and shifting by a variable without BMI2, are many times
// slower on some CPUs: each loop is compiled twice and chosen at run time.
#if defined(__x86_64__)
#define FAST __attribute__((target("lzcnt,bmi,bmi2")))
#define IS_FAST (__builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("bmi2"))
#else
#define FAST
#define IS_FAST 0
#endif
#define BODY __attribute__((always_inline)) static inline

BODY uint64_t magnitude_of(uint64_t offset, exact_divisor exact, unsigned *sign) {
  *sign = (int64_t)offset < 0 ? NEGATIVE : 0;
  return divide_exactly(*sign ? 0 - offset : offset, exact);
}

BODY unsigned bit_length(uint64_t value) {
  return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

BODY size_t classes_body(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                         uint8_t *classes) {
  exact_divisor exact = make_divisor(divisor);
  size_t bits = 0;
  for (size_t i = 0; i < count; i++) {
    unsigned sign;
    unsigned length =
        bit_length(magnitude_of((uint64_t)values[i] - (uint64_t)base, exact, &sign));
    classes[i] = (uint8_t)(sign | length);
    bits += length - (length != 0);
  }
  return bits;
}

FAST static size_t classes_fast(const int64_t *values, size_t count, int64_t base,
                                uint64_t divisor, uint8_t *classes) {
  return classes_body(values, count, base, divisor, classes);
}

size_t martlet_magnitude_classes(const int64_t *values, size_t count, int64_t base,
                                 uint64_t divisor, uint8_t *classes) {
  if (IS_FAST) return classes_fast(values, count, base, divisor, classes);
  return classes_body(values, count, base, divisor, classes);
}

BODY void pack_body(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                    uint8_t *out) {
  exact_divisor exact = make_divisor(divisor);
  bit_writer writer = {out, 0, 0};
  for (size_t i = 0; i < count; i++) {
    unsigned sign;
    uint64_t magnitude = magnitude_of((uint64_t)values[i] - (uint64_t)base, exact, &sign);
    unsigned length = bit_length(magnitude);
    if (length > 1) write_bits(&writer, magnitude & low_bits(length - 1), length - 1);
  }
  end_bits(&writer);
}

FAST static void pack_fast(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                           uint8_t *out) {
  pack_body(values, count, base, divisor, out);
}

void martlet_magnitude_pack(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                            uint8_t *out) {
  if (IS_FAST)
    pack_fast(values, count, base, divisor, out);
  else
    pack_body(values, count, base, divisor, out);
}

size_t martlet_magnitude_bits(const uint8_t *classes, size_t count) {
  size_t bits = 0;
  uint8_t invalid = 0;
  for (size_t start = 0; start < count; start += 4096) {
    // In 32 bits, so that the compiler finds vectors.
    uint32_t part = 0;
    size_t end = count - start < 4096 ? count : start + 4096;
    for (size_t i = start; i < end; i++) {
      uint8_t length = classes[i] & (uint8_t)~NEGATIVE;
      // Zero has no sign.
      invalid |= (uint8_t)((length > 64) | (classes[i] == NEGATIVE));
      part += (uint8_t)(length - (length != 0));
    }
    bits += part;
  }
  return invalid ? SIZE_MAX : bits;
}

BODY int64_t number(uint64_t bits, unsigned class, int64_t base, uint64_t multiplier) {
  unsigned length = class & ~NEGATIVE, stored = length - (length != 0);
  uint64_t magnitude =
      (bits & (((uint64_t)1 << stored) - 1)) | (uint64_t)(length != 0) << stored;
  uint64_t negative = 0 - (uint64_t)(class >> 7);
  return (int64_t)((uint64_t)base + multiplier * ((magnitude ^ negative) - negative));
}

BODY void unpack_body(const uint8_t *classes, size_t count, const uint8_t *bytes,
                      size_t byte_count, int64_t base, uint64_t multiplier, int64_t *out) {
  size_t bit = 0, i = 0;
  for (; i < count && bit / 8 + 9 <= byte_count; i++) {
    unsigned length = classes[i] & ~NEGATIVE;
    uint64_t bits = load_shifted(bytes + bit / 8, bit % 8);
    out[i] = number(bits, classes[i], base, multiplier);
    bit += length - (length != 0);
  }
  for (; i < count; i++) {
    unsigned length = classes[i] & ~NEGATIVE;
    out[i] = number(load_bits(bytes, byte_count, bit), classes[i], base, multiplier);
    bit += length - (length != 0);
  }
}

FAST static void unpack_fast(const uint8_t *classes, size_t count, const uint8_t *bytes,
                             size_t byte_count, int64_t base, uint64_t multiplier,
                             int64_t *out) {
  unpack_body(classes, count, bytes, byte_count, base, multiplier, out);
}

void martlet_magnitude_unpack(const uint8_t *classes, size_t count, const uint8_t *bytes,
                              size_t byte_count, int64_t base, uint64_t multiplier,
                              int64_t *out) {
  if (IS_FAST)
    unpack_fast(classes, count, bytes, byte_count, base, multiplier, out);
  else
    unpack_body(classes, count, bytes, byte_count, base, multiplier, out);
}
