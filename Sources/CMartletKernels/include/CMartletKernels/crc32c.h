#pragma once
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli polynomial, reflected, initial value and final XOR all ones) of the bytes.
/// Uses SSE4.2's crc32 instruction where the CPU has it.
uint32_t martlet_crc32c(const uint8_t *bytes, size_t count);

/// The same by table, for tests of the two against each other.
uint32_t martlet_crc32c_portable(const uint8_t *bytes, size_t count);
