#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("a cast between any two dtypes gives PyTorch's values") {
  const Tensor x = from_values({6}, {1.5, -2.7, NAN, INFINITY, 0, 1e20});
  CHECK(is_close(ops::to(x, DType::Int64), {6},
                 {1, -2, -9.223372036854776e+18, -9.223372036854776e+18, 0, -9.223372036854776e+18}));
  CHECK(is_close(ops::to(x, DType::Bool), {6}, {1, 1, 1, 1, 0, 1}));
  CHECK(is_close(ops::to(x, DType::Float64), {6}, {1.5, -2.70000005, NAN, INFINITY, 0, 1.00000002e+20}, 1e-7));
  CHECK(is_close(ops::to(bools({2}, {1, 0}), DType::Float32), {2}, {1, 0}));
  CHECK(is_close(ops::to(ints({2}, {-3, 2}), DType::Bool), {2}, {1, 1}));
  CHECK(ops::to(x, DType::Float32).is(x));
}

TEST_CASE("a cast and a clone keep the strides of a dense tensor, contiguous makes them row-major") {
  const Tensor x = ops::permute(counted({2, 3, 4}), {2, 0, 1});
  CHECK(ops::to(x, DType::Float64).strides() == Shape{1, 12, 4});
  CHECK(ops::clone(x).strides() == Shape{1, 12, 4});
  CHECK(ops::contiguous(x).strides() == Shape{6, 3, 1});
  CHECK(is_close(ops::contiguous(x), {4, 2, 3},
                 {0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23}));
  CHECK(is_close(ops::clone(x), {4, 2, 3},
                 {0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23}));
  const Tensor dense = counted({2, 3});
  CHECK(ops::contiguous(dense).is(dense));
  CHECK_FALSE(ops::clone(dense).is(dense));
  CHECK(ops::clone(ops::expand(counted({3}), {2, 3})).strides() == Shape{3, 1});
}

TEST_CASE("gradients of a cast, a clone and a contiguous copy go straight back") {
  const Tensor x = counted_leaf({2, 3});
  CHECK(gradients_hold([](const Tensors& in) { return ops::clone(ops::transpose(in[0], 0, 1)); }, {x}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::contiguous(ops::transpose(in[0], 0, 1)); }, {x}));
  const Tensor y = ops::to(x, DType::Float32);
  CHECK(grad_name(y) == "ToCopyBackward0");
  backward({y}, {ones({2, 3}, DType::Float32)});
  CHECK(x.grad().dtype() == DType::Float64);
  CHECK(is_close(x.grad(), {2, 3}, {1, 1, 1, 1, 1, 1}));
  CHECK_FALSE(ops::to(x, DType::Int64).requires_grad());
}

TEST_CASE("copy_ broadcasts, casts and writes through a view") {
  const Tensor x = counted({2, 3});
  const std::uint32_t before = x.version();
  ops::copy_(ops::select(x, 0, 1), ints({1}, {7}));
  CHECK(is_close(x, {2, 3}, {0, 1, 2, 7, 7, 7}));
  CHECK(x.version() == before + 1);
  ops::copy_(ops::transpose(x, 0, 1), counted({3, 2}));
  CHECK(is_close(x, {2, 3}, {0, 2, 4, 1, 3, 5}));
  CHECK(error_of([&] { ops::copy_(x, counted({4})); }) ==
        "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1");
  CHECK(error_of([&] { ops::copy_(x, counted({5, 2, 3})); }) ==
        "output with shape [2, 3] doesn't match the broadcast shape [5, 2, 3]");
}

TEST_CASE("copy_ from an overlapping part of the same memory is refused") {
  const Tensor x = counted({5});
  const Tensor left = ops::slice(x, 0, 0, 4, 1), right = ops::slice(x, 0, 1, 5, 1);
  CHECK(error_of([&] { ops::copy_(right, left); }) ==
        "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory "
        "location. Please clone() the tensor before performing the operation.");
  CHECK(is_close(x, {5}, {0, 1, 2, 3, 4}));
  ops::copy_(ops::slice(x, 0, 0, 2, 1), ops::slice(x, 0, 3, 5, 1));
  CHECK(is_close(x, {5}, {3, 4, 2, 3, 4}));
}

