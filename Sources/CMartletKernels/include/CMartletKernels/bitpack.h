#pragma once
#include <stddef.h>
#include <stdint.h>

// Bit-packed integers: value i occupies bits [i * width, (i + 1) * width) of the bytes, least
// significant bit first. All arithmetic on values is modulo 2^64.

/// What the choice of an encoding needs to know of a page of values.
typedef struct {
  int64_t minimum, maximum;
  /// Over values[i] - values[i - 1] modulo 2^64, read as signed; 0 for a single value.
  int64_t minimum_delta, maximum_delta;
  /// Maximal runs of equal values.
  size_t run_count;
} martlet_integer_statistics;

/// Requires count >= 1.
martlet_integer_statistics martlet_measure_integers(const int64_t *values, size_t count);

/// The greatest common divisor of all values[i] - base; 1 where they are all zero.
uint64_t martlet_common_divisor(const int64_t *values, size_t count, int64_t base);

/// out[i] = values[i + 1] - values[i] for count - 1 values.
void martlet_deltas(const int64_t *values, size_t count, int64_t *out);

/// Packs (values[i] - base) / divisor, which must be exact and fit `width` bits (1...64), into
/// ceil(count * width / 8) bytes; unused bits of the last byte are zero.
void martlet_pack(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                  unsigned width, uint8_t *out);

/// out[i] = base + multiplier * packed value i. Reads only bytes[0 ..< ceil(count * width / 8)];
/// width is 1...64. Uses AVX2 where the CPU has it.
void martlet_unpack(const uint8_t *bytes, size_t count, unsigned width, int64_t base,
                    uint64_t multiplier, int64_t *out);

/// The same without AVX2, for tests of the two against each other.
void martlet_unpack_portable(const uint8_t *bytes, size_t count, unsigned width, int64_t base,
                             uint64_t multiplier, int64_t *out);

/// values[i] = first + values[0] + ... + values[i].
void martlet_prefix_sum(int64_t *values, size_t count, int64_t first);

/// Replaces each code by dictionary[code]. Returns 0, with `codes` unchanged, where one is not
/// below dictionary_count.
int martlet_look_up(int64_t *codes, size_t count, const int64_t *dictionary,
                    size_t dictionary_count);

/// Writes each value as often as its length says. Returns 0, with `out` unchanged, where the
/// lengths are not all positive or do not add up to `count`.
int martlet_expand_runs(const int64_t *values, const int64_t *lengths, size_t run_count,
                        int64_t *out, size_t count);

/// Finds the distinct values in order of first sight, and each value's place among them.
/// `slots` has 2^bits entries (1 <= bits < 32), all -1 and more than `most`; `distinct` has room
/// for `most`. Returns their number, or most + 1 where there are more.
size_t martlet_distinct(const int64_t *values, size_t count, size_t most, unsigned bits,
                        int32_t *slots, int64_t *distinct, int32_t *positions);
