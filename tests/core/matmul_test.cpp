#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("matmul takes vectors, matrices and batches that broadcast") {
  const auto agrees = [](const Shape& a, const Shape& b, const Shape& shape, const std::vector<double>& values) {
    return is_close(ops::matmul(counted(a), counted(b)), shape, values);
  };
  CHECK(agrees({3}, {3}, {}, {5}));
  CHECK(agrees({2, 3}, {3}, {2}, {5, 14}));
  CHECK(agrees({3}, {3, 2}, {2}, {10, 13}));
  CHECK(agrees({2, 3}, {3, 2}, {2, 2}, {10, 13, 28, 40}));
  CHECK(agrees({2, 1, 3}, {3, 2}, {2, 1, 2}, {10, 13, 28, 40}));
  CHECK(agrees({2, 2, 3}, {3}, {2, 2}, {5, 14, 23, 32}));
  CHECK(agrees({3}, {2, 3, 2}, {2, 2}, {10, 13, 28, 31}));
  CHECK(agrees({2, 3}, {2, 3, 1}, {2, 2, 1}, {5, 14, 14, 50}));
  CHECK(agrees({2, 2, 3}, {2, 3, 1}, {2, 2, 1}, {5, 14, 86, 122}));
  CHECK(agrees({2, 1, 1, 3}, {2, 3, 1}, {2, 2, 1, 1}, {5, 14, 14, 50}));
  CHECK(agrees({0, 2, 3}, {3, 2}, {0, 2, 2}, {}));
  CHECK(agrees({2, 2, 0}, {0, 1}, {2, 2, 1}, {0, 0, 0, 0}));
  const Tensor x = ops::transpose(counted({3, 2, 2}), 0, 1);
  CHECK(is_close(ops::matmul(x, counted({2, 2})), {2, 3, 2}, {2, 3, 10, 19, 18, 35, 6, 11, 14, 27, 22, 43}));
  CHECK(is_close(ops::matmul(ops::transpose(x, 1, 2), x), {2, 2, 2}, {80, 92, 92, 107, 140, 158, 158, 179}));
}

TEST_CASE("matmul's gradients sum over broadcast dims") {
  const auto product = [](const Tensors& in) { return ops::matmul(in[0], in[1]); };
  for (const auto& [a, b] : std::vector<std::pair<Shape, Shape>>{{{2}, {2}},
                                                                 {{2, 3}, {3}},
                                                                 {{2}, {2, 3}},
                                                                 {{2, 2, 2}, {2, 1}},
                                                                 {{2, 1, 2}, {2}},
                                                                 {{2}, {2, 2, 1}},
                                                                 {{1, 2}, {2, 2, 1}},
                                                                 {{2, 1, 1, 2}, {2, 2, 1}}}) {
    INFO(to_string(a) << " and " << to_string(b));
    CHECK(gradients_hold(product, {random_leaf(a), random_leaf(b, -2, 2, 2)}));
  }
}

TEST_CASE("matmul's results carry PyTorch's names") {
  const auto name = [](const Shape& a, const Shape& b) {
    return grad_name(ops::matmul(counted_leaf(a), counted_leaf(b)));
  };
  CHECK(name({2, 3}, {3, 2}) == "MmBackward0");
  CHECK(name({2, 3}, {3}) == "MvBackward0");
  CHECK(name({3}, {3, 2}) == "SqueezeBackward4");
  CHECK(name({2, 2, 3}, {3, 2}) == "UnsafeViewBackward0");
  CHECK(name({2, 2, 3}, {2, 3, 2}) == "UnsafeViewBackward0");
  CHECK(name({2, 3}, {2, 3, 2}) == "CloneBackward0");
}

