#include "ops/product.h"

#include <algorithm>

#include "kernels/copy.h"
#include "kernels/gemm.h"
#include "kernels/walk.h"
#include "ops/view.h"
#include "tensor/geometry.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

// Products of a matrix and a matrix or vector, and of vectors. A transposed input goes to gemm by its strides, never as
// a copy.

namespace unroll {

namespace {

void product(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<std::int64_t> a, Matrix<std::int64_t> b,
             std::int64_t* c, std::int64_t ldc, bool accumulate) {
  for (std::int64_t i = 0; i < m; ++i) {
    std::int64_t* row = c + i * ldc;
    if (!accumulate) std::fill_n(row, n, 0);
    for (std::int64_t l = 0; l < k; ++l) {
      const std::int64_t factor = a.data[i * a.row + l * a.col];
      for (std::int64_t j = 0; j < n; ++j) row[j] += factor * b.data[l * b.row + j * b.col];
    }
  }
}

template <class T>
void product(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, T* c, std::int64_t ldc,
             bool accumulate) {
  if (m == 0 || n == 0) return;
  if (k == 0) {
    for (std::int64_t i = 0; i < m && !accumulate; ++i) std::fill_n(c + i * ldc, n, T(0));
    return;
  }
  gemm<T>(m, n, k, a, b, c, ldc, accumulate);
}

/// The strides of x's dims before the last two, over the batch shape that they broadcast to.
Shape batch_strides(const Tensor& x, const Shape& batch) {
  const std::size_t own = x.shape().size() - 2, lead = batch.size() - own;
  Shape strides(batch.size(), 0);
  for (std::size_t d = 0; d < own; ++d)
    if (x.shape()[d] != 1) strides[lead + d] = x.strides()[d];
  return strides;
}

} // namespace

void multiply(const Tensor& out, const Tensor& a, const Tensor& b, bool accumulate, const char* name) {
  dispatch_numeric(out.dtype(), name, [&](auto t) {
    using T = decltype(t);
    const std::size_t da = a.shape().size(), db = b.shape().size(), dc = out.shape().size();
    const std::int64_t m = a.shape()[da - 2], k = a.shape()[da - 1], n = b.shape()[db - 1], ldc = out.strides()[dc - 2];
    const Matrix<T> left{a.data<T>(), a.strides()[da - 2], a.strides()[da - 1]};
    const Matrix<T> right{b.data<T>(), b.strides()[db - 2], b.strides()[db - 1]};
    T* c = out.data<T>();
    if (dc == 2) return product(m, n, k, left, right, c, ldc, accumulate);
    const Shape batch(out.shape().begin(), out.shape().end() - 2);
    Walk<3>(batch, {batch_strides(out, batch), batch_strides(a, batch), batch_strides(b, batch)})
        .rows([&](auto count, auto& at, auto& step) {
          for (std::int64_t i = 0; i < count; ++i)
            product(m, n, k, Matrix<T>{left.data + at[1] + i * step[1], left.row, left.col},
                    Matrix<T>{right.data + at[2] + i * step[2], right.row, right.col}, c + at[0] + i * step[0], ldc,
                    accumulate);
        });
  });
}

namespace ops {

namespace {

void check_same_scalar(const Tensor& a, const Tensor& b) {
  check(a.dtype() == b.dtype(), "expected scalar type ", scalar_name(a.dtype()), " but found ", scalar_name(b.dtype()));
}

/// (…, 1) or (1, …) of a vector, without a graph.
Tensor as_matrix(const Tensor& v, std::int64_t dim) {
  NoGrad guard;
  return unsqueeze(v, dim);
}

} // namespace

Tensor mm(const Tensor& a, const Tensor& b) {
  check(a.dim() == 2, "self must be a matrix");
  check(b.dim() == 2, "mat2 must be a matrix");
  check(a.size(1) == b.size(0), "mat1 and mat2 shapes cannot be multiplied (", a.size(0), "x", a.size(1), " and ",
        b.size(0), "x", b.size(1), ")");
  check(a.dtype() == b.dtype(), "expected m1 and m2 to have the same dtype, but got: ", c_type_name(a.dtype()),
        " != ", c_type_name(b.dtype()));
  Tensor y = empty({a.size(0), b.size(1)}, a.dtype());
  multiply(y, a, b, false, "addmm_impl_cpu_");
  return record("MmBackward0", {a, b}, y, {a, b}, [](const Context& c) {
    return Grads{c.needs(0) ? mm(c.grad(), t(c.saved(1))) : Tensor(),
                 c.needs(1) ? mm(t(c.saved(0)), c.grad()) : Tensor()};
  });
}

Tensor bmm(const Tensor& a, const Tensor& b) {
  check(a.dim() == 3, "batch1 must be a 3D tensor");
  check(b.dim() == 3, "batch2 must be a 3D tensor");
  check(a.size(0) == b.size(0) && a.size(2) == b.size(1),
        "Expected size for first two dimensions of batch2 tensor to be: [", a.size(0), ", ", a.size(2), "] but got: [",
        b.size(0), ", ", b.size(1), "].");
  check_same_scalar(a, b);
  Tensor y = empty({a.size(0), a.size(1), b.size(2)}, a.dtype());
  multiply(y, a, b, false, "bmm");
  return record("BmmBackward0", {a, b}, y, {a, b}, [](const Context& c) {
    return Grads{c.needs(0) ? bmm(c.grad(), transpose(c.saved(1), 1, 2)) : Tensor(),
                 c.needs(1) ? bmm(transpose(c.saved(0), 1, 2), c.grad()) : Tensor()};
  });
}

Tensor mv(const Tensor& a, const Tensor& b) {
  check(a.dim() == 2 && b.dim() == 1, "vector + matrix @ vector expected, got 1, ", a.dim(), ", ", b.dim());
  check(a.size(1) == b.size(0), "size mismatch, got input (", a.size(0), "), mat (", a.size(0), "x", a.size(1),
        "), vec (", b.size(0), ")");
  check_same_scalar(a, b);
  Tensor y = empty({a.size(0)}, a.dtype());
  multiply(as_matrix(y, 1), a, as_matrix(b, 1), false, "addmv_impl_cpu");
  return record("MvBackward0", {a, b}, y, {a, b}, [](const Context& c) {
    return Grads{c.needs(0) ? outer(c.grad(), c.saved(1)) : Tensor(),
                 c.needs(1) ? mv(t(c.saved(0)), c.grad()) : Tensor()};
  });
}

Tensor dot(const Tensor& a, const Tensor& b) {
  check(a.dim() == 1 && b.dim() == 1, "1D tensors expected, but got ", a.dim(), "D and ", b.dim(), "D tensors");
  check(a.dtype() == b.dtype(), "dot : expected both vectors to have same dtype, but found ", scalar_name(a.dtype()),
        " and ", scalar_name(b.dtype()));
  if (a.numel() != b.numel())
    fail(ErrorKind::Runtime, "inconsistent tensor size, expected tensor ", to_string(a.shape()), " and src ",
         to_string(b.shape()), " to have the same number of elements, but got ", a.numel(), " and ", b.numel(),
         " elements respectively");
  Tensor y = empty({1, 1}, a.dtype());
  multiply(y, as_matrix(a, 0), as_matrix(b, 1), false, "dot");
  reshape_own(y, {});
  return record("DotBackward0", {a, b}, y, {a, b}, [](const Context& c) {
    return Grads{c.needs(0) ? mul(c.grad(), c.saved(1)) : Tensor(), c.needs(1) ? mul(c.grad(), c.saved(0)) : Tensor()};
  });
}

Tensor outer(const Tensor& a, const Tensor& b) {
  check(a.dim() == 1, "outer: Expected 1-D argument self, but got ", a.dim(), "-D");
  check(b.dim() == 1, "outer: Expected 1-D argument vec2, but got ", b.dim(), "-D");
  return mul(unsqueeze(a, 1), b);
}

Tensor addmm(const Tensor& c, const Tensor& a, const Tensor& b, double beta, double alpha) {
  check(c.dtype() == b.dtype(), "self and mat2 must have the same dtype, but got ", scalar_name(c.dtype()), " and ",
        scalar_name(b.dtype()));
  check(a.dtype() == b.dtype(), "mat1 and mat2 must have the same dtype, but got ", scalar_name(a.dtype()), " and ",
        scalar_name(b.dtype()));
  check(a.dim() == 2, "mat1 must be a matrix, got ", a.dim(), "-D tensor");
  check(b.dim() == 2, "mat2 must be a matrix, got ", b.dim(), "-D tensor");
  check(a.size(1) == b.size(0), "mat1 and mat2 shapes cannot be multiplied (", a.size(0), "x", a.size(1), " and ",
        b.size(0), "x", b.size(1), ")");
  const Shape shape{a.size(0), b.size(1)};
  const auto [sizes, strides] = expanded(c, shape);
  Tensor y = empty(shape, a.dtype());
  if (beta == 1 && alpha == 1) {
    copy_elements(shape, y.dtype(), y.raw(), y.strides(), c.dtype(), c.raw(), strides);
    multiply(y, a, b, true, "addmm_impl_cpu_");
  } else {
    NoGrad guard;
    multiply(y, a, b, false, "addmm_impl_cpu_");
    y = to(mul(y, alpha), y.dtype());
    // beta 0 means that c's values, even NaN, do not count.
    if (beta != 0) y = to(add(y, mul(c, beta)), y.dtype());
  }
  return record("AddmmBackward0", {c, a, b}, y, {a, b}, [beta, alpha](const Context& ctx) {
    const auto scaled = [](const Tensor& g, double by) { return by == 1 ? g : mul(g, by); };
    Grads grads(3);
    if (ctx.needs(0)) grads[0] = scaled(ctx.grad(), beta);
    if (ctx.needs(1)) grads[1] = scaled(mm(ctx.grad(), t(ctx.saved(1))), alpha);
    if (ctx.needs(2)) grads[2] = scaled(mm(t(ctx.saved(0)), ctx.grad()), alpha);
    return grads;
  });
}

} // namespace ops
} // namespace unroll
