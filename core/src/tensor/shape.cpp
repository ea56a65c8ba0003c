#include <algorithm>

#include "unroll/sizes.h"
#include "unroll/tensor.h"

namespace unroll {

std::string to_string(const Shape& shape) {
  std::string text = "[";
  for (std::size_t d = 0; d < shape.size(); ++d) text += (d ? ", " : "") + std::to_string(shape[d]);
  return text + "]";
}

std::int64_t numel(const Shape& shape) {
  std::int64_t n = 1;
  for (std::int64_t size : shape)
    if (!product_fits(n, size, n)) [[unlikely]]
      fail(ErrorKind::Runtime, "numel: integer multiplication overflow");
  return n;
}

Shape contiguous_strides(const Shape& shape) {
  Shape strides(shape.size());
  std::int64_t step = 1;
  for (std::size_t d = shape.size(); d-- > 0;) {
    strides[d] = step;
    if (!product_fits(step, std::max<std::int64_t>(shape[d], 1), step)) [[unlikely]]
      fail(ErrorKind::Runtime, "Stride calculation overflowed");
  }
  return strides;
}

Shape broadcast_shapes(const Shape& a, const Shape& b) {
  if (a == b) return a;
  const std::size_t dims = std::max(a.size(), b.size());
  Shape result(dims);
  // From the last dimension on, which is the one that PyTorch's message names.
  for (std::size_t d = dims; d-- > 0;) {
    const std::int64_t sa = d + a.size() >= dims ? a[d + a.size() - dims] : 1;
    const std::int64_t sb = d + b.size() >= dims ? b[d + b.size() - dims] : 1;
    check(sa == sb || sa == 1 || sb == 1, "The size of tensor a (", sa, ") must match the size of tensor b (", sb,
          ") at non-singleton dimension ", d);
    result[d] = sa == 1 ? sb : sa;
  }
  return result;
}

std::int64_t wrap_dim(std::int64_t d, std::int64_t dim) {
  const std::int64_t n = std::max<std::int64_t>(dim, 1);
  if (d < -n || d >= n)
    fail(ErrorKind::Index, "Dimension out of range (expected to be in range of [", -n, ", ", n - 1, "], but got ", d,
         ")");
  return d < 0 ? d + n : d;
}

} // namespace unroll
