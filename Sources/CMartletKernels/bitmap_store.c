// Choosing the form in which members are stored.
#include "bitmap_block.h"

mk_result mk_copy_block(void *out, mk_block b) {
  const uint32_t bytes = mk_block_bytes(b);
  memcpy(out, b.data, bytes);
  return (mk_result){b.cardinality, b.runs, b.kind, bytes};
}

static mk_result full(void *out) {
  ((mk_u16 *)out)[0] = 0;
  ((mk_u16 *)out)[1] = 0xffff;
  return (mk_result){MK_BLOCK_MEMBERS, 1, MK_RUN, 4};
}

mk_result mk_settle_bitset(void *out, uint32_t cardinality) {
  if (cardinality > MK_ARRAY_MAX) {
    if (cardinality == MK_BLOCK_MEMBERS) return full(out);
    return (mk_result){cardinality, 0, MK_BITSET, MK_BITSET_BYTES};
  }
  uint64_t words[MK_BITSET_WORDS];
  memcpy(words, out, MK_BITSET_BYTES);
  mk_loops_active()->bitset_extract16(out, cardinality, (const mk_u64 *)words);
  return (mk_result){cardinality, 0, MK_ARRAY, 2 * cardinality};
}

mk_result mk_words_store(void *out, const void *words) {
  const uint32_t cardinality = mk_words_count(words);
  if (cardinality > MK_ARRAY_MAX) {
    if (cardinality == MK_BLOCK_MEMBERS) return full(out);
    memcpy(out, words, MK_BITSET_BYTES);
    return (mk_result){cardinality, 0, MK_BITSET, MK_BITSET_BYTES};
  }
  mk_loops_active()->bitset_extract16(out, cardinality, words);
  return (mk_result){cardinality, 0, MK_ARRAY, 2 * cardinality};
}

static uint32_t runs_cardinality(mk_block b) {
  uint32_t total = 0;
  for (uint32_t i = 0; i < b.runs; i++) total += mk_run_last(b, i) - mk_run_first(b, i) + 1;
  return total < MK_BLOCK_MEMBERS ? total : MK_BLOCK_MEMBERS;
}

// The portable form counts two bytes more for runs: their number.
static inline uint32_t runs_size(uint32_t runs) { return 2 + 4 * runs; }
static inline uint32_t plain_size(uint32_t cardinality) {
  return cardinality <= MK_ARRAY_MAX ? 2 * cardinality : MK_BITSET_BYTES;
}

static uint32_t expand_runs(mk_u16 *out, mk_block b, uint32_t capacity) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < b.runs; i++) {
    const uint32_t last = mk_run_last(b, i);
    for (uint32_t value = mk_run_first(b, i); value <= last; value++) {
      if (n == capacity) return n;
      out[n++] = (uint16_t)value;
    }
  }
  return n;
}

mk_result mk_settle_runs(void *out, uint32_t runs) {
  if (runs == 0) return (mk_result){0, 0, MK_ARRAY, 0};
  const mk_block block = {out, 0, (uint16_t)runs, MK_RUN};
  const uint32_t cardinality = runs_cardinality(block);
  if (runs_size(runs) < plain_size(cardinality)) {
    return (mk_result){cardinality, (uint16_t)runs, MK_RUN, 4 * runs};
  }
  uint16_t copy[2 * (MK_RUNS_MAX + 1)];
  memcpy(copy, out, 4 * runs);
  const mk_block copied = {copy, cardinality, (uint16_t)runs, MK_RUN};
  if (cardinality > MK_ARRAY_MAX) {
    uint64_t words[MK_BITSET_WORDS];
    mk_words_load(words, copied);
    memcpy(out, words, MK_BITSET_BYTES);
    return (mk_result){cardinality, 0, MK_BITSET, MK_BITSET_BYTES};
  }
  const uint32_t written = expand_runs(out, copied, cardinality);
  return (mk_result){written, 0, MK_ARRAY, 2 * written};
}

mk_result mk_lows_store(void *out, const uint16_t *values, uint32_t count) {
  if (count <= MK_ARRAY_MAX) {
    memcpy(out, values, 2 * count);
    return (mk_result){count, 0, MK_ARRAY, 2 * count};
  }
  uint64_t words[MK_BITSET_WORDS] = {0};
  for (uint32_t i = 0; i < count; i++) words[values[i] >> 6] |= 1ull << (values[i] & 63);
  return mk_words_store(out, words);
}

