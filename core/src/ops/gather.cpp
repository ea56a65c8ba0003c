#include <algorithm>

#include "kernels/copy.h"
#include "kernels/walk.h"
#include "ops/view.h"
#include "unroll/ops.h"

// One element a place, found by an index tensor along one dim: gather and scatter.

namespace unroll::ops {

namespace {

/// x's strides over the places of an index, with none along dim d, where the index decides.
Shape strides_around(const Tensor& x, std::int64_t d) {
  Shape strides = x.strides();
  if (!strides.empty()) strides[d] = 0;
  return strides;
}

std::int64_t stride_along(const Tensor& x, std::int64_t d) { return x.dim() == 0 ? 1 : x.strides()[d]; }
std::int64_t size_along(const Tensor& x, std::int64_t d) { return x.dim() == 0 ? 1 : x.shape()[d]; }

void check_bounds(std::int64_t value, std::int64_t d, std::int64_t size) {
  if (value < 0 || value >= size) [[unlikely]]
    fail(ErrorKind::Runtime, "index ", value, " is out of bounds for dimension ", d, " with size ", size);
}

/// Where x and an index differ in a dim other than d.
bool exceeds(const Shape& index, const Shape& x, std::int64_t d) {
  for (std::size_t k = 0; k < index.size(); ++k)
    if (static_cast<std::int64_t>(k) != d && index[k] > x[k]) return true;
  return false;
}

/// A tensor of one dim less than the index has may be zero-dim: both count as one-dim.
std::int64_t dims_of(const Tensor& x) { return std::max<std::int64_t>(x.dim(), 1); }

/// x or the index as one-dim where it is zero-dim, without a graph.
Tensor at_least_1d(const Tensor& x) {
  NoGrad guard;
  return x.dim() == 0 ? reshape(x, {1}) : x;
}

template <class T>
void gather_into(const Tensor& y, const Tensor& x, std::int64_t d, const Tensor& index) {
  T* out = static_cast<T*>(y.raw());
  const T* in = static_cast<const T*>(x.raw());
  const std::int64_t* at_index = index.data<std::int64_t>();
  const std::int64_t stride = stride_along(x, d), size = size_along(x, d);
  Walk<3>(index.shape(), {y.strides(), index.strides(), strides_around(x, d)}).rows([&](auto n, auto& at, auto& step) {
    for (std::int64_t i = 0; i < n; ++i) {
      const std::int64_t value = at_index[at[1] + i * step[1]];
      check_bounds(value, d, size);
      out[at[0] + i * step[0]] = in[at[2] + i * step[2] + value * stride];
    }
  });
}

} // namespace

Tensor gather(const Tensor& x, std::int64_t dim, const Tensor& index) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check(index.dtype() == DType::Int64, "gather(): Expected dtype int64 for index");
  Tensor y = empty(index.shape(), x.dtype());
  if (index.numel() > 0) {
    check(dims_of(index) == dims_of(x), "Index tensor must have the same number of dimensions as input tensor");
    const Tensor from = at_least_1d(x), at = at_least_1d(index), to = at_least_1d(y);
    for (std::int64_t k = 0; k < from.dim(); ++k)
      if (k != d && at.shape()[k] > from.shape()[k])
        fail(ErrorKind::Runtime, "Size does not match at dimension ", k, " expected index ", to_string(index.shape()),
             " to be no larger than self ", to_string(x.shape()), " apart from dimension ", d);
    dispatch_size(x.dtype(), [&](auto t) { gather_into<decltype(t)>(to, from, d, at); });
  }
  return record("GatherBackward0", {x}, y, {index}, [d](const Context& c) {
    return Grads{scatter_add(zeros(c.node.inputs[0].shape, c.grad().dtype()), d, c.saved(0), c.grad())};
  });
}