TEST_CASE("copy_ within a graph sends the gradient to the source and zeros to what was there") {
  const Tensor x = counted_leaf({2, 3}), source = counted_leaf({3});
  const Tensor y = ops::clone(x);
  ops::copy_(y, source);
  CHECK(y.requires_grad());
  backward({y}, {counted({2, 3}, DType::Float64)});
  CHECK(is_close(source.grad(), {3}, {3, 5, 7}));
  CHECK(is_close(x.grad(), {2, 3}, {0, 0, 0, 0, 0, 0}));
}

TEST_CASE("copy_ into a view of a recorded tensor changes the base's gradient") {
  CHECK(gradients_hold(
      [](const Tensors& in) {
        const Tensor y = ops::clone(in[0]);
        ops::copy_(ops::select(y, 1, 0), in[1]);
        return y;
      },
      {counted_leaf({2, 3}), counted_leaf({2})}));
}

TEST_CASE("fill_ and zero_ fill any geometry with a number or a zero-dim tensor") {
  const Tensor x = counted({2, 3});
  ops::fill_(ops::slice(x, 1, 0, 3, 2), Operand(7.5));
  CHECK(is_close(x, {2, 3}, {7.5, 1, 7.5, 7.5, 4, 7.5}));
  ops::zero_(ops::select(x, 1, 1));
  CHECK(is_close(x, {2, 3}, {7.5, 0, 7.5, 7.5, 0, 7.5}));
  ops::zero_(x);
  CHECK(is_close(x, {2, 3}, {0, 0, 0, 0, 0, 0}));
  const Tensor whole = counted({2}, DType::Int64);
  ops::fill_(whole, Operand(2.7));
  CHECK(is_close(whole, {2}, {2, 2}));
  CHECK(error_of([&] { ops::fill_(x, counted({2})); }) ==
        "fill_ only supports 0-dimension value tensor but got tensor with 1 dimensions.");
}

TEST_CASE("fill_ within a graph leaves zero gradients behind and sends the sum to its value") {
  const Tensor x = counted_leaf({2, 3}), value = leaf({}, {3});
  const Tensor y = ops::clone(x);
  ops::fill_(y, value);
  CHECK(grad_name(y) == "FillBackward3");
  backward({y}, {ones({2, 3}, DType::Float64)});
  CHECK(is_close(value.grad(), {}, {6}));
  CHECK(is_close(x.grad(), {2, 3}, {0, 0, 0, 0, 0, 0}));
  const Tensor z = ops::clone(x);
  ops::zero_(z);
  CHECK(grad_name(z) == "ZeroBackward0");
}

TEST_CASE("a leaf that requires grad and an expanded tensor refuse to be written") {
  const Tensor x = counted_leaf({2, 3});
  CHECK(error_of([&] { ops::fill_(x, Operand(1)); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  CHECK(error_of([&] { ops::zero_(x); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  CHECK(error_of([&] { ops::copy_(x, counted({3})); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  const Tensor wide = ops::expand(counted({1, 3}), {2, 3});
  CHECK(error_of([&] { ops::copy_(wide, counted({3})); }) ==
        "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
        "Please clone() the tensor before performing the operation.");
}

TEST_CASE("a transposed copy too big for one tile puts every element in its place") {
  const auto holds = [](const Tensor& x) {
    const Tensor y = ops::contiguous(x);
    return is_close(y, x.shape(), to_values(x));
  };
  CHECK(holds(ops::t(counted({37, 50}))));
  CHECK(holds(ops::t(counted({37, 50}, DType::Float64))));
  CHECK(holds(ops::transpose(counted({3, 20, 33}), 1, 2)));
  CHECK(holds(ops::permute(counted({17, 3, 33}), {2, 1, 0})));
  CHECK(holds(ops::t(ops::to(counted({16, 16}), DType::Bool))));
}
