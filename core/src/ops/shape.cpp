#include <algorithm>

#include "kernels/copy.h"
#include "kernels/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Rearrangements that copy: repeat, flip, roll, pad.

namespace unroll::ops {

Tensor repeat(const Tensor& x, const Shape& repeats) {
  check(static_cast<std::int64_t>(repeats.size()) >= x.dim(),
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
  const std::size_t lead = repeats.size() - x.shape().size();
  // Dim d of the result is a pair of dims here: which copy, and where in x.
  Shape shape, pairs, strides, copies;
  for (std::size_t d = 0; d < repeats.size(); ++d) {
    const std::int64_t size = d < lead ? 1 : x.shape()[d - lead];
    shape.push_back(checked_mul(repeats[d], size));
    pairs.push_back(repeats[d]);
    pairs.push_back(size);
    strides.push_back(0);
    strides.push_back(d < lead ? 0 : x.strides()[d - lead]);
    copies.push_back(static_cast<std::int64_t>(2 * d));
  }
  Tensor y = empty(shape, x.dtype());
  copy_elements(pairs, y.dtype(), y.raw(), contiguous_strides(pairs), x.dtype(), x.raw(), strides);
  return record("RepeatBackward0", {x}, y, {}, [pairs, copies](const Context& c) {
    if (copies.empty()) return Grads{c.grad()};
    return Grads{reshape(sum(reshape(c.grad(), pairs), copies, false, std::nullopt), c.node.inputs[0].shape)};
  });
}

Tensor repeat_interleave(const Tensor& x, std::int64_t repeats, std::optional<std::int64_t> dim) {
  check(repeats >= 0, "Repeats must be non-negative");
  const Tensor source = !dim || x.dim() == 0 ? flatten(x, 0, -1) : x;
  const std::int64_t d = dim ? wrap_dim(*dim, source.dim()) : 0;
  Tensor each = unsqueeze(source, d + 1);
  Shape shape = each.shape();
  shape[d + 1] = repeats;
  return flatten(clone(expand(each, shape)), d, d + 1);
}

Tensor flip(const Tensor& x, const Shape& dims) {
  Shape seen(std::max<std::size_t>(x.shape().size(), 1), 0), strides = x.strides();
  std::int64_t start = 0;
  for (std::int64_t dim : dims) {
    const std::int64_t d = wrap_dim(dim, x.dim());
    check(!seen[d], "dim ", d, " appears multiple times in the list of dims");
    seen[d] = 1;
    if (x.dim() == 0) continue;
    start += std::max<std::int64_t>(x.shape()[d] - 1, 0) * x.strides()[d];
    strides[d] = -x.strides()[d];
  }
  Tensor y = empty_strided(x.shape(), preserved_strides(x), x.dtype());
  if (y.numel() > 0) copy_elements(x.shape(), y.dtype(), y.raw(), y.strides(), x.dtype(), address(x, start), strides);
  return record("FlipBackward0", {x}, y, {}, [dims](const Context& c) { return Grads{flip(c.grad(), dims)}; });
}

namespace {

/// x with dim d turned by `shift` places, without a graph.
Tensor rolled(const Tensor& x, std::int64_t shift, std::int64_t d) {
  Tensor y = empty(x.shape(), x.dtype());
  const std::int64_t size = x.shape()[d];
  if (y.numel() == 0) return y;
  const std::int64_t by = shift - floor_div(shift, size) * size;
  const auto move = [&](std::int64_t from, std::int64_t to, std::int64_t length) {
    Shape shape = x.shape();
    shape[d] = length;
    copy_elements(shape, y.dtype(), address(y, to * y.strides()[d]), y.strides(), x.dtype(),
                  address(x, from * x.strides()[d]), x.strides());
  };
  move(0, by, size - by);
  move(size - by, 0, by);
  return y;
}

} // namespace

Tensor roll(const Tensor& x, const Shape& shifts, const Shape& dims) {
  check(!shifts.empty(), "`shifts` required");
  check(shifts.size() == dims.size() || (dims.empty() && shifts.size() == 1),
        "shifts and dimensions must align. shifts: ", shifts.size(), ", dims:", dims.size());
  Tensor y;
  if (dims.empty()) {
    NoGrad guard;
    y = reshape(rolled(reshape(x, {x.numel()}), shifts[0], 0), x.shape());
    // A graph must see fresh memory, not a view of it.
    y = detach(y);
  } else {
    y = x;
    for (std::size_t i = 0; i < dims.size(); ++i) {
      x.size(dims[i]);
      y = rolled(y, shifts[i], wrap_dim(dims[i], x.dim()));
    }
  }
  return record("RollBackward0", {x}, y, {}, [shifts, dims](const Context& c) {
    Shape back = shifts;
    for (auto& shift : back) shift = saturated_mul(shift, -1);
    return Grads{roll(c.grad(), back, dims)};
  });
}

Tensor pad(const Tensor& x, const Shape& pad, double value) {
  check(pad.size() % 2 == 0, "Padding length must be divisible by 2");
  check(static_cast<std::int64_t>(pad.size()) <= 2 * x.dim(),
        "Padding length should be less than or equal to two times the input dimension but got padding length ",
        pad.size(), " and input of dimension ", x.dim());
  const std::size_t padded = pad.size() / 2, first = x.shape().size() - padded;
  // `from` and `to` are where the part of x that is kept begins, in x and in the result.
  Shape shape = x.shape(), kept = x.shape(), from(shape.size(), 0), to(shape.size(), 0);
  bool grows = false;
  for (std::size_t d = first; d < shape.size(); ++d) {
    const std::int64_t left = pad[2 * (shape.size() - 1 - d)], right = pad[2 * (shape.size() - 1 - d) + 1];
    // -2^63 has no negative.
    const std::int64_t lost = saturated_add(std::min<std::int64_t>(left, 0), std::min<std::int64_t>(right, 0));
    kept[d] = saturated_add(kept[d], lost);
    check(kept[d] >= 0, "narrow(): length must be non-negative.");
    std::int64_t added;
    const bool fits = sum_fits(std::max<std::int64_t>(left, 0), std::max<std::int64_t>(right, 0), added) &&
                      sum_fits(kept[d], added, shape[d]);
    if (!fits) shape[d] = -1;
    from[d] = std::max<std::int64_t>(saturated_mul(left, -1), 0);
    to[d] = std::max<std::int64_t>(left, 0);
    grows = grows || left > 0 || right > 0;
  }
  for (std::size_t d = first; grows && d < shape.size(); ++d)
    check(shape[d] > 0, "The input size ", x.shape()[d], ", plus negative padding ", pad[2 * (shape.size() - 1 - d)],
          " and ", pad[2 * (shape.size() - 1 - d) + 1],
          " resulted in a negative output size, which is invalid. Check dimension ", d, " of your input.");
  Tensor y = full(shape, value, x.dtype());
  std::int64_t x_start = 0, y_start = 0;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    x_start += from[d] * x.strides()[d];
    y_start += to[d] * y.strides()[d];
  }
  if (numel(kept) > 0)
    copy_elements(kept, y.dtype(), address(y, y_start), y.strides(), x.dtype(), address(x, x_start), x.strides());
  return record("ConstantPadNdBackward0", {x}, y, {}, [pad](const Context& c) {
    Shape back = pad;
    for (auto& size : back) size = saturated_mul(size, -1);
    return Grads{ops::pad(c.grad(), back, 0)};
  });
}

} // namespace unroll::ops
