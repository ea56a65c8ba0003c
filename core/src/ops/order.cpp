#include "unroll/ops/order.h"

#include <algorithm>

#include "kernels/lines.h"
#include "ops/operand.h"
#include "unroll/sizes.h"

// Order statistics: each line is sorted with its indices, and a rule picks one.

namespace unroll::ops {

namespace {

template <class Key>
struct Entry {
  Key key;
  std::int64_t index;
};

template <class Key>
bool is_nan(Key key) {
  return key != key;
}

/// (values, indices) of the entry whose place rule(sorted entries) gives, for each line; NaN sorts last.
template <class Rule>
Pair choose(const char* name, const Tensor& x, std::int64_t d, bool keepdim, Rule rule) {
  Shape kept = x.shape();
  if (!kept.empty()) kept[d] = 1;
  Tensor indices = empty(kept, DType::Int64);
  const Tensor in = dense(x);
  const Lines lines(x.shape(), d);
  dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    using Key = std::conditional_t<std::is_integral_v<T>, std::int64_t, double>;
    const T* px = in.data<T>();
    std::int64_t* pi = indices.data<std::int64_t>();
    std::vector<Entry<Key>> entries(buffer_size<Entry<Key>>(lines.n));
    lines.each([&](std::int64_t number, std::int64_t at) {
      for (std::int64_t i = 0; i < lines.n; ++i) entries[i] = {static_cast<Key>(px[at + i * lines.step]), i};
      std::stable_sort(entries.begin(), entries.end(),
                       [](const auto& a, const auto& b) { return a.key < b.key || (is_nan(b.key) && !is_nan(a.key)); });
      pi[number] = entries[rule(entries)].index;
    });
  });
  Tensor values, picked;
  {
    NoGrad guard;
    values = gather(x, d, indices);
    picked = indices;
    if (!keepdim && x.dim() > 0) {
      values = contiguous(squeeze(values, Shape{d}));
      picked = squeeze(indices, Shape{d});
    }
  }
  if (!needs_grad({x})) return {values, picked};
  record_many(name, {x}, {values, picked}, {indices}, [d, keepdim](const Context& c) {
    const Shape& shape = c.node.inputs[0].shape;
    const Tensor g = keepdim || shape.empty() ? c.grad() : unsqueeze(c.grad(), d);
    return Grads{scatter(zeros(shape, g.dtype()), d, c.saved(0), g)};
  });
  return {values, picked};
}

/// The dim, wrapped; throws PyTorch's error where it has no elements.
std::int64_t filled_dim(const char* name, const Tensor& x, std::int64_t dim) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  if (x.dim() > 0 && x.shape()[d] == 0)
    fail(ErrorKind::Index, name, "(): Expected reduction dim ", d, " to have non-zero size.");
  return d;
}

template <class Entries>
std::size_t nan_count(const Entries& entries) {
  return static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [](const auto& e) { return is_nan(e.key); }));
}

} // namespace

Pair kthvalue(const Tensor& x, std::int64_t k, std::int64_t dim, bool keepdim) {
  const std::int64_t d = filled_dim("kthvalue", x, dim);
  check(k >= 1 && k <= (x.dim() == 0 ? 1 : x.shape()[d]), "kthvalue(): selected number k out of range for dimension ",
        d);
  return choose("KthvalueBackward0", x, d, keepdim, [k](const auto&) { return static_cast<std::size_t>(k - 1); });
}

Pair median(const Tensor& x, std::int64_t dim, bool keepdim) {
  return choose("MedianBackward1", x, filled_dim("median", x, dim), keepdim, [](const auto& entries) {
    const std::size_t nans = nan_count(entries);
    return nans ? entries.size() - nans : (entries.size() - 1) / 2;
  });
}

Pair nanmedian(const Tensor& x, std::int64_t dim, bool keepdim) {
  return choose("NanmedianBackward1", x, filled_dim("nanmedian", x, dim), keepdim, [](const auto& entries) {
    const std::size_t count = entries.size() - nan_count(entries);
    return count ? (count - 1) / 2 : 0;
  });
}

Pair mode(const Tensor& x, std::int64_t dim, bool keepdim) {
  return choose("ModeBackward0", x, filled_dim("mode", x, dim), keepdim, [](const auto& entries) {
    std::size_t best = 0, longest = 0;
    for (std::size_t i = 0, start = 0; i < entries.size(); ++i) {
      if (entries[i].key != entries[start].key) start = i;
      if (i - start + 1 > longest) {
        longest = i - start + 1;
        best = i;
      }
    }
    return best;
  });
}

Tensor searchsorted(const Tensor& sorted, const Tensor& values, bool right) {
  const bool shared = sorted.dim() == 1;
  const std::int64_t n = sorted.dim() ? sorted.shape().back() : 1;
  const DType dtype = result_type(sorted, values);
  const Tensor bounds = dense(cast(sorted, dtype)), wanted = dense(cast(values, dtype));
  Tensor y = empty(values.shape(), DType::Int64);
  const std::int64_t row = shared || values.dim() == 0 ? std::max<std::int64_t>(values.numel(), 1)
                                                       : std::max<std::int64_t>(values.shape().back(), 1);
  dispatch(dtype, [&](auto t) {
    using T = decltype(t);
    const T *pb = bounds.data<T>(), *pw = wanted.data<T>();
    std::int64_t* py = y.data<std::int64_t>();
    // NaN counts as larger than every number.
    const auto before = [](T a, T b) { return a < b || (b != b && a == a); };
    for (std::int64_t i = 0; i < values.numel(); ++i) {
      const T* first = pb + (shared ? 0 : i / row * n);
      const T* found =
          right ? std::upper_bound(first, first + n, pw[i], before) : std::lower_bound(first, first + n, pw[i], before);
      py[i] = found - first;
    }
  });
  return y;
}

} // namespace unroll::ops
