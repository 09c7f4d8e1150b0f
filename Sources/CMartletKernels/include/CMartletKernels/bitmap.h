// Loops over the blocks (containers) of Roaring bitmaps: S. Chambi, D. Lemire, O. Kaser,
// R. Godin, "Better bitmap performance with Roaring bitmaps", 2016; D. Lemire, G. Ssi-Yan-Kai,
// O. Kaser, "Consistently faster and smaller compressed bitmaps with Roaring", 2016; D. Lemire
// et al., "Roaring bitmaps: implementation of an optimized software library", 2018.
//
// A block is a set of 16-bit numbers in one of three forms, little-endian, at any alignment:
//   array  : its members as uint16_t, ascending
//   bitset : 1024 words of 64 bits
//   run    : pairs of uint16_t (first member, length - 1), ascending and apart
//
// Memory safety does not rest on the contents: whatever the payload bytes say, no function reads
// outside the payload that kind and counts announce, and none writes past the bound stated for
// its output. Only the meaning of an answer rests on the contents being well formed.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CMartletKernels/cpu.h"

enum {
  MK_ARRAY = 0,
  MK_BITSET = 1,
  MK_RUN = 2,
};

enum {
  MK_BITSET_WORDS = 1024,
  MK_BITSET_BYTES = 8192,
  MK_ARRAY_MAX = 4096,  // beyond this many members a bitset is smaller than an array
  MK_RUNS_MAX = 2047,   // beyond this many runs a bitset is smaller than runs
  MK_BLOCK_MEMBERS = 65536,
  MK_OUTPUT_SLACK = 64,  // bytes that a vector store may scribble past a result
};

/// A block to read. `cardinality` is 1...65536 (1...4096 for an array); `runs` counts for runs.
/// Sixteen bytes, so that calls pass it in registers.
typedef struct mk_block {
  const void *data;
  uint32_t cardinality;
  uint16_t runs;
  uint16_t kind;
} mk_block;

/// What an operation wrote. `cardinality` 0: nothing. `bytes`: the payload's length.
typedef struct mk_result {
  uint32_t cardinality;
  uint16_t runs;
  uint16_t kind;
  uint32_t bytes;
} mk_result;

/// Bytes of payload behind a block.
static inline uint32_t mk_block_bytes(mk_block b) {
  if (b.kind == MK_BITSET) return MK_BITSET_BYTES;
  return b.kind == MK_ARRAY ? 2 * b.cardinality : 4u * b.runs;
}

/// Upper bounds of the bytes that the operations below write, slack not included. Never above
/// `MK_BITSET_BYTES`. XOR is bounded as OR is.
static inline uint32_t mk_block_copy_bound(mk_block b) {
  const uint32_t bytes = mk_block_bytes(b);
  return bytes < MK_BITSET_BYTES ? bytes : MK_BITSET_BYTES;
}

static inline uint32_t mk_block_and_bound(mk_block a, mk_block b) {
  const uint32_t in_a = a.kind == MK_ARRAY ? a.cardinality : MK_ARRAY_MAX;
  const uint32_t in_b = b.kind == MK_ARRAY ? b.cardinality : MK_ARRAY_MAX;
  return 2 * (in_a < in_b ? in_a : in_b);
}

static inline uint32_t mk_block_or_bound(mk_block a, mk_block b) {
  if (a.kind != MK_ARRAY || b.kind != MK_ARRAY) return MK_BITSET_BYTES;
  const uint32_t bytes = 2 * (a.cardinality + b.cardinality);
  return bytes < MK_BITSET_BYTES ? bytes : MK_BITSET_BYTES;
}

static inline uint32_t mk_block_andnot_bound(mk_block a) {
  return a.kind == MK_ARRAY ? 2 * a.cardinality : MK_BITSET_BYTES;
}

/// The block as it is; runs too many to be worth keeping become what is smaller.
mk_result mk_block_copy(void *out, mk_block block);

/// Set algebra of two blocks. `out` holds the pair's bound plus `MK_OUTPUT_SLACK` bytes, stands
/// at a multiple of 8 and overlaps neither operand. XOR is bounded as OR is.
mk_result mk_block_and(void *out, mk_block a, mk_block b);
mk_result mk_block_or(void *out, mk_block a, mk_block b);
mk_result mk_block_xor(void *out, mk_block a, mk_block b);
mk_result mk_block_andnot(void *out, mk_block a, mk_block b);

/// Union of `count` blocks (at least one). `out` holds what `mk_block_or_many_bound` says, plus
/// slack.
mk_result mk_block_or_many(void *out, const mk_block *blocks, size_t count);
uint32_t mk_block_or_many_bound(const mk_block *blocks, size_t count);

/// Members that both blocks hold, counted without writing them.
uint32_t mk_block_and_count(mk_block a, mk_block b);
bool mk_block_intersects(mk_block a, mk_block b);
bool mk_block_equal(mk_block a, mk_block b);

