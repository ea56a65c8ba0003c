#pragma once
#include "unroll/tensor.h"

namespace unroll {

/// out = a · b over the last two dims, without a graph; the dims before them broadcast to out's. Strides may be
/// anything for a and b; out's rows must be contiguous. All three have the same dtype. Adds to what out holds where
/// `accumulate`. Throws PyTorch's `"name" not implemented for 'Bool'`.
void multiply(const Tensor& out, const Tensor& a, const Tensor& b, bool accumulate, const char* name);

} // namespace unroll
