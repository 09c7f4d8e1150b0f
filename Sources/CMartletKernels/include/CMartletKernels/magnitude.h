#pragma once
#include <stddef.h>
#include <stdint.h>

// Signed numbers as a class byte each (the bit length of the magnitude, 0...64, plus 128 where
// the number is negative) and, in one bit stream, the magnitudes' bits below the highest.
// Elias's gamma code (P. Elias, "Universal Codeword Sets", 1975) with the lengths apart, so that
// they can be entropy-coded.

/// Writes the class of (values[i] - base) / divisor, which must be exact, for each value.
/// Returns the bits that the bit stream takes.
size_t martlet_magnitude_classes(const int64_t *values, size_t count, int64_t base,
                                 uint64_t divisor, uint8_t *classes);

/// Writes the bit stream of the same numbers: ceil(bits / 8) bytes, the last padded with zeros.
void martlet_magnitude_pack(const int64_t *values, size_t count, int64_t base, uint64_t divisor,
                            uint8_t *out);

/// The bits that a bit stream of these classes takes; SIZE_MAX where one is no class.
size_t martlet_magnitude_bits(const uint8_t *classes, size_t count);

/// out[i] = base + multiplier * number i. The bit stream has ceil(bits / 8) bytes, of which no
/// other is read.
void martlet_magnitude_unpack(const uint8_t *classes, size_t count, const uint8_t *bytes,
                              size_t byte_count, int64_t base, uint64_t multiplier,
                              int64_t *out);
