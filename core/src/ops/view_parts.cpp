#include <algorithm>

#include "kernels/walk.h"
#include "ops/view.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Views of a part of x.

namespace unroll::ops {

namespace {

Shape without_dim(const Shape& list, std::int64_t d) {
  Shape rest;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (static_cast<std::int64_t>(i) != d) rest.push_back(list[i]);
  return rest;
}

/// x[:, …, index], index and d in range.
Tensor picked(const Tensor& x, std::int64_t d, std::int64_t index, const char* name = "SelectBackward0") {
  return view_of(x, without_dim(x.shape(), d), without_dim(x.strides(), d), x.offset() + index * x.strides()[d], name,
                 [d, index](const Context& c) {
                   return Grads{embed(c.grad(), c.node.inputs[0].shape, "SelectBackwardBackward0",
                                      [d, index](const Tensor& whole) { return picked(whole, d, index); })};
                 });
}

/// `length` elements of dim d from `start` on, `step` apart, all in range.
Tensor part(const Tensor& x, std::int64_t d, std::int64_t start, std::int64_t length, std::int64_t step,
            const char* name = "SliceBackward0") {
  Shape shape = x.shape(), strides = x.strides();
  const std::int64_t offset = x.offset() + start * strides[d];
  shape[d] = length;
  strides[d] = saturated_mul(strides[d], step);
  return view_of(x, shape, strides, offset, name, [=](const Context& c) {
    return Grads{embed(c.grad(), c.node.inputs[0].shape, "SliceBackwardBackward0",
                       [=](const Tensor& whole) { return part(whole, d, start, length, step); })};
  });
}

} // namespace

Tensor select(const Tensor& x, std::int64_t dim, std::int64_t index) {
  if (x.dim() == 0)
    fail(ErrorKind::Index,
         "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a "
         "0-dim tensor to a number");
  const std::int64_t d = wrap_dim(dim, x.dim()), size = x.shape()[d];
  if (index < -size || index >= size)
    fail(ErrorKind::Index, "index ", index, " is out of bounds for dimension ", d, " with size ", size);
  return picked(x, d, index < 0 ? index + size : index);
}

Tensor slice(const Tensor& x, std::int64_t dim, std::optional<std::int64_t> start, std::optional<std::int64_t> stop,
             std::int64_t step) {
  if (x.dim() == 0) fail(ErrorKind::Index, "slice() cannot be applied to a 0-dim tensor.");
  const std::int64_t d = wrap_dim(dim, x.dim()), size = x.shape()[d];
  check(step > 0, "slice step must be positive");
  const auto clip = [size](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size); };
  const std::int64_t first = start ? clip(*start) : 0, last = std::max(stop ? clip(*stop) : size, first);
  // Wraps around as PyTorch's does: a view of a negative length is refused.
  const auto room = static_cast<std::uint64_t>(last - first) + static_cast<std::uint64_t>(step - 1);
  return part(x, d, first, static_cast<std::int64_t>(room) / step, step);
}

Tensor narrow(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length) {
  check(x.dim() > 0, "narrow() cannot be applied to a 0-dim tensor.");
  check(length >= 0, "narrow(): length must be non-negative.");
  const std::int64_t d = wrap_dim(dim, x.dim()), size = x.shape()[d];
  if (start < -size || start > size)
    fail(ErrorKind::Index, "start out of range (expected to be in range of [", -size, ", ", size, "], but got ", start,
         ")");
  const std::int64_t first = start < 0 ? start + size : start;
  check(first <= size - length, "start (", first, ") + length (", length, ") exceeds dimension size (", size, ").");
  return part(x, d, first, length, 1);
}

