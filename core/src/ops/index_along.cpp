#include "kernels/copy_row.h"
#include "ops/selection.h"
#include "ops/view.h"
#include "tensor/geometry.h"
#include "unroll/ops.h"

// Whole slices by number: index_select, index_add, embedding.

namespace unroll::ops {

namespace {

constexpr const char* out_of_range = "index out of range in self";

/// A zero-dim index as one of one dim, without a graph.
Tensor as_vector(const Tensor& index) {
  NoGrad guard;
  return index.dim() == 0 ? reshape(index, {1}) : index;
}

} // namespace

Tensor index_select(const Tensor& x, std::int64_t dim, const Tensor& index) {
  if (index.dtype() == DType::Int32) return index_select(x, dim, to(index, DType::Int64));
  const std::int64_t d = wrap_dim(dim, x.dim());
  if (index.dim() > 1) fail(ErrorKind::Index, "index_select(): Index is supposed to be a vector");
  check(index.dtype() == DType::Int64, "index_select(): Expected dtype int32 or int64 for index");
  check(x.dim() > 0 || index.numel() == 1, "index_select(): Index to scalar can have only 1 value, got ", index.numel(),
        " value(s)");
  const Tensor at = as_vector(index);
  Tensor y = pick(x, Selection::along(x, d, at, out_of_range));
  if (x.dim() == 0) reshape_own(y, {});
  return record("IndexSelectBackward0", {x}, y, {at}, [d](const Context& c) {
    const Tensor nothing = zeros(c.node.inputs[0].shape, c.grad().dtype());
    return Grads{index_add(nothing, d, c.saved(0), c.grad(), 1)};
  });
}

namespace {

void check_index_add(const Tensor& x, std::int64_t d, const Tensor& index, const Tensor& source) {
  if (index.dim() > 1)
    fail(ErrorKind::Index, "index_add_(): Index is supposed to be a vector, but got dim: ", index.dim(),
         " with type: ", scalar_name(index.dtype()), " and size: ", to_string(index.shape()));
  check(index.dtype() == DType::Int64,
        "index_add_(): Expected dtype int32/int64 for index but got: ", scalar_name(index.dtype()));
  check(x.dtype() == source.dtype(), "index_add_(): self (", scalar_name(x.dtype()), ") and source (",
        scalar_name(source.dtype()), ") must have the same scalar type");
  const std::int64_t slices = source.dim() == 0 ? 1 : source.size(d);
  check(index.numel() == slices, "index_add_(): Number of indices (", index.numel(),
        ") should be equal to source.size(dim): (", slices, "), for dim: ", d);
  bool fits = x.dim() == source.dim();
  for (std::int64_t k = 0; fits && k < x.dim(); ++k) fits = k == d || x.shape()[k] == source.shape()[k];
  if (!fits)
    fail(ErrorKind::Runtime,
         "source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ",
         to_string(x.shape()), " source.shape = ", to_string(source.shape()));
}

} // namespace

Tensor index_add(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source, double alpha) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const Tensor places = index.dtype() == DType::Int32 ? to(index, DType::Int64) : index;
  check_index_add(x, d, places, source);
  const Tensor at = as_vector(places);
  // PyTorch has two ways, each with its words for an index that is out of range.
  const bool scatters = x.dim() > 1 && (d == 0 || d == x.dim() - 1) && alpha == 1 && index.dtype() == DType::Int64;
  Tensor y = empty(x.shape(), x.dtype());
  copy_into(y, x);
  const Tensor values = [&] {
    NoGrad guard;
    return x.dim() == 0 ? reshape(source, {1}) : source;
  }();
  put_add(y, Selection::along(y, d, at, scatters ? nullptr : out_of_range), values, alpha);
  return record("IndexAddBackward0", {x, source}, y, {at}, [d, alpha](const Context& c) {
    Grads grads{c.grad(), Tensor()};
    if (!c.needs(1)) return grads;
    grads[1] = index_select(c.grad(), d, c.saved(0));
    if (alpha != 1) grads[1] = mul(grads[1], alpha);
    return grads;
  });
}

namespace {

template <class T>
void add_row(simd::Index n, T* __restrict sum, const T* __restrict row) {
  for (simd::Index k = 0; k < n; ++k) sum[k] += row[k];
}

/// Zeros (rows, E) with each row of g (*, E) added at its index: the gradient of embedding in one pass.
Tensor embedding_backward(const Tensor& g, const Tensor& indices, std::int64_t rows, std::int64_t padding_idx) {
  const std::int64_t width = g.shape().back();
  Tensor y = zeros({rows, width}, g.dtype());
  {
    NoGrad guard;
    const Tensor from = contiguous(g), at = contiguous(indices);
    const std::int64_t* index = at.data<std::int64_t>();
    dispatch_numeric(g.dtype(), "embedding_backward", [&](auto t) {
      using T = decltype(t);
      T* sums = y.data<T>();
      const T* added = from.data<T>();
      for (std::int64_t i = 0; i < at.numel(); ++i) {
        if (index[i] == padding_idx) continue;
        add_row(static_cast<simd::Index>(width), sums + index[i] * width, added + i * width);
      }
    });
  }
  return record("EmbeddingDenseBackward0", {g}, y, {indices}, [padding_idx](const Context& c) {
    const Tensor at = c.saved(0);
    Tensor back = embedding(c.grad(), at, -1);
    if (padding_idx >= 0) back = mul(back, to(unsqueeze(ne(at, padding_idx), -1), back.dtype()));
    return Grads{back};
  });
}

void check_embedding(const Tensor& weight, const Tensor& indices) {
  check(weight.dim() == 2, "'weight' must be 2-D");
  check(indices.dtype() == DType::Int64,
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got ",
        indices.dtype() == DType::Bool ? "CPUBoolType" : tensor_type_name(indices.dtype()),
        " instead (while checking arguments for embedding)");
}

} // namespace

Tensor embedding(const Tensor& weight, const Tensor& indices, std::int64_t padding_idx) {
  if (indices.dtype() == DType::Int32) return embedding(weight, to(indices, DType::Int64), padding_idx);
  check_embedding(weight, indices);
  const std::int64_t rows = weight.shape()[0], width = weight.shape()[1];
  Shape shape = indices.shape();
  shape.push_back(width);
  Tensor y = empty(shape, weight.dtype());
  {
    NoGrad guard;
    const Tensor table = contiguous(weight), at = contiguous(indices);
    const std::size_t bytes = static_cast<std::size_t>(width * size_of(weight.dtype()));
    const std::int64_t* index = at.data<std::int64_t>();
    for (std::int64_t i = 0; i < at.numel(); ++i) {
      if (index[i] < 0 || index[i] >= rows) [[unlikely]]
        fail(ErrorKind::Index, out_of_range);
      copy_row(address(y, i * width), address(table, index[i] * width), bytes);
    }
  }
  return record("EmbeddingBackward0", {weight}, y, {indices}, [padding_idx](const Context& c) {
    return Grads{embedding_backward(c.grad(), c.saved(0), c.node.inputs[0].shape[0], padding_idx)};
  });
}

} // namespace unroll::ops
