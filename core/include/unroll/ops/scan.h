#pragma once
#include "unroll/ops.h"

// Running results along one dimension beside cumsum, as the torch functions of the same names.

namespace unroll::ops {

Tensor cumprod(const Tensor& x, std::int64_t dim, OptDType dtype);
Pair cummax(const Tensor& x, std::int64_t dim); ///< (values, indices of the last largest)
Pair cummin(const Tensor& x, std::int64_t dim);
Tensor logcumsumexp(const Tensor& x, std::int64_t dim); ///< floating inputs only

} // namespace unroll::ops
