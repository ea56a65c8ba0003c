#pragma once
#include "unroll/ops.h"

// Elements found by their order, as the torch functions of the same names: (values, indices).

namespace unroll::ops {

Pair kthvalue(const Tensor& x, std::int64_t k, std::int64_t dim, bool keepdim);
Pair median(const Tensor& x, std::int64_t dim, bool keepdim);    ///< the lower of two middles; NaN wins
Pair nanmedian(const Tensor& x, std::int64_t dim, bool keepdim); ///< NaNs left out
Pair mode(const Tensor& x, std::int64_t dim, bool keepdim);      ///< the smallest of the most frequent
/// Where values would go into sorted (*, N), last dim in order; values (*, M), or any shape where sorted is a vector.
Tensor searchsorted(const Tensor& sorted, const Tensor& values, bool right);

} // namespace unroll::ops
