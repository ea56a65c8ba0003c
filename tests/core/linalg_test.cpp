#include "unroll/ops/linalg.h"

#include "expect.h"
#include "gradcheck.h"

using namespace unroll;
using namespace unroll::testing;

// Values are checked against PyTorch in tests/golden/cases/ops_linalg.txt.

namespace {

Tensor transposed(const Tensor& x) { return ops::transpose(x, -2, -1); }
Tensor leaf(const Shape& shape, int seed = 1) { return random_leaf(shape, -1, 1, seed); }
/// A batch of symmetric matrices whose eigenvalues lie apart.
Tensor symmetric(const Tensor& x) {
  return ops::add(ops::matmul(x, transposed(x)), from_values({3, 3}, {1, 0, 0, 0, 3, 0, 0, 0, 6}, DType::Float64));
}
double difference(const Tensor& a, const Tensor& b) {
  return ops::amax(ops::abs(ops::sub(a, b)), std::nullopt, false).item();
}

} // namespace

TEST_CASE("factors multiply back to the matrix they came from, whatever its shape") {
  for (const Shape& shape : {Shape{3, 3}, Shape{4, 2}, Shape{2, 4}, Shape{2, 3, 2}, Shape{1, 1}}) {
    const Tensor a = detach(leaf(shape));
    for (bool full : {false, true}) {
      const auto [q, r] = ops::qr(a, full);
      CHECK(difference(ops::matmul(q, r), a) < 1e-12);
    }
    const Tensors usv = ops::svd(a, false);
    CHECK(difference(ops::matmul(ops::mul(usv[0], ops::unsqueeze(usv[1], -2)), usv[2]), a) < 1e-12);
    const Tensor u = ops::svd(a, true)[0];
    CHECK(difference(ops::matmul(transposed(u), u), ops::eye(u.size(-1), u.size(-1), DType::Float64)) < 1e-12);
  }
  const Tensor s = detach(symmetric(leaf({2, 3, 3})));
  const auto [w, v] = ops::eigh(s, false);
  CHECK(difference(ops::matmul(ops::mul(v, ops::unsqueeze(w, -2)), transposed(v)), s) < 1e-12);
  const Tensor l = ops::cholesky(s);
  CHECK(difference(ops::matmul(l, transposed(l)), s) < 1e-12);
  CHECK(difference(ops::matmul(s, ops::inv(s)), ops::eye(3, 3, DType::Float64)) < 1e-12);
}

TEST_CASE("a rank-deficient matrix has orthogonal singular vectors, and a determinant with a gradient") {
  const Tensor a = from_values({3, 3}, {1, 2, 3, 2, 4, 6, 1, 0, 1}, DType::Float64);
  const Tensor u = ops::svd(a, false)[0];
  CHECK(difference(ops::matmul(transposed(u), u), ops::eye(3, 3, DType::Float64)) < 1e-12);
  a.set_requires_grad(true);
  CHECK(gradcheck([](const Tensors& in) { return ops::det(in[0]); }, {a}));
}

TEST_CASE("factorisations of symmetric matrices pass a gradient check") {
  const Tensor x = leaf({2, 3, 3});
  CHECK(gradcheck([](const Tensors& in) { return ops::cholesky(symmetric(in[0])); }, {x}));
  CHECK(gradcheck([](const Tensors& in) { return std::get<0>(ops::eigh(symmetric(in[0]), false)); }, {x}));
  CHECK(gradcheck([](const Tensors& in) { return std::get<1>(ops::eigh(symmetric(in[0]), false)); }, {x}));
  CHECK(gradcheck([](const Tensors& in) { return ops::svd(in[0], false)[2]; }, {leaf({2, 3})}));
}

TEST_CASE("a singular matrix is refused in PyTorch's words") {
  const Tensor a = zeros({2, 2}, DType::Float32);
  CHECK(error_of([&] { ops::inv(a); }) ==
        "linalg.inv: The diagonal element 1 is zero, the inversion could not be completed because the input matrix is "
        "singular.");
  CHECK(error_of([&] { ops::inv(ones({2, 3}, DType::Float32)); }) ==
        "linalg.inv: A must be batches of square matrices, but they are 2 by 3 matrices");
}
