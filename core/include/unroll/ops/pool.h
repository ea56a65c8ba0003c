#pragma once
#include "unroll/ops.h"

// Pooling over the last one to three dims of (N, C, *spatial); lists have an entry for each of them. Backward of max goes to
// the first of equals, as PyTorch's.

namespace unroll::ops {

/// (values, indices into the flattened spatial dims).
Pair max_pool(const Tensor& x, const Shape& kernel, const Shape& stride, const Shape& padding, const Shape& dilation,
              bool ceil_mode);
/// divisor 0: the size of the window.
Tensor avg_pool(const Tensor& x, const Shape& kernel, const Shape& stride, const Shape& padding, bool ceil_mode,
                bool count_include_pad, std::int64_t divisor);
/// Windows that cut each dim into `size` nearly equal parts.
Pair adaptive_max_pool(const Tensor& x, const Shape& size);
Tensor adaptive_avg_pool(const Tensor& x, const Shape& size);

} // namespace unroll::ops
