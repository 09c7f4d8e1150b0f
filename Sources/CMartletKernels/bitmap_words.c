// 1024 words in memory, and a block brought into them.
#include "bitmap_block.h"

static inline uint64_t mask_from(uint32_t first) { return ~0ull << (first & 63); }
static inline uint64_t mask_to(uint32_t last) { return ~0ull >> (63 - (last & 63)); }

void mk_words_set_range(uint64_t *words, uint32_t first, uint32_t last) {
  const uint32_t from = first >> 6, to = last >> 6;
  if (from == to) {
    words[from] |= mask_from(first) & mask_to(last);
    return;
  }
  words[from] |= mask_from(first);
  memset(words + from + 1, 0xff, (to - from - 1) * sizeof(uint64_t));
  words[to] |= mask_to(last);
}

void mk_words_clear_range(uint64_t *words, uint32_t first, uint32_t last) {
  const uint32_t from = first >> 6, to = last >> 6;
  if (from == to) {
    words[from] &= ~(mask_from(first) & mask_to(last));
    return;
  }
  words[from] &= ~mask_from(first);
  memset(words + from + 1, 0, (to - from - 1) * sizeof(uint64_t));
  words[to] &= ~mask_to(last);
}

void mk_words_flip_range(uint64_t *words, uint32_t first, uint32_t last) {
  const uint32_t from = first >> 6, to = last >> 6;
  if (from == to) {
    words[from] ^= mask_from(first) & mask_to(last);
    return;
  }
  words[from] ^= mask_from(first);
  for (uint32_t i = from + 1; i < to; i++) words[i] = ~words[i];
  words[to] ^= mask_to(last);
}

uint32_t mk_words_count_range(const void *data, uint32_t first, uint32_t last) {
  const mk_u64 *words = data;
  const uint32_t from = first >> 6, to = last >> 6;
  if (from == to) {
    return (uint32_t)__builtin_popcountll(words[from] & mask_from(first) & mask_to(last));
  }
  uint32_t count = (uint32_t)__builtin_popcountll(words[from] & mask_from(first));
  count += (uint32_t)__builtin_popcountll(words[to] & mask_to(last));
  return count + mk_loops_active()->words_count(words + from + 1, to - from - 1);
}

uint32_t mk_words_count(const void *words) {
  return mk_loops_active()->words_count(words, MK_BITSET_WORDS);
}

void mk_words_load(uint64_t *words, mk_block block) {
  if (block.kind == MK_BITSET) {
    memcpy(words, block.data, MK_BITSET_BYTES);
  } else {
    memset(words, 0, MK_BITSET_BYTES);
    mk_words_or(words, block);
  }
}

void mk_words_or(uint64_t *words, mk_block block) {
  if (block.kind == MK_BITSET) {
    const mk_u64 *other = mk_words(block);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) words[i] |= other[i];
  } else if (block.kind == MK_ARRAY) {
    const mk_u16 *lows = mk_lows(block);
    for (uint32_t i = 0; i < block.cardinality; i++) {
      words[lows[i] >> 6] |= 1ull << (lows[i] & 63);
    }
  } else {
    for (uint32_t i = 0; i < block.runs; i++) {
      mk_words_set_range(words, mk_run_first(block, i), mk_run_last(block, i));
    }
  }
}

void mk_words_xor(uint64_t *words, mk_block block) {
  if (block.kind == MK_BITSET) {
    const mk_u64 *other = mk_words(block);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) words[i] ^= other[i];
  } else if (block.kind == MK_ARRAY) {
    const mk_u16 *lows = mk_lows(block);
    for (uint32_t i = 0; i < block.cardinality; i++) {
      words[lows[i] >> 6] ^= 1ull << (lows[i] & 63);
    }
  } else {
    for (uint32_t i = 0; i < block.runs; i++) {
      mk_words_flip_range(words, mk_run_first(block, i), mk_run_last(block, i));
    }
  }
}

void mk_words_andnot(uint64_t *words, mk_block block) {
  if (block.kind == MK_BITSET) {
    const mk_u64 *other = mk_words(block);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) words[i] &= ~other[i];
  } else if (block.kind == MK_ARRAY) {
    const mk_u16 *lows = mk_lows(block);
    for (uint32_t i = 0; i < block.cardinality; i++) {
      words[lows[i] >> 6] &= ~(1ull << (lows[i] & 63));
    }
  } else {
    for (uint32_t i = 0; i < block.runs; i++) {
      mk_words_clear_range(words, mk_run_first(block, i), mk_run_last(block, i));
    }
  }
}

void mk_words_and(uint64_t *words, mk_block block) {
  if (block.kind == MK_BITSET) {
    const mk_u64 *other = mk_words(block);
    for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) words[i] &= other[i];
    return;
  }
  if (block.kind == MK_RUN) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < block.runs; i++) {
      const uint32_t first = mk_run_first(block, i);
      if (first > next) mk_words_clear_range(words, next, first - 1);
      next = mk_run_last(block, i) + 1;
    }
    if (next < MK_BLOCK_MEMBERS) mk_words_clear_range(words, next, MK_BLOCK_MEMBERS - 1);
    return;
  }
  uint64_t other[MK_BITSET_WORDS];
  mk_words_load(other, block);
  for (uint32_t i = 0; i < MK_BITSET_WORDS; i++) words[i] &= other[i];
}
