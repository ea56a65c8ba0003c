#include "ops/view.h"

#include <algorithm>

#include "kernels/walk.h"
#include "tensor/geometry.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Views that change the shape and keep the order of the elements, and expand and as_strided.

namespace unroll {

Grads reshape_backward(const Context& c) { return {ops::reshape(c.grad(), c.node.inputs[0].shape)}; }

namespace {

/// The list of sizes as PyTorch prints it in this one message: '[2, -1]'.
[[noreturn]] void fail_invalid(const Shape& shape, std::int64_t count) {
  fail(ErrorKind::Runtime, "shape '", to_string(shape), "' is invalid for input of size ", count);
}

} // namespace

Shape infer_shape(const Shape& shape, std::int64_t count) {
  // Wraps around as PyTorch's does; numel tells at the end.
  std::uint64_t product = 1;
  std::ptrdiff_t unknown = -1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] == -1) {
      check(unknown < 0, "only one dimension can be inferred");
      unknown = static_cast<std::ptrdiff_t>(d);
    } else {
      check(shape[d] >= 0, "invalid shape dimension ", shape[d]);
      product *= static_cast<std::uint64_t>(shape[d]);
    }
  }
  const auto known = static_cast<std::int64_t>(product);
  Shape result = shape;
  if (unknown < 0) {
    if (known != count) fail_invalid(shape, count);
  } else {
    if (known == 0) {
      if (count != 0) fail_invalid(shape, count);
      fail(ErrorKind::Runtime, "cannot reshape tensor of 0 elements into shape ", to_string(shape),
           " because the unspecified dimension size -1 can be any value and is ambiguous");
    }
    if (count % known != 0) fail_invalid(shape, count);
    result[static_cast<std::size_t>(unknown)] = count / known;
  }
  numel(result);
  return result;
}

std::optional<Shape> strides_for_view(const Tensor& x, const Shape& shape) {
  const Shape &old_shape = x.shape(), &old_strides = x.strides();
  if (old_shape.empty()) return Shape(shape.size(), 1);
  if (x.numel() == 0) return old_shape == shape ? old_strides : contiguous_strides(shape);
  // x falls into runs of dims that lie in one even chain in memory. Each run must be covered by whole new dims.
  Shape strides(shape.size());
  std::size_t next = shape.size();
  std::int64_t run = 1;
  std::int64_t step = old_strides.back();
  for (std::size_t d = old_shape.size(); d-- > 0;) {
    run *= old_shape[d];
    const bool goes_on = d > 0 && (old_shape[d - 1] == 1 || old_strides[d - 1] == run * step);
    if (goes_on) continue;
    std::int64_t covered = 1;
    while (next > 0 && (covered < run || shape[next - 1] == 1)) {
      --next;
      strides[next] = covered * step;
      covered *= shape[next];
    }
    if (covered != run) return std::nullopt;
    if (d > 0) step = old_strides[d - 1];
    run = 1;
  }
  if (next != 0) return std::nullopt;
  return strides;
}

std::pair<Shape, Shape> expanded(const Tensor& x, const Shape& shape) {
  const std::size_t dims = x.shape().size();
  if (shape.size() < dims)
    fail(ErrorKind::Runtime, "expand(", tensor_type_name(x.dtype()), "{", to_string(x.shape()),
         "}, size=", to_string(shape), "): the number of sizes provided (", shape.size(),
         ") must be greater or equal to the number of dimensions in the tensor (", dims, ")");
  const std::size_t lead = shape.size() - dims;
  Shape sizes = shape, strides(shape.size(), 0);
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d < lead) {
      check(shape[d] >= 0, "The expanded size of the tensor (", shape[d],
            ") isn't allowed in a leading, non-existing dimension ", d);
      continue;
    }
    const std::int64_t size = x.shape()[d - lead];
    if (shape[d] == -1) sizes[d] = size;
    if (sizes[d] != size && (size != 1 || sizes[d] < 0))
      fail(ErrorKind::Runtime, "The expanded size of the tensor (", shape[d], ") must match the existing size (", size,
           ") at non-singleton dimension ", d, ".  Target sizes: ", to_string(shape),
           ".  Tensor sizes: ", to_string(x.shape()));
    strides[d] = sizes[d] == size ? x.strides()[d - lead] : 0;
  }
  // A new dim of one element gets the stride that it would have in a row-major tensor.
  for (std::size_t d = dims == 0 ? 0 : lead; d-- > 0;)
    if (sizes[d] == 1) strides[d] = saturated_mul(sizes[d + 1], strides[d + 1]);
  return {sizes, strides};
}

