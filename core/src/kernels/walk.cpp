#include "kernels/walk.h"

#include <algorithm>

namespace unroll {

Shape broadcast_strides(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x.strides();
  const std::size_t lead = shape.size() - x.shape().size();
  Shape strides(shape.size(), 0);
  for (std::size_t d = 0; d < x.shape().size(); ++d) {
    if (x.shape()[d] != 1) strides[lead + d] = x.strides()[d];
  }
  return strides;
}

Shape preserved_strides(const Tensor& x) {
  const Shape &shape = x.shape(), &strides = x.strides();
  if (x.is_contiguous()) return contiguous_strides(shape);
  Shape order(shape.size());
  for (std::size_t d = 0; d < order.size(); ++d) order[d] = static_cast<std::int64_t>(d);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return strides[a] < strides[b]; });
  std::int64_t expected = 1;
  for (std::int64_t d : order) {
    if (shape[d] == 1) continue;
    if (strides[d] != expected) return contiguous_strides(shape);
    expected *= shape[d];
  }
  return strides;
}

} // namespace unroll
