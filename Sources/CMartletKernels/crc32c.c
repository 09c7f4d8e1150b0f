#include "CMartletKernels/crc32c.h"

#include <string.h>

// Reflected Castagnoli polynomial.
#define POLYNOMIAL 0x82F63B78u

// Slicing by eight: M. Kounavis, F. Berry, "A Systematic Approach to Building High Performance
// Software-Based CRC Generators", ISCC 2005.
static uint32_t tables[8][256];

__attribute__((constructor)) static void fill_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    tables[0][byte] = crc;
  }
  for (uint32_t byte = 0; byte < 256; byte++)
    for (int slice = 1; slice < 8; slice++)
      tables[slice][byte] =
          (tables[slice - 1][byte] >> 8) ^ tables[0][tables[slice - 1][byte] & 0xFF];
}

uint32_t martlet_crc32c_portable(const uint8_t *bytes, size_t count) {
  uint32_t crc = ~0u;
  while (count >= 8) {
    uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
                          (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
    crc = tables[7][low & 0xFF] ^ tables[6][low >> 8 & 0xFF] ^ tables[5][low >> 16 & 0xFF] ^
          tables[4][low >> 24] ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^
          tables[1][bytes[6]] ^ tables[0][bytes[7]];
    bytes += 8;
    count -= 8;
  }
  while (count--) crc = (crc >> 8) ^ tables[0][(crc ^ *bytes++) & 0xFF];
  return ~crc;
}

#if defined(__x86_64__)
#include <immintrin.h>

// Bytes of each of the three lanes that hide the crc32 instruction's latency of three cycles.
#define LANE_BYTES 1024

// Multiplies crc by x^(8 * LANE_BYTES) modulo the polynomial: "append LANE_BYTES zero bytes".
// One table a byte of the crc, filled once; linear, so the four parts are XORed.
static uint32_t shift_table[4][256];

static uint32_t append_zeros(uint32_t crc, size_t count) {
  while (count--) crc = (crc >> 8) ^ tables[0][crc & 0xFF];
  return crc;
}

__attribute__((constructor(1000))) static void fill_shift_table(void) {
  fill_tables();
  for (int part = 0; part < 4; part++) {
    for (uint32_t bit = 1; bit < 256; bit <<= 1)
      shift_table[part][bit] = append_zeros(bit << (8 * part), LANE_BYTES);
    for (uint32_t byte = 1; byte < 256; byte++)
      shift_table[part][byte] =
          shift_table[part][byte & (byte - 1)] ^ shift_table[part][byte & -byte];
  }
}

static inline uint32_t append_lane(uint32_t crc) {
  return shift_table[0][crc & 0xFF] ^ shift_table[1][crc >> 8 & 0xFF] ^
         shift_table[2][crc >> 16 & 0xFF] ^ shift_table[3][crc >> 24];
}

static inline uint64_t load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(const uint8_t *bytes,
                                                               size_t count) {
  uint64_t crc = ~0u;
  while (count >= 3 * LANE_BYTES) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < LANE_BYTES; at += 8) {
      crc = _mm_crc32_u64(crc, load64(bytes + at));
      second = _mm_crc32_u64(second, load64(bytes + LANE_BYTES + at));
      third = _mm_crc32_u64(third, load64(bytes + 2 * LANE_BYTES + at));
    }
    crc = append_lane(append_lane((uint32_t)crc) ^ (uint32_t)second) ^ (uint32_t)third;
    bytes += 3 * LANE_BYTES;
    count -= 3 * LANE_BYTES;
  }
  while (count >= 8) {
    crc = _mm_crc32_u64(crc, load64(bytes));
    bytes += 8;
    count -= 8;
  }
  while (count--) crc = _mm_crc32_u8((uint32_t)crc, *bytes++);
  return ~(uint32_t)crc;
}
#endif

uint32_t martlet_crc32c(const uint8_t *bytes, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2")) return crc32c_sse42(bytes, count);
#endif
  return martlet_crc32c_portable(bytes, count);
}
