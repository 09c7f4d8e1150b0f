// Set algebra of two blocks: three forms against three.
#include "bitmap_block.h"

#define PAIR(a, b) ((a).kind * 3 + (b).kind)
enum {
  ARRAY_ARRAY = MK_ARRAY * 3 + MK_ARRAY,
  ARRAY_BITSET = MK_ARRAY * 3 + MK_BITSET,
  ARRAY_RUN = MK_ARRAY * 3 + MK_RUN,
  BITSET_ARRAY = MK_BITSET * 3 + MK_ARRAY,
  BITSET_BITSET = MK_BITSET * 3 + MK_BITSET,
  BITSET_RUN = MK_BITSET * 3 + MK_RUN,
  RUN_ARRAY = MK_RUN * 3 + MK_ARRAY,
  RUN_BITSET = MK_RUN * 3 + MK_BITSET,
  RUN_RUN = MK_RUN * 3 + MK_RUN,
};

static inline uint32_t smaller(uint32_t a, uint32_t b) { return a < b ? a : b; }

static inline mk_result array_result(uint32_t count) {
  return (mk_result){count, 0, MK_ARRAY, 2 * count};
}

// Members of an array that a bitset holds (`wanted` 1) or lacks (`wanted` 0).
static uint32_t array_filter_bitset(mk_u16 *out, mk_block a, const mk_u64 *words, uint64_t wanted) {
  const mk_u16 *lows = mk_lows(a);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a.cardinality; i++) {
    const uint32_t value = lows[i];
    out[n] = (uint16_t)value;
    n += ((words[value >> 6] >> (value & 63)) & 1) == wanted;
  }
  return n;
}

// Members of an array that lie in runs: both sides leap over what cannot match.
static uint32_t array_and_runs(mk_u16 *out, mk_block a, mk_block runs) {
  const mk_u16 *lows = mk_lows(a);
  const uint32_t count = a.cardinality;
  uint32_t n = 0, i = 0;
  for (uint32_t r = 0; r < runs.runs && i < count; r++) {
    const uint32_t last = mk_run_last(runs, r);
    if (last < lows[i]) continue;
    i = mk_advance(lows, i, count, mk_run_first(runs, r));
    const uint32_t end = mk_advance(lows, i, count, last + 1);
    for (uint32_t k = i; k < end; k++) out[n++] = lows[k];
    i = end;
  }
  return n;
}

static uint32_t array_andnot_runs(mk_u16 *out, mk_block a, mk_block runs) {
  const mk_u16 *lows = mk_lows(a);
  const uint32_t count = a.cardinality;
  uint32_t n = 0, i = 0;
  for (uint32_t r = 0; r < runs.runs && i < count; r++) {
    const uint32_t last = mk_run_last(runs, r);
    if (last < lows[i]) continue;
    const uint32_t end = mk_advance(lows, i, count, mk_run_first(runs, r));
    for (uint32_t k = i; k < end; k++) out[n++] = lows[k];
    i = mk_advance(lows, end, count, last + 1);
  }
  memmove(out + n, lows + i, (count - i) * sizeof(uint16_t));
  return n + count - i;
}

// Interval algebra. Writers append to runs; the callers see to it that at most
// MK_RUNS_MAX + 1 of them can arise.

typedef struct run_writer {
  mk_u16 *out;
  uint32_t count;
  uint32_t next;  // one past the last member written; 0 before the first
} run_writer;

// Intervals come with ascending starts; one that touches the last extends it.
MK_INLINE void write_interval(run_writer *w, uint32_t first, uint32_t last) {
  if (w->count != 0 && first <= w->next) {
    if (last + 1 > w->next) {
      w->out[2 * w->count - 1] = (uint16_t)(last - w->out[2 * w->count - 2]);
      w->next = last + 1;
    }
    return;
  }
  w->out[2 * w->count] = (uint16_t)first;
  w->out[2 * w->count + 1] = (uint16_t)(last - first);
  w->count++;
  w->next = last + 1;
}

static uint32_t runs_and(mk_u16 *out, mk_block a, mk_block b) {
  run_writer w = {out, 0, 0};
  a.kind = b.kind = MK_RUN;
  mk_cursor x = mk_cursor_of(a), y = mk_cursor_of(b);
  while (mk_cursor_valid(&x) && mk_cursor_valid(&y)) {
    const uint32_t first = x.first > y.first ? x.first : y.first;
    const uint32_t last = smaller(x.last, y.last);
    if (first <= last) write_interval(&w, first, last);
    if (x.last <= y.last) {
      if (y.last == x.last) mk_cursor_next(&y);
      mk_cursor_next(&x);
    } else {
      mk_cursor_next(&y);
    }
  }
  return w.count;
}

