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

static uint32_t array_filter_runs(mk_u16 *out, mk_block a, mk_block runs, bool wanted) {
  const mk_u16 *lows = mk_lows(a);
  mk_cursor c = mk_cursor_of(runs);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a.cardinality; i++) {
    const uint32_t value = lows[i];
    while (mk_cursor_valid(&c) && c.last < value) mk_cursor_next(&c);
    const bool inside = mk_cursor_valid(&c) && c.first <= value;
    out[n] = (uint16_t)value;
    n += inside == wanted;
  }
  return n;
}

// Interval algebra. Writers append to runs; the callers see to it that at most
// MK_RUNS_MAX + 1 of them can arise.

typedef struct run_writer {
  mk_u16 *out;
  uint32_t count;
  uint32_t next;  // one past the last member written; 0 before the first
} run_writer;

// Intervals come with ascending starts; one that touches the last extends it.
static inline void write_interval(run_writer *w, uint32_t first, uint32_t last) {
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

static uint32_t intervals_and(mk_u16 *out, mk_block a, mk_block b) {
  run_writer w = {out, 0, 0};
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

static uint32_t intervals_or(mk_u16 *out, mk_block a, mk_block b) {
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

// Boundaries where membership changes, read off one after another: first, last + 1, first, ...
static inline uint32_t boundary(const mk_cursor *c, bool inside) {
  if (!mk_cursor_valid(c)) return UINT32_MAX;
  return inside ? c->last + 1 : c->first;
}

static inline void pass_boundary(mk_cursor *c, bool *inside) {
  if (*inside) mk_cursor_next(c);
  *inside = !*inside;
}

// Sweeps over the boundaries of both; what is inside by `keep(in a, in b)` is written.
static uint32_t intervals_sweep(mk_u16 *out, mk_block a, mk_block b, bool xor) {
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
    const bool wanted = xor ? in_x != in_y : in_x && !in_y;
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
    return array_result(array_filter_runs(out, array, runs, true));
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
    return mk_settle_runs(out, intervals_and(out, a, b));
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
    return mk_settle_runs(out, intervals_or(out, a, b));
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
    return mk_settle_runs(out, intervals_sweep(out, a, b, true));
  }
}

mk_result mk_block_andnot(void *out, mk_block a, mk_block b) {
  const mk_loops *loops = mk_loops_active();
  switch (PAIR(a, b)) {
  case ARRAY_ARRAY:
    return array_result(
        loops->array_andnot(out, mk_lows(a), a.cardinality, mk_lows(b), b.cardinality));
  case ARRAY_BITSET: return array_result(array_filter_bitset(out, a, mk_words(b), 0));
  case ARRAY_RUN: return array_result(array_filter_runs(out, a, b, false));
  case BITSET_BITSET:
    return mk_settle_bitset(out, loops->bitset_andnot(out, mk_words(a), mk_words(b)));
  case BITSET_ARRAY:
  case BITSET_RUN:
  case RUN_BITSET: return by_words(out, a, b, mk_words_andnot);
  default:
    if (many_intervals(a, b)) return by_words(out, a, b, mk_words_andnot);
    return mk_settle_runs(out, intervals_sweep(out, a, b, false));
  }
}
