#pragma once
#include "ops/operand.h"

// What losses over pairs of elements share.

namespace unroll {

/// What a sum over `count` elements is divided by.
inline double loss_divisor(Reduction reduction, std::int64_t count) {
  return reduction == Reduction::Mean ? static_cast<double>(count) : 1;
}

/// Σ f(a, b) over the broadcast shape, in double.
template <class T, class F>
double sum_pairs(const Tensor& a, const Tensor& b, const F& f) {
  const Shape shape = broadcast_shapes(a.shape(), b.shape());
  const Source<T> sa(a), sb(b);
  double total = 0;
  Walk<2>(shape, {broadcast_strides(sa.tensor(), shape), broadcast_strides(sb.tensor(), shape)})
      .rows([&](auto n, auto& at, auto& step) {
        const T *pa = sa.data() + at[0], *pb = sb.data() + at[1];
        constexpr std::int64_t lanes = 4;
        double sums[lanes] = {};
        std::int64_t i = 0;
        for (; i + lanes <= n; i += lanes)
          for (std::int64_t k = 0; k < lanes; ++k)
            sums[k] += static_cast<double>(f(pa[(i + k) * step[0]], pb[(i + k) * step[1]]));
        for (; i < n; ++i) sums[0] += static_cast<double>(f(pa[i * step[0]], pb[i * step[1]]));
        total += sums[0] + sums[1] + sums[2] + sums[3];
      });
  return total;
}

/// f(a, b) for each pair, or its sum or mean, in dtype and without a graph.
template <class F>
Tensor pair_loss(const Tensor& a, const Tensor& b, DType dtype, const char* kernel, Reduction reduction, const F& f) {
  return dispatch_floating(dtype, kernel, [&](auto t) {
    using T = decltype(t);
    if (reduction == Reduction::None) return binary<T, T>(a, b, f);
    const std::int64_t count = numel(broadcast_shapes(a.shape(), b.shape()));
    return full({}, sum_pairs<T>(a, b, f) / loss_divisor(reduction, count), dtype);
  });
}

/// g · slope(a, b) for each pair, where g is the gradient of pair_loss's result, without a graph.
template <class F>
Tensor pair_loss_grad(const Tensor& g, const Tensor& a, const Tensor& b, DType dtype, Reduction reduction,
                      const F& slope) {
  return dispatch_floating(dtype, "loss", [&](auto t) {
    using T = decltype(t);
    if (reduction == Reduction::None) return ops::mul_(binary<T, T>(a, b, slope), g);
    const std::int64_t count = numel(broadcast_shapes(a.shape(), b.shape()));
    const T factor = static_cast<T>(g.item() / loss_divisor(reduction, count));
    return binary<T, T>(a, b, [&slope, factor](T x, T y) { return factor * slope(x, y); });
  });
}

/// values, or their sum or mean.
inline Tensor reduced(const Tensor& values, Reduction reduction) {
  if (reduction == Reduction::Mean) return ops::mean(values, std::nullopt, false, std::nullopt);
  if (reduction == Reduction::Sum) return ops::sum(values, std::nullopt, false, std::nullopt);
  return values;
}

} // namespace unroll
