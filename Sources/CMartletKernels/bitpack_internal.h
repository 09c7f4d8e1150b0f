#pragma once
#include <stdint.h>
#include <string.h>

// Division by a constant known to be exact: x / (odd << shift) = (x >> shift) * inverse(odd),
// and an odd number divides x if and only if x * inverse(odd) <= UINT64_MAX / odd.
// Source: H. Warren, "Hacker's Delight", 10-16 and 10-17.
typedef struct {
  unsigned shift;
  uint64_t inverse, limit;
} exact_divisor;

static inline exact_divisor make_divisor(uint64_t divisor) {
  unsigned shift = (unsigned)__builtin_ctzll(divisor);
  uint64_t odd = divisor >> shift;
  uint64_t inverse = odd;  // right in the low 3 bits; each Newton step doubles them
  for (int step = 0; step < 5; step++) inverse *= 2 - odd * inverse;
  return (exact_divisor){shift, inverse, UINT64_MAX / odd};
}

static inline uint64_t divide_exactly(uint64_t value, exact_divisor divisor) {
  return (value >> divisor.shift) * divisor.inverse;
}

static inline uint64_t load64(const uint8_t *bytes) {
  return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
         (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
         (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

static inline uint64_t low_bits(unsigned width) {
  return width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

// The 64 bits from `shift` (0...7) on of nine bytes. The two loads overlap in 56 bits, which are
// the same in both: faster than a double shift, which some CPUs do in microcode.
static inline uint64_t load_shifted(const uint8_t *bytes, unsigned shift) {
  return load64(bytes) >> shift | load64(bytes + 1) << (8 - shift);
}

// The 64 bits from `bit` on; those beyond the bytes are zero.
static inline uint64_t load_bits(const uint8_t *bytes, size_t byte_count, size_t bit) {
  size_t at = bit / 8;
  if (at + 9 <= byte_count) return load_shifted(bytes + at, bit % 8);
  uint8_t tail[9] = {0};
  if (at < byte_count) memcpy(tail, bytes + at, byte_count - at);
  return load_shifted(tail, bit % 8);
}

// Appends bit fields to bytes, least significant bit first.
typedef struct {
  uint8_t *out;
  uint64_t pending;
  unsigned filled;
} bit_writer;

static inline void write_bits(bit_writer *writer, uint64_t value, unsigned width) {
  writer->pending |= value << writer->filled;
  writer->filled += width;
  if (writer->filled < 64) return;
  for (int byte = 0; byte < 8; byte++) writer->out[byte] = (uint8_t)(writer->pending >> (8 * byte));
  writer->out += 8;
  writer->filled -= 64;
  // What of `value` did not fit.
  writer->pending = writer->filled ? value >> (width - writer->filled) : 0;
}

static inline void end_bits(bit_writer *writer) {
  for (unsigned done = 0; done < writer->filled; done += 8) {
    *writer->out++ = (uint8_t)writer->pending;
    writer->pending >>= 8;
  }
}
