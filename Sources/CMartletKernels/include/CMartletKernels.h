#pragma once
#include "CMartletKernels/bitpack.h"
#include "CMartletKernels/crc32c.h"
