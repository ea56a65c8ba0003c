#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("cat joins along a dim, promotes dtypes and passes over empty one-dim tensors") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::cat({x, ops::t(counted({3, 2}))}, 0), {4, 3}, {0, 1, 2, 3, 4, 5, 0, 2, 4, 1, 3, 5}));
  CHECK(is_close(ops::cat({x, counted({2, 1})}, -1), {2, 4}, {0, 1, 2, 0, 3, 4, 5, 1}));
  CHECK(ops::cat({x, counted({1, 3}, DType::Int64)}, 0).dtype() == DType::Float32);
  CHECK(ops::cat({counted({2}, DType::Int64), bools({1}, {1})}, 0).dtype() == DType::Int64);
  CHECK(is_close(ops::cat({counted({0}), x}, 1), {2, 3}, {0, 1, 2, 3, 4, 5}));
  CHECK(ops::cat({counted({0}), counted({0})}, 1).shape() == Shape{0});
  CHECK(is_close(ops::cat({counted({0, 2}), counted({1, 2})}, 0), {1, 2}, {0, 1}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::cat({in[0], ops::t(in[1]), in[0]}, 1); },
                       {counted_leaf({2, 3}), counted_leaf({1, 2})}));
}

TEST_CASE("cat says what does not fit") {
  const Tensor x = counted({2, 3});
  CHECK(error_of([] { ops::cat({}, 0); }) == "torch.cat(): expected a non-empty list of Tensors");
  CHECK(error_of([&] { ops::cat({x, counted({2, 4})}, 0); }) ==
        "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 4 for tensor number 1 in the "
        "list.");
  CHECK(error_of([&] { ops::cat({x, counted({2})}, 0); }) ==
        "Tensors must have same number of dimensions: got 2 and 1");
  CHECK(error_of([&] { ops::cat({counted({2}), counted({})}, 0); }) ==
        "zero-dimensional tensor (at position 1) cannot be concatenated");
  CHECK(error_of([&] { ops::cat({x, x}, 2); }) ==
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)");
}

