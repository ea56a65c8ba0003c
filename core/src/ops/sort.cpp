#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/select_first.h"
#include "kernels/walk.h"
#include "ops/view.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Ordering along one dim: sort, argsort, topk. NaN counts as the largest value.

namespace unroll::ops {

namespace {

template <class Key>
struct Entry {
  Key key;
  std::int64_t index;
};

/// Whether a comes before b, both ways; equal keys are left to the caller.
template <class Key>
bool before(Key a, Key b, bool descending) {
  if (descending) std::swap(a, b);
  if constexpr (std::is_floating_point_v<Key>) return a < b || (std::isnan(b) && !std::isnan(a));
  return a < b;
}

/// Calls order(entries) for each line of x along d and writes the first `keep` of what it leaves into values and
/// indices.
template <class T, class Key, class Order>
void each_line(const Tensor& x, std::int64_t d, std::int64_t keep, const Tensor& values, const Tensor& indices,
               Order order) {
  const bool scalar = x.dim() == 0;
  const std::int64_t size = scalar ? 1 : x.shape()[d], step = scalar ? 0 : x.strides()[d];
  const std::int64_t out_step = scalar ? 0 : values.strides()[d];
  Shape lines = x.shape();
  if (!scalar) lines[d] = 1;
  const T* in = x.data<T>();
  T* out = values.data<T>();
  std::int64_t* at_index = indices.data<std::int64_t>();
  std::vector<Entry<Key>> entries(buffer_size<Entry<Key>>(size));
  Walk<2>(lines, {values.strides(), x.strides()}).rows([&](auto n, auto& at, auto& by) {
    for (std::int64_t line = 0; line < n; ++line) {
      const T* from = in + at[1] + line * by[1];
      for (std::int64_t i = 0; i < size; ++i) entries[i] = {static_cast<Key>(from[i * step]), i};
      order(entries);
      const std::int64_t to = at[0] + line * by[0];
      for (std::int64_t i = 0; i < keep; ++i) {
        out[to + i * out_step] = from[entries[i].index * step];
        at_index[to + i * out_step] = entries[i].index;
      }
    }
  });
}

/// each_line with keys that order as x's elements do: double for the floating types, int64 for the others.
template <class Order>
void each_line(const Tensor& x, std::int64_t d, std::int64_t keep, const Tensor& values, const Tensor& indices,
               Order order) {
  if (x.numel() == 0) return;
  dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    using Key = std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>;
    each_line<T, Key>(x, d, keep, values, indices, order);
  });
}

/// Values that were chosen along d get their gradient back where they came from.
Pair record_chosen(const char* name, const Tensor& x, std::int64_t d, const Tensor& values, const Tensor& indices) {
  if (!needs_grad({x})) return {values, indices};
  record_many(name, {x}, {values, indices}, {detach(indices)}, [d](const Context& c) {
    return Grads{scatter(zeros(c.node.inputs[0].shape, c.grad().dtype()), d, c.saved(0), c.grad())};
  });
  return {values, indices};
}

} // namespace

Pair sort(const Tensor& x, std::int64_t dim, bool descending, bool stable) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  Tensor values = empty(x.shape(), x.dtype()), indices = empty(x.shape(), DType::Int64);
  each_line(x, d, x.dim() == 0 ? 1 : x.shape()[d], values, indices, [descending](auto& entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [descending](const auto& a, const auto& b) { return before(a.key, b.key, descending); });
  });
  return record_chosen(stable ? "SortBackward1" : "SortBackward0", x, d, values, indices);
}

Tensor argsort(const Tensor& x, std::int64_t dim, bool descending, bool stable) {
  NoGrad guard;
  return std::get<1>(sort(x, dim, descending, stable));
}

Pair topk(const Tensor& x, std::int64_t k, std::int64_t dim, bool largest, bool sorted) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const std::int64_t size = x.dim() == 0 ? 1 : x.shape()[d];
  check(k >= 0 && k <= size, "selected index k out of range");
  check(x.dtype() != DType::Bool, "\"topk_cpu\" not implemented for 'Bool'");
  Shape shape = x.shape();
  if (!shape.empty()) shape[d] = k;
  Tensor values = empty(shape, x.dtype()), indices = empty(shape, DType::Int64);
  if (values.numel() > 0)
    each_line(x, d, k, values, indices, [=](auto& entries) {
      const auto comes_before = [largest](const auto& a, const auto& b) { return before(a.key, b.key, largest); };
      SelectFirst(entries, comes_before)(k, sorted);
    });
  return record_chosen("TopkBackward0", x, d, values, indices);
}

} // namespace unroll::ops
