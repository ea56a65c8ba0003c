#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("view works out one size and shares memory") {
  const Tensor x = counted({2, 3, 4});
  const Tensor y = ops::view(x, {6, -1});
  CHECK(is_close(y, {6, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}));
  CHECK(y.storage() == x.storage());
  ops::fill_(ops::select(y, 0, 0), Operand(9));
  CHECK(is_close(ops::select(ops::select(x, 0, 0), 0, 0), {4}, {9, 9, 9, 9}));
  CHECK(ops::view(counted({0, 3}), {-1, 3}).shape() == Shape{0, 3});
  CHECK(ops::view(counted({}), {1, 1}).shape() == Shape{1, 1});
  CHECK(ops::view(counted({1}), {}).shape() == Shape{});
}

TEST_CASE("view follows strides as far as they go") {
  const Tensor x = ops::slice(counted({4, 6}), 0, 0, 4, 2);
  CHECK(ops::view(x, {2, 3, 2}).strides() == Shape{12, 2, 1});
  CHECK(is_close(ops::view(x, {2, 3, 2}), {2, 3, 2}, {0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17}));
  const Tensor y = ops::transpose(counted({2, 3, 4}), 0, 1);
  CHECK(ops::view(y, {3, 2, 2, 2}).strides() == Shape{4, 12, 2, 1});
  const Tensor wide = ops::expand(counted({3, 1}), {3, 4});
  CHECK(ops::view(wide, {3, 2, 2}).strides() == Shape{1, 0, 0});
  CHECK(ops::view(counted({0, 2}), {0, 5}).strides() == Shape{5, 1});
  CHECK(ops::view(ops::slice(counted({2, 1}), 0, 0, 2, 2), {1, 1}).strides() == Shape{1, 1});
  CHECK(ops::view(ops::expand(counted({4}), {1, 4}), {1, 4}).strides() == Shape{4, 1});
}

TEST_CASE("view says what it cannot do in PyTorch's words") {
  const Tensor x = counted({2, 3});
  CHECK(error_of([&] { ops::view(x, {4, 2}); }) == "shape '[4, 2]' is invalid for input of size 6");
  CHECK(error_of([&] { ops::view(x, {4, -1}); }) == "shape '[4, -1]' is invalid for input of size 6");
  CHECK(error_of([&] { ops::view(x, {-1, -1}); }) == "only one dimension can be inferred");
  CHECK(error_of([&] { ops::view(x, {-2, 3}); }) == "invalid shape dimension -2");
  CHECK(error_of([&] { ops::view(counted({0, 3}), {0, -1}); }) ==
        "cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension size -1 can be any "
        "value and is ambiguous");
  CHECK(error_of([&] { ops::view(ops::t(x), {6}); }) ==
        "view size is not compatible with input tensor's size and stride (at least one dimension spans across two "
        "contiguous subspaces). Use .reshape(...) instead.");
  CHECK(error_of([&] { ops::reshape(x, {5}); }) == "shape '[5]' is invalid for input of size 6");
}

TEST_CASE("reshape is a view where it can be and a copy where it must") {
  const Tensor x = counted_leaf({2, 3});
  CHECK(grad_name(ops::reshape(x, {3, 2})) == "ViewBackward0");
  CHECK(grad_name(ops::reshape(ops::t(x), {6})) == "UnsafeViewBackward0");
  CHECK(is_close(ops::reshape(ops::t(x), {6}), {6}, {0, 3, 1, 4, 2, 5}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::reshape(ops::t(in[0]), {6}); }, {x}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::view(in[0], {3, 2}); }, {x}));
}

