// Questions to one block, and to two without writing a result.
#include "bitmap_block.h"

static inline uint32_t holds(const mk_u64 *words, uint32_t value) {
  return (uint32_t)(words[value >> 6] >> (value & 63)) & 1;
}

// The number of values below `wanted` (or up to it): a binary search without branches.
static inline uint32_t count_below(const mk_u16 *values, uint32_t count, uint32_t wanted) {
  const mk_u16 *base = values;
  uint32_t n = count;
  while (n > 1) {
    const uint32_t half = n / 2;
    base += base[half - 1] < wanted ? half : 0;
    n -= half;
  }
  return (uint32_t)(base - values) + (n == 1 && *base < wanted);
}

// The number of runs that start at or before `value`.
static inline uint32_t runs_from(mk_block b, uint32_t value) {
  uint32_t low = 0, n = b.runs;
  while (n > 0) {
    const uint32_t half = n / 2;
    if (mk_run_first(b, low + half) <= value) {
      low += half + 1;
      n -= half + 1;
    } else {
      n = half;
    }
  }
  return low;
}

bool mk_block_contains(mk_block b, uint16_t value) {
  if (b.kind == MK_BITSET) return holds(mk_words(b), value);
  if (b.kind == MK_ARRAY) {
    const uint32_t at = count_below(mk_lows(b), b.cardinality, value);
    return at < b.cardinality && mk_lows(b)[at] == value;
  }
  const uint32_t run = runs_from(b, value);
  return run != 0 && value <= mk_run_last(b, run - 1);
}

uint32_t mk_block_rank(mk_block b, uint16_t value) {
  if (b.kind == MK_BITSET) return mk_words_count_range(b.data, 0, value);
  if (b.kind == MK_ARRAY) return count_below(mk_lows(b), b.cardinality, (uint32_t)value + 1);
  uint32_t rank = 0;
  for (uint32_t i = 0; i < b.runs; i++) {
    const uint32_t first = mk_run_first(b, i), last = mk_run_last(b, i);
    if (first > value) break;
    rank += (last < value ? last : value) - first + 1;
  }
  return rank;
}

uint16_t mk_block_select(mk_block b, uint32_t index) {
  if (b.kind == MK_ARRAY) return index < b.cardinality ? mk_lows(b)[index] : 0;
  if (b.kind == MK_RUN) {
    for (uint32_t i = 0; i < b.runs; i++) {
      const uint32_t first = mk_run_first(b, i), last = mk_run_last(b, i);
      if (index <= last - first) return (uint16_t)(first + index);
      index -= last - first + 1;
    }
    return 0;
  }
  const mk_u64 *words = mk_words(b);
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    const uint32_t members = (uint32_t)__builtin_popcountll(words[i]);
    if (index >= members) {
      index -= members;
      continue;
    }
    uint64_t word = words[i];
    for (; index != 0; index--) word &= word - 1;
    return (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(word));
  }
  return 0;
}

uint16_t mk_block_min(mk_block b) {
  if (b.kind != MK_BITSET) return mk_lows(b)[0];
  const mk_u64 *words = mk_words(b);
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    if (words[i] != 0) return (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(words[i]));
  }
  return 0;
}

uint16_t mk_block_max(mk_block b) {
  if (b.kind == MK_ARRAY) return mk_lows(b)[b.cardinality - 1];
  if (b.kind == MK_RUN) return (uint16_t)mk_run_last(b, b.runs - 1);
  const mk_u64 *words = mk_words(b);
  for (uint32_t i = MK_BITSET_WORDS; i-- > 0;) {
    if (words[i] != 0) return (uint16_t)(i * 64 + 63 - (uint32_t)__builtin_clzll(words[i]));
  }
  return 0;
}

// Members.

// Passes words whose members are skipped, `step` of them at a time.
static inline uint32_t pass_words(
    const mk_u64 *words, uint32_t i, uint32_t step, uint32_t *skip) {
  while (i + step <= MK_BITSET_WORDS) {
    const uint32_t members = mk_loops_active()->words_count(words + i, step);
    if (members > *skip) break;
    *skip -= members;
    i += step;
  }
  return i;
}

static uint32_t bitset_values_from(
    uint32_t *out, uint32_t capacity, const mk_u64 *words, uint32_t base, uint32_t skip) {
  uint32_t i = 0, n = 0;
  if (skip != 0) {
    i = pass_words(words, 0, 64, &skip);
    i = pass_words(words, i, 8, &skip);
    i = pass_words(words, i, 1, &skip);
    if (i == MK_BITSET_WORDS) return 0;
    uint64_t word = words[i];
    for (; skip != 0; skip--) word &= word - 1;
    for (; word != 0 && n < capacity; word &= word - 1) {
      out[n++] = base + i * 64 + (uint32_t)__builtin_ctzll(word);
    }
    i++;
  }
  return n + mk_loops_active()->bitset_extract32(out + n, capacity - n, words, base, i);
}