bool mk_block_contains(mk_block block, uint16_t value);
/// Members that are at most `value`.
uint32_t mk_block_rank(mk_block block, uint16_t value);
/// The member with `index` smaller ones; `index` below the cardinality.
uint16_t mk_block_select(mk_block block, uint32_t index);
uint16_t mk_block_min(mk_block block);
uint16_t mk_block_max(mk_block block);

/// Writes the members from the one with `skip` smaller ones on, `base` added; at most `capacity`
/// of them. Returns how many. The caller has room for `capacity` numbers.
uint32_t mk_block_many_values32(
    uint32_t *out, uint32_t capacity, mk_block block, uint32_t base, uint32_t skip);
static inline uint32_t mk_block_values32(
    uint32_t *out, uint32_t capacity, mk_block block, uint32_t base, uint32_t skip) {
  enum { FEW = 4 };
  const uint32_t count = block.cardinality;
  if (block.kind != MK_ARRAY || skip != 0 || count > FEW || capacity < FEW) {
    return mk_block_many_values32(out, capacity, block, base, skip);
  }
  for (uint32_t i = 0; i < count; i++) {
    uint16_t low;
    memcpy(&low, (const char *)block.data + sizeof low * i, sizeof low);
    out[i] = base + low;
  }
  return count;
}
uint32_t mk_block_values16(uint16_t *out, uint32_t capacity, mk_block block);

/// Set algebra of a block into 1024 words in place.
void mk_words_or(uint64_t *words, mk_block block);
void mk_words_xor(uint64_t *words, mk_block block);
void mk_words_and(uint64_t *words, mk_block block);
void mk_words_andnot(uint64_t *words, mk_block block);
uint32_t mk_words_count(const void *words);
/// `first...last` set, cleared or flipped.
void mk_words_set_range(uint64_t *words, uint32_t first, uint32_t last);
void mk_words_clear_range(uint64_t *words, uint32_t first, uint32_t last);
void mk_words_flip_range(uint64_t *words, uint32_t first, uint32_t last);
/// The words as a block: an array up to 4096 members, a bitset beyond, one run when full.
/// `out` holds `MK_BITSET_BYTES` plus slack.
mk_result mk_words_store(void *out, const void *words);

/// Sorted distinct numbers of one block (their low halves are the members) as a block.
mk_result mk_values_store(void *out, const uint32_t *values, uint32_t count);
mk_result mk_lows_store(void *out, const uint16_t *values, uint32_t count);
/// Members in any order, repeats allowed. `scratch` is 1024 zeros, before and after. `out` holds
/// twice `count` bytes, at most `MK_BITSET_BYTES`, plus slack.
mk_result mk_unordered_store(
    void *out, uint64_t *scratch, const uint16_t *values, size_t count);

/// How many maximal stretches of consecutive members the block has.
uint32_t mk_block_count_runs(mk_block block);
/// The block in its smallest form: runs only where strictly smaller. `out` as `mk_words_store`.
mk_result mk_block_store_smallest(void *out, mk_block block);

/// Splits numbers by their high halves: first how many each high half has (`counts`: 65536 zeros
/// at the start), then, given where each one's lows begin (`places`, advanced), the low halves.
void mk_count_highs(uint32_t *counts, const uint32_t *values, size_t count);
void mk_scatter_lows(uint16_t *lows, uint32_t *places, const uint32_t *values, size_t count);

/// Edits in place. An array's buffer has room for one more member. Return whether anything
/// changed.
bool mk_array_insert(uint16_t *array, uint32_t count, uint16_t value);
bool mk_array_remove(uint16_t *array, uint32_t count, uint16_t value);
bool mk_words_remove(uint64_t *words, uint16_t value);

/// Length of the strictly ascending stretch at the start of `values`; and, of ascending values,
/// of the stretch that shares the first one's high half.
size_t mk_sorted_prefix(const uint32_t *values, size_t count);
size_t mk_same_high_prefix(const uint32_t *values, size_t count);

/// Zeros from `bytes` up to the next multiple of 8, so that payloads are reproducible.
static inline void mk_pad(void *out, uint32_t bytes) {
  for (; (bytes & 7) != 0; bytes++) ((uint8_t *)out)[bytes] = 0;
}

/// Whether an array ascends strictly; otherwise `*place` is the index of the first offender.
bool mk_array_is_ascending(const void *array, uint32_t count, uint32_t *place);
/// Whether runs ascend, keep apart (adjacent ones are refused) and end by 65535; `*cardinality`
/// is their total, `*place` the index of the first offender.
bool mk_runs_are_valid(const void *runs, uint32_t count, uint32_t *cardinality, uint32_t *place);

/// A number that depends on the members and not on the form they are stored in.
uint64_t mk_block_hash(mk_block block);

/// Makes the process use the loops of `level` from now on (tests compare levels so); false if
/// this machine cannot run it. Without a call, `mk_cpu_active()` decides.
bool mk_bitmap_use_level(mk_cpu_level level);