MK_INLINE uint32_t intervals_or(mk_u16 *out, mk_block a, mk_block b) {
  run_writer w = {out, 0, 0};
  mk_cursor x = mk_cursor_of(a), y = mk_cursor_of(b);
  while (mk_cursor_valid(&x) || mk_cursor_valid(&y)) {
    const bool take_x =
        mk_cursor_valid(&x) && (!mk_cursor_valid(&y) || x.first <= y.first);
    mk_cursor *c = take_x ? &x : &y;
    write_interval(&w, c->first, c->last);
    mk_cursor_next(c);
  }
  return w.count;
}

// Subtraction walks through the runs of `a` and cuts out what `b` has. A piece is written before it
// is known not to be empty: that spares a branch, and the next one overwrites it. Each piece ends
// where an interval of `b` or a run of `a` does, so there are no more than both have together.

MK_INLINE uint32_t write_piece(mk_u16 *out, uint32_t n, uint32_t first, uint32_t end) {
  out[2 * n] = (uint16_t)first;
  out[2 * n + 1] = (uint16_t)(end - first - 1);
  return n + (end > first);
}

static uint32_t runs_andnot_array(mk_u16 *out, mk_block a, mk_block b) {
  const mk_u16 *lows = mk_lows(b);
  const uint32_t count = b.cardinality;
  uint32_t n = 0, i = 0;
  for (uint32_t r = 0; r < a.runs; r++) {
    uint32_t first = mk_run_first(a, r);
    const uint32_t end = mk_run_last(a, r) + 1;
    i = mk_advance(lows, i, count, first);
    for (; i < count && lows[i] < end; i++) {
      n = write_piece(out, n, first, lows[i]);
      first = (uint32_t)lows[i] + 1;
    }
    n = write_piece(out, n, first, end);
  }
  return n;
}

static uint32_t runs_andnot_runs(mk_u16 *out, mk_block a, mk_block b) {
  uint32_t n = 0, i = 0;
  for (uint32_t r = 0; r < a.runs; r++) {
    uint32_t first = mk_run_first(a, r);
    const uint32_t end = mk_run_last(a, r) + 1;
    while (i < b.runs && mk_run_last(b, i) < first) i++;
    for (; i < b.runs && mk_run_first(b, i) < end; i++) {
      n = write_piece(out, n, first, mk_run_first(b, i));
      first = mk_run_last(b, i) + 1;
      // It may reach into the next run, too.
      if (first >= end) break;
    }
    n = write_piece(out, n, first, end);
  }
  return n;
}

// Boundaries where membership changes, read off one after another: first, last + 1, first, ...
MK_INLINE uint32_t boundary(const mk_cursor *c, bool inside) {
  if (!mk_cursor_valid(c)) return UINT32_MAX;
  return inside ? c->last + 1 : c->first;
}

MK_INLINE void pass_boundary(mk_cursor *c, bool *inside) {
  if (*inside) mk_cursor_next(c);
  *inside = !*inside;
}

// Sweeps over the boundaries of both: each changes membership, but for one that both share.
MK_INLINE uint32_t intervals_xor(mk_u16 *out, mk_block a, mk_block b) {
  run_writer w = {out, 0, 0};
  mk_cursor x = mk_cursor_of(a), y = mk_cursor_of(b);
  bool in_x = false, in_y = false, writing = false;
  uint32_t start = 0;
  for (;;) {
    const uint32_t bx = boundary(&x, in_x), by = boundary(&y, in_y);
    const uint32_t at = smaller(bx, by);
    if (at == UINT32_MAX) break;
    if (bx == at) pass_boundary(&x, &in_x);
    if (by == at) pass_boundary(&y, &in_y);
    const bool wanted = in_x != in_y;
    if (wanted == writing) continue;
    if (wanted) {
      start = at;
    } else if (at > start) {
      write_interval(&w, start, at - 1);
    }
    writing = wanted;
  }
  return w.count;
}

