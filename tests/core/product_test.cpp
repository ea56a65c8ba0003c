#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("mm multiplies matrices of any strides and dtype") {
  const Tensor a = counted({2, 3}), b = counted({3, 4});
  CHECK(is_close(ops::mm(a, b), {2, 4}, {20, 23, 26, 29, 56, 68, 80, 92}));
  CHECK(is_close(ops::mm(ops::t(b), ops::t(a)), {4, 2}, {20, 56, 23, 68, 26, 80, 29, 92}));
  CHECK(is_close(ops::mm(ops::slice(counted({4, 6}), 1, 0, 6, 2), b), {4, 4},
                 {40, 46, 52, 58, 112, 136, 160, 184, 184, 226, 268, 310, 256, 316, 376, 436}));
  CHECK(is_close(ops::mm(ops::expand(counted({1, 3}), {2, 3}), b), {2, 4}, {20, 23, 26, 29, 20, 23, 26, 29}));
  CHECK(is_close(ops::mm(counted({2, 3}, DType::Int64), counted({3, 2}, DType::Int64)), {2, 2}, {10, 13, 28, 40}));
  CHECK(is_close(ops::mm(counted({2, 3}, DType::Float64), counted({3, 2}, DType::Float64)), {2, 2}, {10, 13, 28, 40}));
  CHECK(is_close(ops::mm(counted({2, 0}), counted({0, 3})), {2, 3}, {0, 0, 0, 0, 0, 0}));
  CHECK(ops::mm(counted({0, 3}), b).shape() == Shape{0, 4});
  CHECK(gradients_hold([](const Tensors& in) { return ops::mm(ops::t(in[0]), in[1]); },
                       {random_leaf({3, 2}), random_leaf({3, 4}, -2, 2, 2)}));
}

TEST_CASE("mm says which shapes and dtypes do not fit") {
  const Tensor x = counted({2, 3});
  CHECK(error_of([&] { ops::mm(x, counted({4, 5})); }) == "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
  CHECK(error_of([&] { ops::mm(counted({3}), counted({3, 3})); }) == "self must be a matrix");
  CHECK(error_of([&] { ops::mm(x, counted({3})); }) == "mat2 must be a matrix");
  CHECK(error_of([&] { ops::mm(x, counted({3, 2}, DType::Float64)); }) ==
        "expected m1 and m2 to have the same dtype, but got: float != double");
  CHECK(error_of([&] { ops::mm(x, counted({3, 2}, DType::Int64)); }) ==
        "expected m1 and m2 to have the same dtype, but got: float != long int");
  CHECK(error_of([&] { ops::mm(bools({1, 1}, {1}), bools({1, 1}, {1})); }) ==
        "\"addmm_impl_cpu_\" not implemented for 'Bool'");
}

TEST_CASE("bmm multiplies matrix by matrix") {
  const Tensor a = counted({2, 2, 3}), b = counted({2, 3, 2});
  CHECK(is_close(ops::bmm(a, b), {2, 2, 2}, {10, 13, 28, 40, 172, 193, 244, 274}));
  CHECK(is_close(ops::bmm(ops::transpose(b, 1, 2), ops::transpose(a, 1, 2)), {2, 2, 2},
                 {10, 28, 13, 40, 172, 244, 193, 274}));
  CHECK(
      is_close(ops::bmm(ops::expand(counted({1, 2, 3}), {2, 2, 3}), b), {2, 2, 2}, {10, 13, 28, 40, 28, 31, 100, 112}));
  CHECK(ops::bmm(counted({0, 2, 3}), counted({0, 3, 2})).shape() == Shape{0, 2, 2});
  CHECK(gradients_hold([](const Tensors& in) { return ops::bmm(in[0], in[1]); },
                       {random_leaf({2, 2, 3}), random_leaf({2, 3, 1}, -2, 2, 2)}));
  CHECK(error_of([&] { ops::bmm(a, counted({2, 4, 2})); }) ==
        "Expected size for first two dimensions of batch2 tensor to be: [2, 3] but got: [2, 4].");
  CHECK(error_of([&] { ops::bmm(a, counted({3, 2})); }) == "batch2 must be a 3D tensor");
  CHECK(error_of([&] { ops::bmm(a, counted({2, 3, 2}, DType::Float64)); }) ==
        "expected scalar type Float but found Double");
}

TEST_CASE("mv, dot and outer multiply vectors") {
  const Tensor a = counted({2, 3}), v = counted({3});
  CHECK(is_close(ops::mv(a, v), {2}, {5, 14}));
  CHECK(is_close(ops::mv(ops::t(counted({3, 2})), v), {2}, {10, 13}));
  CHECK(is_close(ops::dot(v, v), {}, {5}));
  CHECK(is_close(ops::dot(counted({0}), counted({0})), {}, {0}));
  CHECK(is_close(ops::dot(counted({3}, DType::Int64), counted({3}, DType::Int64)), {}, {5}));
  CHECK(is_close(ops::outer(v, counted({2})), {3, 2}, {0, 0, 0, 1, 0, 2}));
  const Tensor x = random_leaf({3}), y = random_leaf({3}, -2, 2, 2), m = random_leaf({2, 3}, -2, 2, 3);
  CHECK(gradients_hold([](const Tensors& in) { return ops::mv(in[0], in[1]); }, {m, x}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::dot(in[0], in[1]); }, {x, y}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::outer(in[0], in[1]); }, {x, y}));
  CHECK(error_of([&] { ops::mv(a, counted({4})); }) == "size mismatch, got input (2), mat (2x3), vec (4)");
  CHECK(error_of([&] { ops::dot(v, counted({4})); }) ==
        "inconsistent tensor size, expected tensor [3] and src [4] to have the same number of elements, but got 3 and "
        "4 elements respectively");
  CHECK(error_of([&] { ops::dot(a, v); }) == "1D tensors expected, but got 2D and 1D tensors");
  CHECK(error_of([&] { ops::dot(v, counted({3}, DType::Int64)); }) ==
        "dot : expected both vectors to have same dtype, but found Float and Long");
  CHECK(error_of([&] { ops::outer(a, v); }) == "outer: Expected 1-D argument self, but got 2-D");
}

TEST_CASE("addmm scales what it adds, and beta zero forgets NaN") {
  const Tensor c = counted({3}), a = counted({2, 2}), b = counted({2, 3});
  CHECK(is_close(ops::addmm(c, a, b), {2, 3}, {3, 5, 7, 9, 15, 21}));
  CHECK(is_close(ops::addmm(c, a, b, 2, 0.5), {2, 3}, {1.5, 4, 6.5, 4.5, 9, 13.5}));
  CHECK(is_close(ops::addmm(full({3}, NAN, DType::Float32), a, b, 0, 1), {2, 3}, {3, 4, 5, 9, 14, 19}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::addmm(in[0], in[1], in[2], 2, 0.5); },
                       {random_leaf({3}), random_leaf({2, 2}, -2, 2, 2), random_leaf({2, 3}, -2, 2, 3)}));
  CHECK(error_of([&] { ops::addmm(counted({4}), a, b); }) ==
        "The expanded size of the tensor (3) must match the existing size (4) at non-singleton dimension 1.  Target "
        "sizes: [2, 3].  Tensor sizes: [4]");
  CHECK(error_of([&] { ops::addmm(c, a, counted({4, 3})); }) ==
        "mat1 and mat2 shapes cannot be multiplied (2x2 and 4x3)");
  CHECK(error_of([&] { ops::addmm(c, a, counted({2, 3}, DType::Float64)); }) ==
        "self and mat2 must have the same dtype, but got Float and Double");
}