TEST_CASE("stack puts equal tensors along a new dim") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::stack({x, ops::t(counted({3, 2}))}, 0), {2, 2, 3}, {0, 1, 2, 3, 4, 5, 0, 2, 4, 1, 3, 5}));
  CHECK(is_close(ops::stack({x, x}, 1), {2, 2, 3}, {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  CHECK(is_close(ops::stack({x, x}, -1), {2, 3, 2}, {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
  CHECK(is_close(ops::stack({counted({}), counted({})}, 0), {2}, {0, 0}));
  CHECK(ops::stack({x, counted({2, 3}, DType::Float64)}, 0).dtype() == DType::Float64);
  CHECK(gradients_hold([](const Tensors& in) { return ops::stack({in[0], in[1], in[0]}, 1); },
                       {counted_leaf({2, 2}), counted_leaf({2, 2})}));
  CHECK(error_of([] { ops::stack({}, 0); }) == "stack expects a non-empty TensorList");
  CHECK(error_of([] { ops::stack({counted({2}), counted({3})}, 0); }) ==
        "stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1");
  CHECK(error_of([] { ops::stack({counted({2}), counted({2})}, 2); }) ==
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)");
}

TEST_CASE("repeat tiles and repeat_interleave repeats in place") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::repeat(x, {2, 1, 2}), {2, 2, 6},
                 {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  CHECK(is_close(ops::repeat(ops::t(x), {1, 2}), {3, 4}, {0, 3, 0, 3, 1, 4, 1, 4, 2, 5, 2, 5}));
  CHECK(ops::repeat(x, {0, 2}).shape() == Shape{0, 6});
  CHECK(is_close(ops::repeat(counted({}), {2}), {2}, {0, 0}));
  CHECK(is_close(ops::repeat_interleave(x, 2, std::nullopt), {12}, {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
  CHECK(is_close(ops::repeat_interleave(x, 2, 0), {4, 3}, {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  CHECK(is_close(ops::repeat_interleave(x, 2, -1), {2, 6}, {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
  CHECK(ops::repeat_interleave(x, 0, 0).shape() == Shape{0, 3});
  CHECK(gradients_hold([](const Tensors& in) { return ops::repeat(in[0], {2, 1, 2}); }, {counted_leaf({2, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::repeat_interleave(in[0], 2, 1); }, {counted_leaf({2, 2})}));
  CHECK(error_of([&] { ops::repeat(x, {2}); }) ==
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
  CHECK(error_of([&] { ops::repeat(x, {2, -1}); }) == "Trying to create tensor with negative dimension -3: [4, -3]");
  CHECK(error_of([&] { ops::repeat_interleave(x, -1, 0); }) == "Repeats must be non-negative");
}

TEST_CASE("flip reverses dims") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::flip(x, {0}), {2, 3}, {3, 4, 5, 0, 1, 2}));
  CHECK(is_close(ops::flip(ops::t(x), {0, -1}), {3, 2}, {5, 2, 4, 1, 3, 0}));
  CHECK(is_close(ops::flip(x, {}), {2, 3}, {0, 1, 2, 3, 4, 5}));
  CHECK(ops::flip(counted({0, 2}), {0}).shape() == Shape{0, 2});
  CHECK(is_close(ops::flip(counted({}), {0}), {}, {0}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::flip(in[0], {0, 1}); }, {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::flip(x, {0, 0}); }) == "dim 0 appears multiple times in the list of dims");
}

TEST_CASE("roll turns dims round") {
  const Tensor x = counted({3, 4});
  CHECK(is_close(ops::roll(x, {1}, {0}), {3, 4}, {8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7}));
  CHECK(is_close(ops::roll(x, {-5}, {1}), {3, 4}, {1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8}));
  CHECK(is_close(ops::roll(ops::t(x), {1, 2}, {0, 1}), {4, 3}, {7, 11, 3, 4, 8, 0, 5, 9, 1, 6, 10, 2}));
  CHECK(is_close(ops::roll(x, {5}, {}), {3, 4}, {7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6}));
  CHECK(is_close(ops::roll(counted({}), {1}, {}), {}, {0}));
  CHECK(ops::roll(counted({0, 3}), {1}, {0}).shape() == Shape{0, 3});
  CHECK(gradients_hold([](const Tensors& in) { return ops::roll(in[0], {1, -1}, {0, 1}); }, {counted_leaf({2, 3})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::roll(in[0], {2}, {}); }, {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::roll(x, {1, 2}, {0}); }) == "shifts and dimensions must align. shifts: 2, dims:1");
  CHECK(error_of([&] { ops::roll(x, {}, {}); }) == "`shifts` required");
}

TEST_CASE("pad grows and cuts the last dims") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::pad(x, {1, 2}, 7), {2, 6}, {7, 0, 1, 2, 7, 7, 7, 3, 4, 5, 7, 7}));
  CHECK(is_close(ops::pad(ops::t(x), {1, 0, 0, 1}, 0), {4, 3}, {0, 0, 3, 0, 1, 4, 0, 2, 5, 0, 0, 0}));
  CHECK(is_close(ops::pad(x, {-1, 1}, 0), {2, 3}, {1, 2, 0, 4, 5, 0}));
  CHECK(is_close(ops::pad(x, {-2, -1}, 0), {2, 0}, {}));
  CHECK(ops::pad(counted({2}, DType::Int64), {1, 1}, 5).dtype() == DType::Int64);
  CHECK(gradients_hold([](const Tensors& in) { return ops::pad(in[0], {-1, 2, 1, 0}, 3); }, {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::pad(x, {1}, 0); }) == "Padding length must be divisible by 2");
  CHECK(error_of([&] { ops::pad(counted({3}), {1, 1, 1, 1}, 0); }) ==
        "Padding length should be less than or equal to two times the input dimension but got padding length 4 and "
        "input of dimension 1");
  CHECK(error_of([&] { ops::pad(counted({3}), {-2, -2}, 0); }) == "narrow(): length must be non-negative.");
  CHECK(error_of([&] { ops::pad(counted({2, 1}), {-1, 0, 1, 0}, 0); }) ==
        "The input size 1, plus negative padding -1 and 0 resulted in a negative output size, which is invalid. Check "
        "dimension 1 of your input.");
}