// The pairs of forms that read as intervals, each compiled apart; the array comes second.
static uint32_t runs_or(mk_u16 *out, mk_block a, mk_block b) {
  if (a.kind == MK_ARRAY) return runs_or(out, b, a);
  a.kind = MK_RUN;
  if (b.kind == MK_ARRAY) {
    b.kind = MK_ARRAY;
    return intervals_or(out, a, b);
  }
  b.kind = MK_RUN;
  return intervals_or(out, a, b);
}

static uint32_t runs_xor(mk_u16 *out, mk_block a, mk_block b) {
  if (a.kind == MK_ARRAY) return runs_xor(out, b, a);
  a.kind = MK_RUN;
  if (b.kind == MK_ARRAY) {
    b.kind = MK_ARRAY;
    return intervals_xor(out, a, b);
  }
  b.kind = MK_RUN;
  return intervals_xor(out, a, b);
}

static uint32_t runs_andnot(mk_u16 *out, mk_block a, mk_block b) {
  return b.kind == MK_ARRAY ? runs_andnot_array(out, a, b) : runs_andnot_runs(out, a, b);
}

// Where a bitset takes part, or too many intervals: `a` as words, `b` combined into them.
static mk_result by_words(
    void *out, mk_block a, mk_block b, void (*combine)(uint64_t *, mk_block)) {
  mk_words_load(out, a);
  combine(out, b);
  return mk_settle_bitset(out, mk_words_count(out));
}

static inline bool many_intervals(mk_block a, mk_block b) {
  return mk_intervals(a) + mk_intervals(b) > MK_RUNS_MAX;
}

mk_result mk_block_and(void *out, mk_block a, mk_block b) {
  const mk_loops *loops = mk_loops_active();
  switch (PAIR(a, b)) {
  case ARRAY_ARRAY:
    return array_result(
        loops->array_and(out, mk_lows(a), a.cardinality, mk_lows(b), b.cardinality));
  case ARRAY_BITSET: return array_result(array_filter_bitset(out, a, mk_words(b), 1));
  case BITSET_ARRAY: return array_result(array_filter_bitset(out, b, mk_words(a), 1));
  case ARRAY_RUN:
  case RUN_ARRAY: {
    const mk_block array = a.kind == MK_ARRAY ? a : b, runs = a.kind == MK_ARRAY ? b : a;
    if (mk_is_full(runs)) return mk_block_copy(out, array);
    return array_result(array_and_runs(out, array, runs));
  }
  case BITSET_BITSET: return mk_settle_bitset(out, loops->bitset_and(out, mk_words(a), mk_words(b)));
  case BITSET_RUN:
  case RUN_BITSET:
    if (mk_is_full(a)) return mk_block_copy(out, b);
    if (mk_is_full(b)) return mk_block_copy(out, a);
    if (a.kind == MK_BITSET) return by_words(out, a, b, mk_words_and);
    return by_words(out, b, a, mk_words_and);
  case RUN_RUN:
    if (mk_is_full(a)) return mk_block_copy(out, b);
    if (mk_is_full(b)) return mk_block_copy(out, a);
    if (many_intervals(a, b)) return by_words(out, a, b, mk_words_and);
    return mk_settle_runs(out, runs_and(out, a, b));
  default: break;
  }
  return (mk_result){0};
}

mk_result mk_block_or(void *out, mk_block a, mk_block b) {
  const mk_loops *loops = mk_loops_active();
  if (mk_is_full(a)) return mk_block_copy(out, a);
  if (mk_is_full(b)) return mk_block_copy(out, b);
  switch (PAIR(a, b)) {
  case ARRAY_ARRAY:
    if (a.cardinality + b.cardinality <= MK_ARRAY_MAX) {
      return array_result(
          loops->array_or(out, mk_lows(a), a.cardinality, mk_lows(b), b.cardinality));
    }
    return by_words(out, a, b, mk_words_or);
  case BITSET_BITSET: return mk_settle_bitset(out, loops->bitset_or(out, mk_words(a), mk_words(b)));
  case ARRAY_BITSET:
  case RUN_BITSET: return by_words(out, b, a, mk_words_or);
  case BITSET_ARRAY:
  case BITSET_RUN: return by_words(out, a, b, mk_words_or);
  default:
    if (many_intervals(a, b)) return by_words(out, a, b, mk_words_or);
    return mk_settle_runs(out, runs_or(out, a, b));
  }
}

