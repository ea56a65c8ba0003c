#include <algorithm>

#include "kernels/copy.h"
#include "kernels/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Positions as integers: nonzero and one_hot.

namespace unroll::ops {

Tensor nonzero(const Tensor& x) {
  const Tensor on = contiguous(to(detach(x), DType::Bool));
  const bool* values = on.data<bool>();
  const std::int64_t count = std::count(values, values + on.numel(), true);
  Tensor y = empty({count, x.dim()}, DType::Int64);
  std::int64_t* out = y.data<std::int64_t>();
  const Shape strides = contiguous_strides(x.shape());
  for (std::int64_t i = 0; i < on.numel(); ++i) {
    if (!values[i]) continue;
    for (std::int64_t d = 0, rest = i; d < x.dim(); ++d) {
      *out++ = rest / strides[d];
      rest %= strides[d];
    }
  }
  return y;
}

Tensor one_hot(const Tensor& x, std::int64_t num_classes) {
  check(x.dtype() == DType::Int64, "one_hot is only applicable to index tensor of type LongTensor.");
  const Tensor classes = contiguous(x);
  const std::int64_t count = x.numel();
  const std::int64_t* index = classes.data<std::int64_t>();
  check(count > 0 || num_classes > 0, "Can not infer total number of classes from empty tensor.");
  std::int64_t largest = -1;
  for (std::int64_t i = 0; i < count; ++i) {
    check(index[i] >= 0, "Class values must be non-negative.");
    largest = std::max(largest, index[i]);
  }
  check(num_classes == -1 || largest < num_classes, "Class values must be smaller than num_classes.");
  const std::int64_t width = num_classes == -1 ? checked_add(largest, 1) : num_classes;
  Shape shape = x.shape();
  shape.push_back(width);
  Tensor y = zeros(shape, DType::Int64);
  for (std::int64_t i = 0; i < count; ++i) y.data<std::int64_t>()[i * width + index[i]] = 1;
  return y;
}

} // namespace unroll::ops
