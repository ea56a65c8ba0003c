#pragma once
#include "ops/operand.h"

namespace unroll::ops {

/// f of each element, on scalars and on vectors; integers become floating.
template <class F>
Tensor float_map(const Tensor& x, const char* name, F f) {
  return dispatch_floating(floating(x.dtype()), name, [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, vectorised(f));
  });
}

} // namespace unroll::ops