mk_result mk_block_xor(void *out, mk_block a, mk_block b) {
  const mk_loops *loops = mk_loops_active();
  switch (PAIR(a, b)) {
  case ARRAY_ARRAY:
    if (a.cardinality + b.cardinality <= MK_ARRAY_MAX) {
      return array_result(
          loops->array_xor(out, mk_lows(a), a.cardinality, mk_lows(b), b.cardinality));
    }
    return by_words(out, a, b, mk_words_xor);
  case BITSET_BITSET:
    return mk_settle_bitset(out, loops->bitset_xor(out, mk_words(a), mk_words(b)));
  case ARRAY_BITSET:
  case RUN_BITSET: return by_words(out, b, a, mk_words_xor);
  case BITSET_ARRAY:
  case BITSET_RUN: return by_words(out, a, b, mk_words_xor);
  default:
    if (many_intervals(a, b)) return by_words(out, a, b, mk_words_xor);
    return mk_settle_runs(out, runs_xor(out, a, b));
  }
}

mk_result mk_block_andnot(void *out, mk_block a, mk_block b) {
  const mk_loops *loops = mk_loops_active();
  switch (PAIR(a, b)) {
  case ARRAY_ARRAY:
    return array_result(
        loops->array_andnot(out, mk_lows(a), a.cardinality, mk_lows(b), b.cardinality));
  case ARRAY_BITSET: return array_result(array_filter_bitset(out, a, mk_words(b), 0));
  case ARRAY_RUN: return array_result(array_andnot_runs(out, a, b));
  case BITSET_BITSET:
    return mk_settle_bitset(out, loops->bitset_andnot(out, mk_words(a), mk_words(b)));
  case BITSET_ARRAY:
  case BITSET_RUN:
  case RUN_BITSET: return by_words(out, a, b, mk_words_andnot);
  default:
    if (many_intervals(a, b)) return by_words(out, a, b, mk_words_andnot);
    return mk_settle_runs(out, runs_andnot(out, a, b));
  }
}

// Many blocks.

uint32_t mk_block_or_many_bound(const mk_block *blocks, size_t count) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < count; i++) {
    if (blocks[i].kind != MK_ARRAY) return MK_BITSET_BYTES;
    bytes += 2 * blocks[i].cardinality;
  }
  return bytes < MK_BITSET_BYTES ? (uint32_t)bytes : MK_BITSET_BYTES;
}

// Few members in all: gathered and sorted, they cost less than a look at 1024 words.
static mk_result few_or(void *out, const mk_block *blocks, size_t count) {
  mk_u16 *lows = out;
  uint32_t n = 0;
  for (size_t b = 0; b < count; b++) {
    for (uint32_t i = 0; i < blocks[b].cardinality; i++) {
      const uint16_t value = mk_lows(blocks[b])[i];
      uint32_t at = n;
      while (at > 0 && lows[at - 1] > value) at--;
      if (at > 0 && lows[at - 1] == value) continue;
      for (uint32_t k = n; k > at; k--) lows[k] = lows[k - 1];
      lows[at] = value;
      n++;
    }
  }
  return array_result(n);
}

mk_result mk_block_or_many(void *out, const mk_block *blocks, size_t count) {
  enum { FEW = 32 };
  if (count == 1) return mk_block_copy(out, blocks[0]);
  if (count == 2) return mk_block_or(out, blocks[0], blocks[1]);
  const uint32_t bound = mk_block_or_many_bound(blocks, count);
  if (bound <= 2 * FEW) return few_or(out, blocks, count);
  size_t full = 0;
  while (full < count && !mk_is_full(blocks[full])) full++;
  if (full < count) return mk_block_copy(out, blocks[full]);
  if (bound < MK_BITSET_BYTES) {
    uint64_t words[MK_BITSET_WORDS];
    mk_words_load(words, blocks[0]);
    for (size_t i = 1; i < count; i++) mk_words_or(words, blocks[i]);
    return mk_words_store(out, words);
  }
  mk_words_load(out, blocks[0]);
  for (size_t i = 1; i + 1 < count; i++) mk_words_or(out, blocks[i]);
  const mk_block last = blocks[count - 1];
  if (last.kind == MK_BITSET) {
    return mk_settle_bitset(out, mk_loops_active()->bitset_or(out, out, mk_words(last)));
  }
  mk_words_or(out, last);
  return mk_settle_bitset(out, mk_words_count(out));
}
