#include "kernels/copy.h"
#include "ops/product.h"
#include "ops/view.h"
#include "tensor/geometry.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

// Products that fold or broadcast leading dims: matmul and linear.

namespace unroll::ops {

namespace {

/// x (…, K) as (rows, K): a view where the strides allow it.
Tensor folded(const Tensor& x) {
  if (x.dim() == 2) return x;
  std::int64_t rows = 1;
  for (std::int64_t d = 0; d + 1 < x.dim(); ++d) rows *= x.shape()[d];
  return reshape(x, {rows, x.shape().back()});
}

/// y, which nobody else holds, under another shape. No view of y: what is written to the result in place ends there.
Tensor reshaped_result(const Tensor& y, const Shape& shape, const char* name) {
  Tensor result = detach(y);
  reshape_own(result, shape);
  return record(name, {y}, result, {}, reshape_backward);
}

/// a (…, M, K) · b (…, K, N) over batch dims that broadcast.
Tensor matmul_batched(const Tensor& a, const Tensor& b) {
  const Shape batch =
      broadcast_shapes(Shape(a.shape().begin(), a.shape().end() - 2), Shape(b.shape().begin(), b.shape().end() - 2));
  const std::int64_t count = numel(batch);
  check(a.size(-1) == b.size(-2), "Expected size for first two dimensions of batch2 tensor to be: [", count, ", ",
        a.size(-1), "] but got: [", count, ", ", b.size(-2), "].");
  check(a.dtype() == b.dtype(), "expected scalar type ", scalar_name(a.dtype()), " but found ", scalar_name(b.dtype()));
  Shape shape = batch;
  shape.push_back(a.size(-2));
  shape.push_back(b.size(-1));
  Tensor y = empty(shape, a.dtype());
  multiply(y, a, b, false, "bmm");
  // PyTorch goes through a transposed product here, which its result shows.
  const char* name = a.dim() == 2 && a.requires_grad() ? "CloneBackward0" : "UnsafeViewBackward0";
  return record(name, {a, b}, y, {a, b}, [](const Context& c) {
    return Grads{c.needs(0) ? matmul(c.grad(), transpose(c.saved(1), -1, -2)) : Tensor(),
                 c.needs(1) ? matmul(transpose(c.saved(0), -1, -2), c.grad()) : Tensor()};
  });
}

/// Whether a (…, M, K) · b is one product over all rows of a: where a copy of a would be needed only if b's gradient wants it.
bool folds(const Tensor& a, const Tensor& b) {
  if (a.dim() < 3 || b.dim() > 2) return false;
  if ((b.requires_grad() && grad_enabled()) || a.numel() == 0) return true;
  for (std::int64_t d = 0; d + 2 < a.dim(); ++d)
    if (a.strides()[d] != a.strides()[d + 1] * a.shape()[d + 1]) return false;
  return true;
}

} // namespace

Tensor matmul(const Tensor& a, const Tensor& b) {
  const std::int64_t da = a.dim(), db = b.dim();
  check(da > 0 && db > 0, "both arguments to matmul need to be at least 1D, but they are ", da, "D and ", db, "D");
  if (da == 2 && db == 2) return mm(a, b);
  if (da == 1 && db == 1) return dot(a, b);
  if (da == 2 && db == 1) return mv(a, b);
  if (da == 1 && db == 2) return reshaped_result(mm(unsqueeze(a, 0), b), {b.size(1)}, "SqueezeBackward4");
  if (da > 1 && db > 1 && !folds(a, b)) return matmul_batched(a, b);
  // What is left ends in another shape: the batch dims, then a's rows and b's columns where they have any.
  Shape shape = da == 1 ? b.shape() : a.shape();
  shape.pop_back();
  if (da == 1) shape.pop_back();
  if (db > 1) shape.push_back(b.shape().back());
  const auto product = [&] {
    if (folds(a, b)) return db == 2 ? mm(folded(a), b) : mv(folded(a), b);
    if (db == 1) return matmul_batched(a, unsqueeze(b, 1));
    const Tensor turned = transpose(b, -1, -2);
    return folds(turned, a) ? mv(folded(turned), a) : matmul_batched(unsqueeze(a, 0), b);
  };
  return reshaped_result(product(), shape, "UnsafeViewBackward0");
}

namespace {

/// What PyTorch's linear ends with, which its result shows.
const char* linear_name(const Tensor& x, bool bias) {
  if (x.dim() == 2) return bias ? "AddmmBackward0" : "MmBackward0";
  if (x.dim() == 1) return bias ? "ViewBackward0" : "SqueezeBackward4";
  if (!bias) return "UnsafeViewBackward0";
  return x.is_contiguous() ? "ViewBackward0" : "AddBackward0";
}

void check_linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  check(weight.dim() == 2, "t() expects a tensor with <= 2 dimensions, but self is ", weight.dim(), "D");
  const auto name = [](DType dtype) { return scalar_name(dtype); };
  if (bias.defined()) {
    check(bias.dtype() == weight.dtype(), "self and mat2 must have the same dtype, but got ", name(bias.dtype()),
          " and ", name(weight.dtype()));
    check(x.dtype() == weight.dtype(), "mat1 and mat2 must have the same dtype, but got ", name(x.dtype()), " and ",
          name(weight.dtype()));
  }
}

} // namespace

Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  check(x.dim() > 0 && weight.dim() > 0, "both arguments to linear need to be at least 1D, but they are ", x.dim(),
        "D and ", weight.dim(), "D");
  if (weight.dim() == 1) {
    Tensor y = matmul(x, weight);
    return bias.defined() ? add(y, bias) : y;
  }
  check_linear(x, weight, bias);
  Tensor y, rows;
  {
    NoGrad guard;
    const Tensor columns = t(weight);
    rows = folded(x);
    y = bias.defined() ? addmm(bias, rows, columns) : mm(rows, columns);
  }
  Shape shape = x.shape();
  shape.back() = weight.size(0);
  reshape_own(y, shape);
  // Kept where x had to be copied to be folded: the copy serves again.
  if (rows.storage() == x.storage()) rows = {};
  // All rows of all batches and steps meet in one product for the weight; the engine sums the bias's gradient over
  // them.
  return record(linear_name(x, bias.defined()), {x, weight, bias}, y, {x, weight, rows}, [](const Context& c) {
    Grads grads(3);
    if (c.needs(0)) grads[0] = matmul(c.grad(), c.saved(1));
    if (c.needs(1)) {
      // x is asked for first, for the check of its version; a gradient of this gradient goes through x itself.
      const Tensor x = c.saved(0), copy = grad_enabled() ? Tensor() : c.saved(2);
      grads[1] = mm(t(folded(c.grad())), copy.defined() ? copy : folded(x));
    }
    if (c.needs(2)) grads[2] = c.grad();
    return grads;
  });
}

} // namespace unroll::ops