Tensor diagonal(const Tensor& x, std::int64_t offset, std::int64_t dim1, std::int64_t dim2) {
  const std::int64_t a = wrap_dim(dim1, x.dim()), b = wrap_dim(dim2, x.dim());
  check(a != b, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const std::int64_t length =
      offset >= 0 ? std::min(x.shape()[a], x.shape()[b] - offset) : std::min(x.shape()[a] + offset, x.shape()[b]);
  const std::int64_t step = saturated_add(x.strides()[a], x.strides()[b]);
  const std::int64_t start = length <= 0 ? 0 : offset >= 0 ? offset * x.strides()[b] : -offset * x.strides()[a];
  Shape shape = without_dim(without_dim(x.shape(), std::max(a, b)), std::min(a, b));
  Shape strides = without_dim(without_dim(x.strides(), std::max(a, b)), std::min(a, b));
  shape.push_back(std::max<std::int64_t>(length, 0));
  strides.push_back(step);
  return view_of(x, shape, strides, x.offset() + start, "DiagonalBackward0", [=](const Context& c) {
    return Grads{embed(c.grad(), c.node.inputs[0].shape, "DiagonalBackwardBackward0",
                       [=](const Tensor& whole) { return diagonal(whole, offset, a, b); })};
  });
}

namespace {

/// Gradient of unfold: each window's gradient added where it came from.
Tensor unfold_backward(const Tensor& g, const Shape& shape, std::int64_t d, std::int64_t size, std::int64_t step) {
  Tensor whole = zeros(shape, g.dtype());
  NoGrad guard;
  Tensor windows = unfold(whole, d, size, step);
  dispatch_floating(g.dtype(), "unfold_backward", [&](auto t) {
    using T = decltype(t);
    T* sum = windows.data<T>();
    const T* value = g.data<T>();
    Walk<2>(g.shape(), {windows.strides(), g.strides()}).rows([&](auto n, auto& at, auto& by) {
      for (std::int64_t i = 0; i < n; ++i) sum[at[0] + i * by[0]] += value[at[1] + i * by[1]];
    });
  });
  return whole;
}

Tensor recorded_unfold_backward(const Tensor& g, const Shape& shape, std::int64_t d, std::int64_t size,
                                std::int64_t step) {
  return record("UnfoldBackwardBackward0", {g}, unfold_backward(g, shape, d, size, step), {},
                [=](const Context& c) { return Grads{unfold(c.grad(), d, size, step)}; });
}

} // namespace

Tensor unfold(const Tensor& x, std::int64_t dimension, std::int64_t size, std::int64_t step) {
  const std::int64_t d = wrap_dim(dimension, x.dim());
  const std::int64_t length = x.dim() == 0 ? 1 : x.shape()[d];
  check(size >= 0, "size is ", size, " but must be >= 0");
  check(size <= length, "maximum size for tensor at dimension ", d, " is ", length, " but size is ", size);
  check(step > 0, "step is ", step, " but must be > 0");
  Shape shape = x.shape(), strides = x.strides();
  const std::int64_t stride = x.dim() == 0 ? 1 : strides[d];
  if (x.dim() > 0) {
    shape[d] = (length - size) / step + 1;
    strides[d] = saturated_mul(stride, step);
  }
  shape.push_back(size);
  strides.push_back(stride);
  return view_of(x, shape, strides, x.offset(), "UnfoldBackward0", [=](const Context& c) {
    return Grads{recorded_unfold_backward(c.grad(), c.node.inputs[0].shape, d, size, step)};
  });
}

Tensors split(const Tensor& x, const Shape& sizes, std::int64_t dim) {
  check(x.dim() > 0, "split expects at least a 1-dimensional tensor");
  const std::int64_t d = wrap_dim(dim, x.dim()), size = x.shape()[d];
  std::int64_t total = 0;
  bool even = true;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] < 0)
      fail(ErrorKind::Runtime,
           "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=",
           to_string(sizes));
    total = saturated_add(total, sizes[i]);
    even = even && (sizes[i] == sizes[0] || (i + 1 == sizes.size() && sizes[i] < sizes[0]));
  }
  if (total != size)
    fail(ErrorKind::Runtime, "split_with_sizes expects split_sizes to sum exactly to ", size,
         " (input tensor's size at dimension ", d, "), but got split_sizes=", to_string(sizes));
  Tensors parts;
  parts.reserve(sizes.size());
  std::int64_t start = 0;
  for (std::int64_t length : sizes) {
    // PyTorch splits into equal parts by another function, whose name the results show.
    parts.push_back(part(x, d, start, length, 1, even ? "SplitBackward0" : "SplitWithSizesBackward0"));
    start += length;
  }
  return parts;
}

Tensors chunk(const Tensor& x, std::int64_t chunks, std::int64_t dim) {
  check(x.dim() > 0, "chunk expects at least a 1-dimensional tensor");
  check(chunks > 0, "chunk expects `chunks` to be greater than 0, got: ", chunks);
  const std::int64_t size = x.shape()[wrap_dim(dim, x.dim())];
  if (size == 0) return split(x, Shape(buffer_size<std::int64_t>(chunks), 0), dim);
  const std::int64_t length = ceil_div(size, chunks);
  Shape sizes;
  for (std::int64_t start = 0; start < size; start += length) sizes.push_back(std::min(length, size - start));
  return split(x, sizes, dim);
}

Tensors unbind(const Tensor& x, std::int64_t dim) {
  const std::int64_t d = wrap_dim(dim, x.dim()), size = x.size(dim);
  Tensors parts;
  parts.reserve(buffer_size<Tensor>(size));
  for (std::int64_t i = 0; i < size; ++i) parts.push_back(picked(x, d, i, "UnbindBackward0"));
  return parts;
}

} // namespace unroll::ops
