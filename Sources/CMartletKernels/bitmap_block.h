// What the files about whole blocks share: typed access to payloads, and a cursor that reads an
// array and a run block alike as ascending intervals.
#pragma once

#include "bitmap_loops.h"

static inline const mk_u16 *mk_lows(mk_block b) { return b.data; }
static inline const mk_u64 *mk_words(mk_block b) { return b.data; }

static inline uint32_t mk_run_first(mk_block b, uint32_t i) { return mk_lows(b)[2 * i]; }
// Clamped: an unvalidated payload may announce a run past the block's end.
static inline uint32_t mk_run_last(mk_block b, uint32_t i) {
  const uint32_t last = (uint32_t)mk_lows(b)[2 * i] + mk_lows(b)[2 * i + 1];
  return last < MK_BLOCK_MEMBERS ? last : MK_BLOCK_MEMBERS - 1;
}

static inline bool mk_is_full(mk_block b) {
  return b.kind == MK_RUN && b.runs == 1 && mk_run_first(b, 0) == 0 &&
         mk_run_last(b, 0) == MK_BLOCK_MEMBERS - 1;
}

/// How many intervals an array or run block reads as, at most.
static inline uint32_t mk_intervals(mk_block b) {
  return b.kind == MK_RUN ? b.runs : b.cardinality;
}

/// Reads an array or a run block as intervals. Where the caller has set the block's kind to a
/// constant, inlining leaves a loop for that kind alone.
typedef struct mk_cursor {
  mk_block block;
  uint32_t index, end;
  uint32_t first, last;  // the current interval, if index < end
} mk_cursor;

#define MK_INLINE static inline __attribute__((always_inline))

MK_INLINE void mk_cursor_load(mk_cursor *c) {
  if (c->index >= c->end) return;
  if (c->block.kind == MK_RUN) {
    c->first = mk_run_first(c->block, c->index);
    c->last = mk_run_last(c->block, c->index);
  } else {
    c->first = c->last = mk_lows(c->block)[c->index];
  }
}

MK_INLINE mk_cursor mk_cursor_of(mk_block b) {
  mk_cursor c = {b, 0, mk_intervals(b), 0, 0};
  mk_cursor_load(&c);
  return c;
}

MK_INLINE bool mk_cursor_valid(const mk_cursor *c) { return c->index < c->end; }

MK_INLINE void mk_cursor_next(mk_cursor *c) {
  c->index++;
  mk_cursor_load(c);
}

/// The first index from `from` on whose value is at least `wanted`: doubling steps, then halving
/// (J. Bentley, A. Yao, "An almost optimal algorithm for unbounded searching", 1976).
MK_INLINE uint32_t mk_advance(
    const mk_u16 *values, uint32_t from, uint32_t count, uint32_t wanted) {
  if (from >= count || values[from] >= wanted) return from;
  uint32_t step = 1;
  while (from + step < count && values[from + step] < wanted) step *= 2;
  uint32_t low = from + step / 2;  // below wanted
  uint32_t high = from + step < count ? from + step : count;
  while (low + 1 < high) {
    const uint32_t middle = (low + high) / 2;
    if (values[middle] < wanted) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/// Any block's members as words.
void mk_words_load(uint64_t *words, mk_block block);
/// Turns the bitset in `out`, of known cardinality, into what it should be stored as.
mk_result mk_settle_bitset(void *out, uint32_t cardinality);
/// Turns the runs in `out` into the smallest form.
mk_result mk_settle_runs(void *out, uint32_t runs);
/// Copies a block unchanged.
mk_result mk_copy_block(void *out, mk_block block);
/// Members among `first...last`.
uint32_t mk_words_count_range(const void *words, uint32_t first, uint32_t last);