namespace {

enum class How { Replace, Add };

void check_scatter(const Tensor& x, std::int64_t d, const Tensor& index, const Tensor* source) {
  check(index.dtype() == DType::Int64, "scatter(): Expected dtype int64 for index");
  check(!source || source->dtype() == x.dtype(), "scatter(): Expected self.dtype to be equal to src.dtype");
  if (index.numel() == 0) return;
  check(dims_of(index) == dims_of(x), "Index tensor must have the same number of dimensions as self tensor");
  check(!source || dims_of(index) == dims_of(*source),
        "Index tensor must have the same number of dimensions as src tensor");
  const Shape own = at_least_1d(index).shape();
  const bool fits =
      !exceeds(own, at_least_1d(x).shape(), d) && (!source || !exceeds(own, at_least_1d(*source).shape(), -1));
  if (fits) return;
  const std::string rest = source ? " and to be no larger size than src " + to_string(source->shape()) : "";
  fail(ErrorKind::Runtime, "Expected index ", to_string(index.shape()), " to be no larger than self ",
       to_string(x.shape()), " apart from dimension ", d, rest);
}

/// y[…index…] = or += source, which has the places of the index, or is one value for all.
template <class T, How how>
void scatter_into(const Tensor& y, std::int64_t d, const Tensor& index, const Tensor& source,
                  const Shape& source_strides) {
  T* out = static_cast<T*>(y.raw());
  const T* in = static_cast<const T*>(source.raw());
  const std::int64_t* at_index = index.data<std::int64_t>();
  const std::int64_t stride = stride_along(y, d), size = size_along(y, d);
  Walk<3>(index.shape(), {strides_around(y, d), index.strides(), source_strides})
      .rows([&](auto n, auto& at, auto& step) {
        for (std::int64_t i = 0; i < n; ++i) {
          const std::int64_t value = at_index[at[1] + i * step[1]];
          check_bounds(value, d, size);
          T& element = out[at[0] + i * step[0] + value * stride];
          const T other = in[at[2] + i * step[2]];
          if constexpr (how == How::Replace)
            element = other;
          else if constexpr (std::is_same_v<T, bool>)
            element = element || other;
          else
            element = cast_element<T>(element + other);
        }
      });
}

/// A copy of x, scattered into, without a graph.
Tensor scattered(const Tensor& x, std::int64_t d, const Tensor& index, const Tensor& source, bool one_value, How how) {
  Tensor y = empty(x.shape(), x.dtype());
  copy_into(y, x);
  if (index.numel() == 0) return y;
  const Tensor to = at_least_1d(y), at = at_least_1d(index), from = at_least_1d(source);
  const Shape strides = one_value ? Shape(at.shape().size(), 0) : from.strides();
  if (how == How::Add) {
    dispatch_any(x.dtype(), [&](auto t) { scatter_into<decltype(t), How::Add>(to, d, at, from, strides); });
    return y;
  }
  dispatch_size(x.dtype(), [&](auto t) { scatter_into<decltype(t), How::Replace>(to, d, at, from, strides); });
  return y;
}

/// The gradient of a source of this shape, of which the places of the index were read.
Tensor source_grad(const Context& c, std::int64_t d, const Tensor& index) {
  Tensor g = gather(c.grad(), d, index);
  const Shape& shape = c.node.inputs[1].shape;
  if (g.shape() == shape) return g;
  if (index.numel() == 0) return zeros(shape, g.dtype());
  Shape padding;
  for (std::size_t k = shape.size(); k-- > 0;) {
    padding.push_back(0);
    padding.push_back(shape[k] - g.shape()[k]);
  }
  return pad(g, padding, 0);
}

} // namespace

Tensor scatter(const Tensor& x, std::int64_t dim, const Tensor& index, const Operand& source) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const bool one_value = source->is_wrapped_number();
  check_scatter(x, d, index, one_value ? nullptr : &source.tensor);
  const Tensor from = one_value ? to(source, x.dtype()) : source.tensor;
  Tensor y = scattered(x, d, index, from, one_value, How::Replace);
  if (one_value)
    return record("ScatterBackward1", {x}, y, {index},
                  [d](const Context& c) { return Grads{scatter(c.grad(), d, c.saved(0), Operand(0))}; });
  return record("ScatterBackward0", {x, from}, y, {index}, [d](const Context& c) {
    const Tensor at = c.saved(0);
    return Grads{c.needs(0) ? scatter(c.grad(), d, at, Operand(0)) : Tensor(),
                 c.needs(1) ? source_grad(c, d, at) : Tensor()};
  });
}

Tensor scatter_add(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check_scatter(x, d, index, &source);
  Tensor y = scattered(x, d, index, source, false, How::Add);
  return record("ScatterAddBackward0", {x, source}, y, {index}, [d](const Context& c) {
    return Grads{c.grad(), c.needs(1) ? source_grad(c, d, c.saved(0)) : Tensor()};
  });
}

} // namespace unroll::ops