TEST_CASE("flatten and unflatten join and split neighbouring dims") {
  const Tensor x = counted({2, 3, 4});
  CHECK(ops::flatten(x, 0, -1).shape() == Shape{24});
  CHECK(ops::flatten(x, 1, 2).shape() == Shape{2, 12});
  CHECK(ops::flatten(x, 1, 1).is(x));
  CHECK(ops::flatten(counted({}), 0, -1).shape() == Shape{1});
  CHECK(is_close(ops::flatten(ops::transpose(x, 0, 2), 0, 1), {12, 2},
                 {0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23}));
  CHECK(ops::unflatten(x, 2, {2, -1}).shape() == Shape{2, 3, 2, 2});
  CHECK(ops::unflatten(x, -3, {1, 2}).shape() == Shape{1, 2, 3, 4});
  CHECK(gradients_hold([](const Tensors& in) { return ops::flatten(in[0], 0, 1); }, {counted_leaf({2, 3, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::unflatten(in[0], 0, {2, 2}); }, {counted_leaf({4, 2})}));
  CHECK(error_of([&] { ops::flatten(x, 1, 0); }) == "flatten() has invalid args: start_dim cannot come after end_dim");
  CHECK(error_of([&] { ops::unflatten(counted({2, 3}), 1, {2, 2}); }) ==
        "unflatten: Provided sizes [2, 2] don't multiply up to the size of dim 1 (3) in the input tensor");
}

TEST_CASE("permute, transpose and t reorder dims") {
  const Tensor x = counted({2, 3, 4});
  CHECK(is_close(ops::permute(x, {2, 0, -2}), {4, 2, 3},
                 {0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23}));
  CHECK(is_close(ops::transpose(x, 0, -1), {4, 3, 2},
                 {0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23}));
  CHECK(is_close(ops::t(counted({2, 3})), {3, 2}, {0, 3, 1, 4, 2, 5}));
  CHECK(ops::t(counted({3})).shape() == Shape{3});
  CHECK(ops::transpose(counted({}), 0, -1).shape() == Shape{});
  CHECK(gradients_hold([](const Tensors& in) { return ops::permute(in[0], {1, 2, 0}); }, {counted_leaf({2, 3, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::transpose(in[0], 0, 2); }, {counted_leaf({2, 3, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::t(in[0]); }, {counted_leaf({2, 3})}));
  CHECK(grad_name(ops::t(counted_leaf({2, 3}))) == "TBackward0");
  CHECK(error_of([&] { ops::permute(x, {0}); }) ==
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
        "ordering of dimensions i.e. input.dim() = 3 is not equal to len(dims) = 1");
  CHECK(error_of([&] { ops::permute(x, {0, 0, 1}); }) == "permute(): duplicate dims are not allowed.");
  CHECK(error_of([&] { ops::transpose(x, 0, 3); }) ==
        "Dimension out of range (expected to be in range of [-3, 2], but got 3)");
  CHECK(error_of([&] { ops::t(x); }) == "t() expects a tensor with <= 2 dimensions, but self is 3D");
}

TEST_CASE("squeeze and unsqueeze drop and add dims of size one") {
  const Tensor x = counted({1, 2, 1, 3});
  CHECK(ops::squeeze(x, std::nullopt).shape() == Shape{2, 3});
  CHECK(ops::squeeze(x, Shape{2}).shape() == Shape{1, 2, 3});
  CHECK(ops::squeeze(x, Shape{1}).shape() == Shape{1, 2, 1, 3});
  CHECK(ops::squeeze(x, Shape{0, -2}).shape() == Shape{2, 3});
  CHECK(ops::squeeze(counted({}), Shape{0}).shape() == Shape{});
  CHECK(ops::unsqueeze(x, -1).shape() == Shape{1, 2, 1, 3, 1});
  CHECK(ops::unsqueeze(counted({}), 0).shape() == Shape{1});
  CHECK(ops::unsqueeze(ops::t(counted({2, 3})), 1).strides() == Shape{1, 6, 3});
  CHECK(gradients_hold([](const Tensors& in) { return ops::squeeze(in[0], std::nullopt); },
                       {counted_leaf({1, 2, 1, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::unsqueeze(in[0], 1); }, {counted_leaf({2, 2})}));
  CHECK(error_of([&] { ops::squeeze(counted({2, 3}), Shape{2}); }) ==
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)");
  CHECK(error_of([&] { ops::squeeze(counted({2, 3}), Shape{0, 0}); }) ==
        "dim 0 appears multiple times in the list of dims");
  CHECK(error_of([&] { ops::unsqueeze(counted({2, 3}), 4); }) ==
        "Dimension out of range (expected to be in range of [-3, 2], but got 4)");
}

TEST_CASE("expand repeats without memory, and its gradient is summed") {
  const Tensor x = counted({3, 1});
  CHECK(is_close(ops::expand(x, {2, -1, 2}), {2, 3, 2}, {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2}));
  CHECK(ops::expand(x, {2, -1, 2}).strides() == Shape{0, 1, 0});
  CHECK(ops::expand(counted({}), {2}).shape() == Shape{2});
  CHECK(ops::expand(counted({1}), {0}).shape() == Shape{0});
  CHECK(gradients_hold([](const Tensors& in) { return ops::expand(in[0], {2, 3, 2}); }, {counted_leaf({3, 1})}));
  CHECK(error_of([&] { ops::expand(counted({2, 3}), {3}); }) ==
        "expand(torch.FloatTensor{[2, 3]}, size=[3]): the number of sizes provided (1) must be greater or equal to the "
        "number of dimensions in the tensor (2)");
  CHECK(error_of([&] { ops::expand(counted({2, 3}), {3, 3}); }) ==
        "The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 0.  Target "
        "sizes: [3, 3].  Tensor sizes: [2, 3]");
  CHECK(error_of([&] { ops::expand(counted({2, 3}), {-1, 2, 3}); }) ==
        "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension 0");
}

TEST_CASE("as_strided looks anywhere into the storage, and its gradient adds up where looks overlap") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::as_strided(x, {2, 2}, {1, 1}, 1), {2, 2}, {1, 2, 2, 3}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::as_strided(in[0], {2, 2}, {1, 1}, 1); },
                       {counted_leaf({2, 3})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::as_strided(ops::t(in[0]), {3}, {2}, 0); },
                       {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::as_strided(x, {3, 3}, {3, 1}, 0); }) ==
        "setStorage: sizes [3, 3], strides [3, 1], storage offset 0, and itemsize 4 requiring a storage size of 36 are "
        "out of bounds for storage of size 24");
  CHECK(error_of([&] { ops::as_strided(x, {2}, {-1}, 0); }) ==
        "as_strided: Negative strides are not supported at the moment, got strides: [-1]");
}