TEST_CASE("matmul's errors are those of the product that it becomes") {
  const auto message = [](const Shape& a, const Shape& b) {
    return error_of([&] { ops::matmul(counted(a), counted(b)); });
  };
  CHECK(message({2, 3}, {4}) == "size mismatch, got input (2), mat (2x3), vec (4)");
  CHECK(message({4}, {3, 3}) == "mat1 and mat2 shapes cannot be multiplied (1x4 and 3x3)");
  CHECK(message({4}, {3}) ==
        "inconsistent tensor size, expected tensor [4] and src [3] to have the same number of elements, but got 4 and "
        "3 elements respectively");
  CHECK(message({4}, {}) == "both arguments to matmul need to be at least 1D, but they are 1D and 0D");
  CHECK(message({2, 3, 4}, {5, 6}) == "mat1 and mat2 shapes cannot be multiplied (6x4 and 5x6)");
  CHECK(message({2, 3, 4}, {5}) == "size mismatch, got input (6), mat (6x4), vec (5)");
  CHECK(message({2, 3, 4}, {2, 5, 6}) ==
        "Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [2, 5].");
  CHECK(message({2, 3, 4}, {3, 4, 6}) ==
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0");
  CHECK(message({4}, {2, 5, 6}) ==
        "Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [2, 5].");
  CHECK(error_of([] { ops::matmul(counted({2, 2, 2}), counted({2, 2, 2}, DType::Float64)); }) ==
        "expected scalar type Float but found Double");
  CHECK(error_of([] { ops::matmul(ops::transpose(counted({3, 2, 2}), 0, 1), counted({4, 2})); }) ==
        "Expected size for first two dimensions of batch2 tensor to be: [2, 2] but got: [2, 4].");
}

TEST_CASE("linear multiplies the last dim by the weight's rows and adds the bias") {
  const Tensor w = counted({2, 3}), b = counted({2});
  CHECK(is_close(ops::linear(counted({2, 3}), w, b), {2, 2}, {5, 15, 14, 51}));
  CHECK(is_close(ops::linear(counted({2, 3}), w, Tensor()), {2, 2}, {5, 14, 14, 50}));
  CHECK(is_close(ops::linear(counted({3}), w, b), {2}, {5, 15}));
  CHECK(is_close(ops::linear(counted({2, 2, 3}), w, b), {2, 2, 2}, {5, 15, 14, 51, 23, 87, 32, 123}));
  CHECK(is_close(ops::linear(ops::transpose(counted({3, 2, 2}), 0, 2), w, b), {2, 2, 2},
                 {20, 57, 26, 81, 23, 69, 29, 93}));
  CHECK(is_close(ops::linear(counted({2, 3}), counted({3}), Tensor()), {2}, {5, 14}));
  CHECK(ops::linear(counted({0, 3}), w, b).shape() == Shape{0, 2});
  CHECK(ops::linear(counted({2, 0, 3}), w, b).shape() == Shape{2, 0, 2});
  CHECK(is_close(ops::linear(counted({1, 0}), counted({2, 0}), b), {1, 2}, {0, 1}));
}

TEST_CASE("linear's gradients take all rows together") {
  const Tensor w = random_leaf({2, 3}), b = random_leaf({2}, -2, 2, 2);
  const auto with_bias = [](const Tensors& in) { return ops::linear(in[0], in[1], in[2]); };
  CHECK(gradients_hold(with_bias, {random_leaf({4, 3}, -2, 2, 3), w, b}));
  CHECK(gradients_hold(with_bias, {random_leaf({2, 2, 3}, -2, 2, 3), w, b}));
  CHECK(gradients_hold(with_bias, {random_leaf({3}, -2, 2, 3), w, b}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::linear(ops::transpose(in[0], 0, 1), in[1], Tensor()); },
                       {random_leaf({2, 2, 3}, -2, 2, 3), w}));
}

TEST_CASE("linear's results and errors are PyTorch's") {
  const auto name = [](const Shape& x, bool bias) {
    return grad_name(ops::linear(counted_leaf(x), counted_leaf({2, 3}), bias ? counted_leaf({2}) : Tensor()));
  };
  CHECK(name({2, 3}, true) == "AddmmBackward0");
  CHECK(name({2, 3}, false) == "MmBackward0");
  CHECK(name({2, 2, 3}, true) == "ViewBackward0");
  CHECK(name({2, 2, 3}, false) == "UnsafeViewBackward0");
  CHECK(name({3}, true) == "ViewBackward0");
  CHECK(name({3}, false) == "SqueezeBackward4");
  const Tensor w = counted({5, 4}), b = counted({5});
  CHECK(error_of([&] { ops::linear(counted({2, 3}), w, b); }) ==
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
  CHECK(error_of([&] { ops::linear(counted({2, 6, 3}), w, Tensor()); }) ==
        "mat1 and mat2 shapes cannot be multiplied (12x3 and 4x5)");
  CHECK(error_of([&] { ops::linear(counted({3}), w, b); }) ==
        "mat1 and mat2 shapes cannot be multiplied (1x3 and 4x5)");
  CHECK(error_of([&] { ops::linear(counted({2, 4}, DType::Float64), w, b); }) ==
        "mat1 and mat2 must have the same dtype, but got Double and Float");
  CHECK(error_of([&] { ops::linear(counted({2, 4}, DType::Int64), w, Tensor()); }) ==
        "expected m1 and m2 to have the same dtype, but got: long int != float");
  CHECK(error_of([&] { ops::linear(counted({2, 4}), w, counted({3})); }) ==
        "The expanded size of the tensor (5) must match the existing size (3) at non-singleton dimension 1.  Target "
        "sizes: [2, 5].  Tensor sizes: [3]");
  CHECK(error_of([&] { ops::linear(counted({}), w, b); }) ==
        "both arguments to linear need to be at least 1D, but they are 0D and 2D");
}

TEST_CASE("a folded product can be changed in place as any result") {
  CHECK(gradients_hold(
      [](const Tensors& in) {
        const Tensor y = ops::matmul(in[0], in[1]);
        ops::mul_(y, y);
        return y;
      },
      {random_leaf({2, 2, 3}), random_leaf({3, 2}, -2, 2, 2)}));
  const Tensor y = ops::matmul(counted_leaf({2, 2, 3}), counted_leaf({3, 2}));
  ops::mul_(y, Operand(2));
  CHECK(grad_name(y) == "MulBackward0");
}
