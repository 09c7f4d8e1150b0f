#pragma once
#include "CMartletKernels/bitmap.h"
#include "CMartletKernels/bitpack.h"
#include "CMartletKernels/cpu.h"
#include "CMartletKernels/crc32c.h"
#include "CMartletKernels/magnitude.h"
