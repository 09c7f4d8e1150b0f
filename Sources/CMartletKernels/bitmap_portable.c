#include "bitmap_generic.h"

const mk_loops mk_loops_portable = {
    .bitset_and = generic_bitset_and,
    .bitset_or = generic_bitset_or,
    .bitset_xor = generic_bitset_xor,
    .bitset_andnot = generic_bitset_andnot,
    .bitset_and_count = generic_bitset_and_count,
    .words_count = generic_words_count,
    .bitset_extract16 = generic_bitset_extract16,
    .bitset_extract32 = generic_bitset_extract32,
    .array_and = generic_array_and,
    .array_and_count = generic_array_and_count,
    .array_meets = generic_array_meets,
    .array_or = generic_array_or,
    .array_xor = generic_array_xor,
    .array_andnot = generic_array_andnot,
    .bitset_runs = generic_bitset_runs,
    .widen = generic_widen,
};