static uint32_t run_values_from(
    uint32_t *out, uint32_t capacity, mk_block b, uint32_t base, uint32_t skip) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < b.runs && n < capacity; i++) {
    uint32_t first = mk_run_first(b, i);
    const uint32_t length = mk_run_last(b, i) - first + 1;
    if (skip >= length) {
      skip -= length;
      continue;
    }
    uint32_t wanted = length - skip;
    first += base + skip;
    skip = 0;
    if (wanted > capacity - n) wanted = capacity - n;
    for (uint32_t k = 0; k < wanted; k++) out[n + k] = first + k;
    n += wanted;
  }
  return n;
}

uint32_t mk_block_many_values32(
    uint32_t *out, uint32_t capacity, mk_block b, uint32_t base, uint32_t skip) {
  if (b.kind == MK_RUN) return run_values_from(out, capacity, b, base, skip);
  if (b.kind == MK_BITSET) return bitset_values_from(out, capacity, mk_words(b), base, skip);
  if (skip >= b.cardinality) return 0;
  uint32_t count = b.cardinality - skip;
  if (count > capacity) count = capacity;
  mk_loops_active()->widen(out, mk_lows(b) + skip, count, base);
  return count;
}

uint32_t mk_block_values16(uint16_t *out, uint32_t capacity, mk_block b) {
  uint32_t n = 0;
  if (b.kind == MK_ARRAY) {
    n = b.cardinality < capacity ? b.cardinality : capacity;
    memcpy(out, b.data, n * sizeof(uint16_t));
  } else if (b.kind == MK_RUN) {
    for (uint32_t i = 0; i < b.runs; i++) {
      const uint32_t last = mk_run_last(b, i);
      for (uint32_t value = mk_run_first(b, i); value <= last && n < capacity; value++) {
        out[n++] = (uint16_t)value;
      }
    }
  } else {
    const mk_u64 *words = mk_words(b);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
      for (uint64_t word = words[i]; word != 0 && n < capacity; word &= word - 1) {
        out[n++] = (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(word));
      }
    }
  }
  return n;
}

// Two blocks.

static uint32_t array_bitset_count(mk_block a, const mk_u64 *words) {
  const mk_u16 *lows = mk_lows(a);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a.cardinality; i++) n += holds(words, lows[i]);
  return n;
}

static uint32_t run_bitset_count(mk_block runs, const mk_u64 *words) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < runs.runs; i++) {
    n += mk_words_count_range(words, mk_run_first(runs, i), mk_run_last(runs, i));
  }
  return n;
}

static uint32_t array_runs_count(mk_block a, mk_block runs) {
  const mk_u16 *lows = mk_lows(a);
  const uint32_t count = a.cardinality;
  uint32_t n = 0, i = 0;
  for (uint32_t r = 0; r < runs.runs && i < count; r++) {
    const uint32_t last = mk_run_last(runs, r);
    if (last < lows[i]) continue;
    i = mk_advance(lows, i, count, mk_run_first(runs, r));
    const uint32_t end = mk_advance(lows, i, count, last + 1);
    n += end - i;
    i = end;
  }
  return n;
}

// What two runs share is counted without a branch; which of them ends first is one.
static uint32_t runs_and_count(mk_block a, mk_block b) {
  const mk_u16 *x = mk_lows(a), *y = mk_lows(b);
  const mk_u16 *const x_end = x + 2 * a.runs, *const y_end = y + 2 * b.runs;
  if (x == x_end || y == y_end) return 0;
  uint32_t n = 0, first_x = x[0], last_x = first_x + x[1], first_y = y[0], last_y = first_y + y[1];
  for (;;) {
    const uint32_t first = first_x > first_y ? first_x : first_y;
    const uint32_t end = (last_x < last_y ? last_x : last_y) + 1;
    n += end > first ? end - first : 0;
    if (last_x <= last_y) {
      x += 2;
      if (x == x_end) return n;
      first_x = x[0];
      last_x = first_x + x[1];
    } else {
      y += 2;
      if (y == y_end) return n;
      first_y = y[0];
      last_y = first_y + y[1];
    }
  }
}