namespace ops {

namespace {

Tensor view_named(const Tensor& x, const Shape& shape, const Shape& strides, const char* name) {
  return view_of(x, shape, strides, x.offset(), name, reshape_backward);
}

} // namespace

Tensor view(const Tensor& x, const Shape& shape) {
  const Shape sizes = infer_shape(shape, x.numel());
  const auto strides = strides_for_view(x, sizes);
  check(strides.has_value(),
        "view size is not compatible with input tensor's size and stride (at least one dimension "
        "spans across two contiguous "
        "subspaces). Use .reshape(...) instead.");
  return view_named(x, sizes, *strides, "ViewBackward0");
}

Tensor reshape(const Tensor& x, const Shape& shape) {
  const Shape sizes = infer_shape(shape, x.numel());
  if (const auto strides = strides_for_view(x, sizes)) return view_named(x, sizes, *strides, "ViewBackward0");
  Tensor y = empty(sizes, x.dtype());
  copy_elements(x.shape(), y.dtype(), y.raw(), contiguous_strides(x.shape()), x.dtype(), x.raw(), x.strides());
  return record("UnsafeViewBackward0", {x}, y, {}, reshape_backward);
}

Tensor flatten(const Tensor& x, std::int64_t start_dim, std::int64_t end_dim) {
  const std::int64_t first = wrap_dim(start_dim, x.dim()), last = wrap_dim(end_dim, x.dim());
  check(first <= last, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (x.dim() == 0) return reshape(x, {1});
  if (first == last) return x;
  Shape shape;
  for (std::int64_t d = 0; d < x.dim(); ++d) {
    if (d > first && d <= last)
      shape.back() = checked_mul(shape.back(), x.shape()[d]);
    else
      shape.push_back(x.shape()[d]);
  }
  return reshape(x, shape);
}

Tensor unflatten(const Tensor& x, std::int64_t dim, const Shape& sizes) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check(!sizes.empty(), "unflatten: sizes must be non-empty");
  const std::int64_t size = x.size(d);
  std::int64_t known = 1, unknown = 0;
  for (std::int64_t s : sizes)
    if (s == -1)
      ++unknown;
    else if (!product_fits(known, s, known))
      fail(ErrorKind::Runtime, "numel: integer multiplication overflow");
  check(unknown < 2, "only one dimension can be inferred");
  const bool fits = unknown == 0 ? known == size : known > 0 && size % known == 0;
  if (!fits)
    fail(ErrorKind::Runtime, "unflatten: Provided sizes ", to_string(sizes), " don't multiply up to the size of dim ",
         d, " (", size, ") in the input tensor");
  Shape shape(x.shape().begin(), x.shape().begin() + d);
  for (std::int64_t s : sizes) shape.push_back(s == -1 ? size / known : s);
  for (std::int64_t after = d + 1; after < x.dim(); ++after) shape.push_back(x.shape()[after]);
  return view(x, shape);
}

Tensor expand(const Tensor& x, const Shape& shape) {
  auto [sizes, strides] = expanded(x, shape);
  // The engine sums the gradient back over the expanded dims.
  return view_of(x, sizes, strides, x.offset(), "ExpandBackward0", [](const Context& c) { return Grads{c.grad()}; });
}

namespace {

/// Adds g to a flat buffer of `size` zeros where `to` looks, and reads the result where `from` looks: the gradient from
/// one look at some memory to another.
Tensor reread(const Tensor& g, const Geometry& to, const Geometry& from) {
  const std::int64_t size = std::max<std::int64_t>({end_of(to), end_of(from), 1});
  Tensor buffer = zeros({size}, g.dtype()), y = empty(from.shape, g.dtype());
  dispatch_floating(g.dtype(), "as_strided_backward", [&](auto t) {
    using T = decltype(t);
    T* sum = buffer.data<T>() + to.offset;
    const T* value = g.data<T>();
    Walk<2>(to.shape, {to.strides, g.strides()}).rows([&](auto n, auto& at, auto& step) {
      for (std::int64_t i = 0; i < n; ++i) sum[at[0] + i * step[0]] += value[at[1] + i * step[1]];
    });
  });
  copy_elements(from.shape, y.dtype(), y.raw(), y.strides(), buffer.dtype(), address(buffer, from.offset),
                from.strides);
  return record("AsStridedBackwardBackward0", {g}, y, {},
                [to, from](const Context& c) { return Grads{reread(c.grad(), from, to)}; });
}

} // namespace

Tensor as_strided(const Tensor& x, const Shape& shape, const Shape& strides, std::int64_t offset) {
  check(shape.size() == strides.size(), "mismatch in length of strides and shape");
  for (std::int64_t stride : strides)
    if (stride < 0)
      fail(ErrorKind::Runtime,
           "as_strided: Negative strides are not supported at the moment, got strides: ", to_string(strides));
  return view_of(x, shape, strides, offset, "AsStridedBackward0",
                 [part = Geometry{shape, strides, offset}, whole = geometry_of(x)](const Context& c) {
                   return Grads{reread(c.grad(), part, whole)};
                 });
}

} // namespace ops
} // namespace unroll