mk_result mk_values_store(void *out, const uint32_t *values, uint32_t count) {
  if (count <= MK_ARRAY_MAX) {
    mk_u16 *lows = out;
    for (uint32_t i = 0; i < count; i++) lows[i] = (uint16_t)values[i];
    return (mk_result){count, 0, MK_ARRAY, 2 * count};
  }
  uint64_t words[MK_BITSET_WORDS] = {0};
  for (uint32_t i = 0; i < count; i++) {
    words[(values[i] & 0xffff) >> 6] |= 1ull << (values[i] & 63);
  }
  return mk_words_store(out, words);
}

// Sorts by insertion: for a few numbers faster than going over a whole bitset.
static uint32_t sort_few(mk_u16 *out, const uint16_t *values, uint32_t count) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t value = values[i];
    uint32_t at = n;
    while (at > 0 && out[at - 1] > value) at--;
    if (at > 0 && out[at - 1] == value) continue;
    memmove(out + at + 1, out + at, (n - at) * sizeof(uint16_t));
    out[at] = value;
    n++;
  }
  return n;
}

mk_result mk_unordered_store(
    void *out, uint64_t *scratch, const uint16_t *values, size_t count) {
  enum { FEW = 24 };
  if (count <= FEW) {
    const uint32_t n = sort_few(out, values, (uint32_t)count);
    return (mk_result){n, 0, MK_ARRAY, 2 * n};
  }
  for (size_t i = 0; i < count; i++) scratch[values[i] >> 6] |= 1ull << (values[i] & 63);
  const mk_result result = mk_words_store(out, scratch);
  memset(scratch, 0, MK_BITSET_BYTES);
  return result;
}

static uint32_t array_runs(const mk_u16 *lows, uint32_t count) {
  uint32_t runs = count != 0;
  for (uint32_t i = 1; i < count; i++) runs += lows[i] != (uint16_t)(lows[i - 1] + 1);
  return runs;
}

uint32_t mk_block_count_runs(mk_block b) {
  if (b.kind == MK_RUN) return b.runs;
  if (b.kind == MK_ARRAY) return array_runs(mk_lows(b), b.cardinality);
  return mk_loops_active()->bitset_runs(mk_words(b));
}

static uint32_t array_to_runs(mk_u16 *out, const mk_u16 *lows, uint32_t count) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < count;) {
    uint32_t j = i + 1;
    while (j < count && lows[j] == (uint16_t)(lows[j - 1] + 1)) j++;
    out[2 * n] = lows[i];
    out[2 * n + 1] = (uint16_t)(j - i - 1);
    n++;
    i = j;
  }
  return n;
}

// Alternates between the next set and the next clear bit; `runs` is the number known beforehand.
static void bitset_to_runs(mk_u16 *out, const mk_u64 *words, uint32_t runs) {
  uint32_t i = 0;
  uint64_t word = words[0];
  for (uint32_t n = 0; n < runs; n++) {
    while (word == 0) word = words[++i];
    const uint32_t first = i * 64 + (uint32_t)__builtin_ctzll(word);
    uint64_t filled = word | (word - 1);
    while (filled == ~0ull && i < MK_BITSET_WORDS - 1) filled = words[++i];
    const uint32_t end =
        filled == ~0ull ? MK_BLOCK_MEMBERS : i * 64 + (uint32_t)__builtin_ctzll(~filled);
    out[2 * n] = (uint16_t)first;
    out[2 * n + 1] = (uint16_t)(end - first - 1);
    word = filled & (filled + 1);
  }
}

mk_result mk_block_store_smallest(void *out, mk_block b) {
  const uint32_t runs = mk_block_count_runs(b);
  if (b.kind == MK_RUN) {
    if (runs <= MK_RUNS_MAX) {
      memcpy(out, b.data, 4 * runs);
      return mk_settle_runs(out, runs);
    }
    uint64_t words[MK_BITSET_WORDS];
    mk_words_load(words, b);
    return mk_words_store(out, words);
  }
  if (runs_size(runs) >= plain_size(b.cardinality)) return mk_copy_block(out, b);
  if (b.kind == MK_ARRAY) {
    array_to_runs(out, mk_lows(b), b.cardinality);
  } else {
    bitset_to_runs(out, mk_words(b), runs);
  }
  return (mk_result){b.cardinality, (uint16_t)runs, MK_RUN, 4 * runs};
}

mk_result mk_block_copy(void *out, mk_block b) {
  if (b.kind == MK_RUN && b.runs > MK_RUNS_MAX) return mk_block_store_smallest(out, b);
  return mk_copy_block(out, b);
}