uint32_t mk_block_and_count(mk_block a, mk_block b) {
  if (a.kind == MK_ARRAY && b.kind == MK_ARRAY) {
    if ((a.cardinality | b.cardinality) == 1) return mk_lows(a)[0] == mk_lows(b)[0];
    return mk_loops_active()->array_and_count(
        mk_lows(a), a.cardinality, mk_lows(b), b.cardinality);
  }
  if (mk_is_full(a)) return b.cardinality;
  if (mk_is_full(b)) return a.cardinality;
  if (a.kind != MK_BITSET && b.kind == MK_BITSET) {
    const mk_block swapped = a;
    a = b;
    b = swapped;
  }
  if (a.kind == MK_BITSET) {
    if (b.kind == MK_BITSET) {
      return mk_loops_active()->bitset_and_count(mk_words(a), mk_words(b));
    }
    if (b.kind == MK_ARRAY) return array_bitset_count(b, mk_words(a));
    return run_bitset_count(b, mk_words(a));
  }
  if (a.kind == MK_ARRAY) return array_runs_count(a, b);
  if (b.kind == MK_ARRAY) return array_runs_count(b, a);
  return runs_and_count(a, b);
}

static bool any_in_range(const mk_u64 *words, uint32_t first, uint32_t last) {
  const uint32_t from = first >> 6, to = last >> 6;
  const uint64_t head = ~0ull << (first & 63), tail = ~0ull >> (63 - (last & 63));
  if (from == to) return (words[from] & head & tail) != 0;
  if ((words[from] & head) != 0 || (words[to] & tail) != 0) return true;
  for (uint32_t i = from + 1; i < to; i++) {
    if (words[i] != 0) return true;
  }
  return false;
}

static bool runs_meet(mk_block a, mk_block b) {
  a.kind = b.kind = MK_RUN;
  mk_cursor x = mk_cursor_of(a), y = mk_cursor_of(b);
  while (mk_cursor_valid(&x) && mk_cursor_valid(&y)) {
    if (x.first <= y.last && y.first <= x.last) return true;
    if (x.last < y.last) {
      mk_cursor_next(&x);
    } else {
      mk_cursor_next(&y);
    }
  }
  return false;
}

static bool array_meets_runs(mk_block a, mk_block runs) {
  const mk_u16 *lows = mk_lows(a);
  uint32_t i = 0;
  for (uint32_t r = 0; r < runs.runs && i < a.cardinality; r++) {
    const uint32_t last = mk_run_last(runs, r);
    if (last < lows[i]) continue;
    i = mk_advance(lows, i, a.cardinality, mk_run_first(runs, r));
    if (i < a.cardinality && lows[i] <= last) return true;
  }
  return false;
}

static bool bitset_meets(const mk_u64 *words, mk_block b) {
  if (b.kind == MK_BITSET) {
    const mk_u64 *other = mk_words(b);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
      if ((words[i] & other[i]) != 0) return true;
    }
    return false;
  }
  if (b.kind == MK_ARRAY) {
    for (uint32_t i = 0; i < b.cardinality; i++) {
      if (holds(words, mk_lows(b)[i])) return true;
    }
    return false;
  }
  for (uint32_t i = 0; i < b.runs; i++) {
    if (any_in_range(words, mk_run_first(b, i), mk_run_last(b, i))) return true;
  }
  return false;
}

bool mk_block_intersects(mk_block a, mk_block b) {
  if (a.kind == MK_BITSET) return bitset_meets(mk_words(a), b);
  if (b.kind == MK_BITSET) return bitset_meets(mk_words(b), a);
  if (a.kind == MK_RUN) return b.kind == MK_ARRAY ? array_meets_runs(b, a) : runs_meet(a, b);
  if (b.kind == MK_RUN) return array_meets_runs(a, b);
  if ((a.cardinality | b.cardinality) == 1) return mk_lows(a)[0] == mk_lows(b)[0];
  return mk_loops_active()->array_meets(mk_lows(a), a.cardinality, mk_lows(b), b.cardinality);
}

bool mk_block_equal(mk_block a, mk_block b) {
  if (a.cardinality != b.cardinality) return false;
  // The same form in its one canonical spelling: the same bytes.
  if (a.kind == b.kind && a.runs == b.runs) return memcmp(a.data, b.data, mk_block_bytes(a)) == 0;
  if (a.kind == b.kind) return false;
  return mk_block_and_count(a, b) == a.cardinality;
}

uint64_t mk_block_hash(mk_block b) {
  uint64_t words[MK_BITSET_WORDS];
  mk_words_load(words, b);
  // FNV-1a over words in four lanes (G. Fowler, L. Noll, K. Vo), folded at the end.
  uint64_t lanes[4] = {0xcbf29ce484222325ull, 1, 2, 3};
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) {
    lanes[i & 3] = (lanes[i & 3] ^ words[i]) * 0x9e3779b97f4a7c15ull;
    lanes[i & 3] ^= lanes[i & 3] >> 32;
  }
  uint64_t hash = 0;
  for (uint32_t k = 0; k < 4; k++) hash = (hash ^ lanes[k]) * 0x9e3779b97f4a7c15ull;
  return hash ^ (hash >> 29);
}
