// What an untrusted payload must satisfy, and what a sequence of numbers happens to.
#include "bitmap_block.h"

bool mk_array_is_ascending(const void *array, uint32_t count, uint32_t *place) {
  const mk_u16 *values = array;
  uint32_t wrong = 0;
  for (uint32_t i = 1; i < count; i++) wrong |= values[i] <= values[i - 1];
  if (!wrong) return true;
  for (uint32_t i = 1; i < count; i++) {
    if (values[i] <= values[i - 1]) {
      *place = i;
      break;
    }
  }
  return false;
}

bool mk_runs_are_valid(const void *data, uint32_t count, uint32_t *cardinality, uint32_t *place) {
  const mk_u16 *runs = data;
  uint32_t total = 0, next = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t first = runs[2 * i], last = first + runs[2 * i + 1];
    if (last >= MK_BLOCK_MEMBERS || (i != 0 && first <= next)) {
      *place = i;
      return false;
    }
    total += last - first + 1;
    next = last + 1;
  }
  *cardinality = total;
  return true;
}

size_t mk_sorted_prefix(const uint32_t *values, size_t count) {
  enum { STEP = 256 };
  size_t i = 1;
  if (count < 2) return count;
  while (i + STEP <= count) {
    uint32_t wrong = 0;
    for (size_t k = 0; k < STEP; k++) wrong |= values[i + k] <= values[i + k - 1];
    if (wrong) break;
    i += STEP;
  }
  while (i < count && values[i] > values[i - 1]) i++;
  return i;
}

size_t mk_same_high_prefix(const uint32_t *values, size_t count) {
  if (count == 0) return 0;
  const uint32_t high = values[0] >> 16;
  // The values ascend: doubling steps, then halving.
  size_t step = 1;
  while (step < count && values[step] >> 16 == high) step *= 2;
  size_t low = step / 2, above = step < count ? step : count;
  while (low + 1 < above) {
    const size_t middle = low + (above - low) / 2;
    if (values[middle] >> 16 == high) {
      low = middle;
    } else {
      above = middle;
    }
  }
  return above;
}
