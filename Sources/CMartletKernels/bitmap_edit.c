// One member more or less, and many numbers split by block.
#include "bitmap_block.h"

static inline uint32_t place_of(const uint16_t *array, uint32_t count, uint16_t value) {
  uint32_t low = 0;
  while (count > 0) {
    const uint32_t half = count / 2;
    if (array[low + half] < value) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

bool mk_array_insert(uint16_t *array, uint32_t count, uint16_t value) {
  if (count == 0 || array[count - 1] < value) {
    array[count] = value;
    return true;
  }
  const uint32_t at = place_of(array, count, value);
  if (array[at] == value) return false;
  memmove(array + at + 1, array + at, (count - at) * sizeof(uint16_t));
  array[at] = value;
  return true;
}

bool mk_array_remove(uint16_t *array, uint32_t count, uint16_t value) {
  const uint32_t at = place_of(array, count, value);
  if (at == count || array[at] != value) return false;
  memmove(array + at, array + at + 1, (count - at - 1) * sizeof(uint16_t));
  return true;
}

bool mk_words_remove(uint64_t *words, uint16_t value) {
  const uint64_t bit = 1ull << (value & 63), word = words[value >> 6];
  words[value >> 6] = word & ~bit;
  return (word & bit) != 0;
}

void mk_count_highs(uint32_t *counts, const uint32_t *values, size_t count) {
  for (size_t i = 0; i < count; i++) counts[values[i] >> 16]++;
}

void mk_scatter_lows(uint16_t *lows, uint32_t *places, const uint32_t *values, size_t count) {
  for (size_t i = 0; i < count; i++) lows[places[values[i] >> 16]++] = (uint16_t)values[i];
}
