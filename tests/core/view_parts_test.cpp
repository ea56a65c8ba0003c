#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("select takes one slice and knows its bounds") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::select(x, 0, -1), {3}, {3, 4, 5}));
  CHECK(is_close(ops::select(ops::t(x), -1, 1), {3}, {3, 4, 5}));
  CHECK(grad_name(ops::select(counted_leaf({2, 3}), 0, 0)) == "SelectBackward0");
  CHECK(gradients_hold([](const Tensors& in) { return ops::select(ops::t(in[0]), 0, 1); }, {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::select(x, 0, 2); }) == "index 2 is out of bounds for dimension 0 with size 2");
  CHECK(error_of([&] { ops::select(x, 1, -4); }) == "index -4 is out of bounds for dimension 1 with size 3");
  CHECK(error_of([&] { ops::select(counted({}), 0, 0); }) ==
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a "
        "0-dim tensor to a number");
}

TEST_CASE("slice clips its bounds and steps") {
  const Tensor x = counted({3, 5});
  CHECK(is_close(ops::slice(x, 1, 1, std::nullopt, 2), {3, 2}, {1, 3, 6, 8, 11, 13}));
  CHECK(is_close(ops::slice(x, 1, -2, 99, 1), {3, 2}, {3, 4, 8, 9, 13, 14}));
  CHECK(is_close(ops::slice(x, 0, 2, 1, 1), {0, 5}, {}));
  CHECK(is_close(ops::slice(x, 0, -9, -1, 1), {2, 5}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::slice(in[0], 1, 1, 5, 3); }, {counted_leaf({2, 5})}));
  CHECK(error_of([&] { ops::slice(counted({}), 0, 0, 1, 1); }) == "slice() cannot be applied to a 0-dim tensor.");
}

TEST_CASE("narrow takes a run of slices") {
  const Tensor x = counted({4, 2});
  CHECK(is_close(ops::narrow(x, 0, -3, 2), {2, 2}, {2, 3, 4, 5}));
  CHECK(ops::narrow(x, 0, 4, 0).shape() == Shape{0, 2});
  CHECK(gradients_hold([](const Tensors& in) { return ops::narrow(in[0], 0, 1, 2); }, {counted_leaf({4, 2})}));
  CHECK(error_of([&] { ops::narrow(counted({2, 3}), 0, 1, 2); }) ==
        "start (1) + length (2) exceeds dimension size (2).");
  CHECK(error_of([&] { ops::narrow(counted({2, 3}), 0, 3, 1); }) ==
        "start out of range (expected to be in range of [-2, 2], but got 3)");
  CHECK(error_of([&] { ops::narrow(counted({2, 3}), 0, 0, -1); }) == "narrow(): length must be non-negative.");
}

TEST_CASE("diagonal walks two dims at once") {
  const Tensor x = counted({2, 3, 4});
  CHECK(is_close(ops::diagonal(counted({3, 4}), 0, 0, 1), {3}, {0, 5, 10}));
  CHECK(is_close(ops::diagonal(x, 1, 0, 2), {3, 2}, {1, 14, 5, 18, 9, 22}));
  CHECK(is_close(ops::diagonal(x, -1, 0, -1), {3, 1}, {12, 16, 20}));
  CHECK(ops::diagonal(counted({2, 3}), 5, 0, 1).shape() == Shape{0});
  CHECK(gradients_hold([](const Tensors& in) { return ops::diagonal(in[0], 1, 0, 1); }, {counted_leaf({3, 3})}));
  CHECK(error_of([&] { ops::diagonal(x, 0, 0, 0); }) == "diagonal dimensions cannot be identical 0, 0");
}

TEST_CASE("unfold makes windows, and its gradient adds up where they overlap") {
  CHECK(is_close(ops::unfold(counted({5}), 0, 3, 1), {3, 3}, {0, 1, 2, 1, 2, 3, 2, 3, 4}));
  CHECK(is_close(ops::unfold(counted({3, 4}), 1, 2, 2), {3, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  CHECK(ops::unfold(counted({3, 4}), 0, 2, 1).strides() == Shape{4, 1, 4});
  CHECK(gradients_hold([](const Tensors& in) { return ops::unfold(in[0], 1, 3, 2); }, {counted_leaf({2, 7})}));
  CHECK(error_of([] { ops::unfold(counted({3}), 0, 4, 1); }) ==
        "maximum size for tensor at dimension 0 is 3 but size is 4");
  CHECK(error_of([] { ops::unfold(counted({3}), 0, 2, 0); }) == "step is 0 but must be > 0");
}

TEST_CASE("split, chunk and unbind give views that share memory") {
  const Tensor x = counted({2, 5});
  const Tensors parts = ops::split(x, {1, 4}, 1);
  CHECK(is_close(parts[1], {2, 4}, {1, 2, 3, 4, 6, 7, 8, 9}));
  CHECK(parts[1].storage() == x.storage());
  const Tensors chunks = ops::chunk(counted({5}), 3, 0);
  CHECK(chunks.size() == 3);
  CHECK(is_close(chunks[2], {1}, {4}));
  CHECK(ops::chunk(counted({2}), 5, 0).size() == 2);
  CHECK(ops::chunk(counted({0}), 3, 0).size() == 3);
  const Tensors columns = ops::unbind(x, 1);
  CHECK(columns.size() == 5);
  CHECK(is_close(columns[3], {2}, {3, 8}));
  CHECK(ops::unbind(counted({0, 3}), 0).empty());
  const Tensor g = counted_leaf({4});
  CHECK(grad_name(ops::split(g, {2, 2}, 0)[0]) == "SplitBackward0");
  CHECK(grad_name(ops::split(g, {1, 3}, 0)[0]) == "SplitWithSizesBackward0");
  CHECK(grad_name(ops::unbind(g, 0)[0]) == "UnbindBackward0");
  CHECK(gradients_hold(
      [](const Tensors& in) {
        const Tensors p = ops::split(in[0], {1, 2, 1}, 1);
        return ops::add(ops::mul(p[0], p[1]), p[2]);
      },
      {counted_leaf({2, 4})}));
  CHECK(error_of([&] { ops::split(counted({2, 3}), {1, 1}, 1); }) ==
        "split_with_sizes expects split_sizes to sum exactly to 3 (input tensor's size at dimension 1), but got "
        "split_sizes=[1, 1]");
  CHECK(error_of([&] { ops::split(counted({2, 3}), {4, -1}, 1); }) ==
        "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=[4, -1]");
  CHECK(error_of([&] { ops::chunk(x, 0, 1); }) == "chunk expects `chunks` to be greater than 0, got: 0");
  CHECK(error_of([&] { ops::unbind(counted({}), 0); }) == "Dimension specified as 0 but tensor has no dimensions");
}
