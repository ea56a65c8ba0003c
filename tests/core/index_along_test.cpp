#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("index_select picks slices along one dim") {
  const Tensor x = counted({3, 4}), i = ints({3}, {2, 0, 2});
  CHECK(is_close(ops::index_select(x, 0, i), {3, 4}, {8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11}));
  CHECK(is_close(ops::index_select(x, -1, i), {3, 3}, {2, 0, 2, 6, 4, 6, 10, 8, 10}));
  CHECK(is_close(ops::index_select(ops::t(x), 0, i), {3, 3}, {2, 6, 10, 0, 4, 8, 2, 6, 10}));
  CHECK(is_close(ops::index_select(x, 0, ints({}, {1})), {1, 4}, {4, 5, 6, 7}));
  CHECK(is_close(ops::index_select(counted({}), 0, ints({1}, {0})), {}, {0}));
  CHECK(ops::index_select(x, 1, ints({0}, {})).shape() == Shape{3, 0});
  CHECK(gradients_hold([&](const Tensors& in) { return ops::index_select(in[0], 1, ints({3}, {1, 1, 0})); },
                       {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::index_select(x, 0, ints({1}, {3})); }) == "index out of range in self");
  CHECK(error_of([&] { ops::index_select(x, 0, ints({1}, {-1})); }) == "index out of range in self");
  CHECK(error_of([&] { ops::index_select(x, 0, ints({1, 1}, {0})); }) ==
        "index_select(): Index is supposed to be a vector");
  CHECK(error_of([&] { ops::index_select(x, 0, counted({1})); }) ==
        "index_select(): Expected dtype int32 or int64 for index");
  CHECK(error_of([&] { ops::index_select(counted({}), 0, ints({2}, {0, 0})); }) ==
        "index_select(): Index to scalar can have only 1 value, got 2 value(s)");
}

TEST_CASE("index_add adds slices where an index says") {
  const Tensor x = counted({3, 2}), i = ints({3}, {0, 2, 0});
  CHECK(is_close(ops::index_add(x, 0, i, counted({3, 2}), 2), {3, 2}, {8, 13, 2, 3, 8, 11}));
  CHECK(is_close(ops::index_add(ops::t(x), 1, i, ops::t(counted({3, 2})), 1), {2, 3}, {4, 2, 6, 7, 3, 8}));
  CHECK(is_close(x, {3, 2}, {0, 1, 2, 3, 4, 5}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::index_add(in[0], 1, ints({2}, {1, 1}), in[1], 3); },
                       {counted_leaf({2, 2}), counted_leaf({2, 2})}));
  CHECK(error_of([&] { ops::index_add(x, 0, i, counted({2, 2}), 1); }) ==
        "index_add_(): Number of indices (3) should be equal to source.size(dim): (2), for dim: 0");
  CHECK(error_of([&] { ops::index_add(x, 0, ints({1}, {0}), counted({1, 3}), 1); }) ==
        "source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = [3, 2] "
        "source.shape = [1, 3]");
  CHECK(error_of([&] { ops::index_add(x, 0, ints({1}, {3}), counted({1, 2}), 1); }) ==
        "index 3 is out of bounds for dimension 0 with size 3");
  CHECK(error_of([&] { ops::index_add(x, 0, ints({1}, {0}), counted({1, 2}, DType::Float64), 1); }) ==
        "index_add_(): self (Float) and source (Double) must have the same scalar type");
}

TEST_CASE("embedding looks up rows for indices of any shape") {
  const Tensor w = counted({4, 3});
  CHECK(is_close(ops::embedding(w, ints({2}, {3, 0}), -1), {2, 3}, {9, 10, 11, 0, 1, 2}));
  CHECK(is_close(ops::embedding(w, ops::t(ints({2, 2}, {3, 0, 1, 1})), -1), {2, 2, 3},
                 {9, 10, 11, 3, 4, 5, 0, 1, 2, 3, 4, 5}));
  CHECK(is_close(ops::embedding(ops::t(counted({3, 4})), ints({1}, {2}), -1), {1, 3}, {2, 6, 10}));
  CHECK(is_close(ops::embedding(w, ints({}, {1}), -1), {3}, {3, 4, 5}));
  CHECK(ops::embedding(w, ints({0, 2}, {}), -1).shape() == Shape{0, 2, 3});
}

TEST_CASE("embedding's gradient adds up rows and leaves the padding row zero") {
  const Tensor w = counted_leaf({4, 2});
  const Tensor i = ints({2, 2}, {1, 2, 1, 3});
  CHECK(gradients_hold([&](const Tensors& in) { return ops::embedding(in[0], i, -1); }, {w}));
  const Tensor y = ops::embedding(w, i, 2);
  CHECK(grad_name(y) == "EmbeddingBackward0");
  backward({y}, {ones({2, 2, 2}, DType::Float64)});
  CHECK(is_close(w.grad(), {4, 2}, {0, 0, 2, 2, 0, 0, 1, 1}));
}

TEST_CASE("embedding refuses what is no row, and the engine goes on") {
  const Tensor w = counted({4, 3});
  CHECK(error_of([&] { ops::embedding(w, ints({1}, {4}), -1); }) == "index out of range in self");
  CHECK(error_of([&] { ops::embedding(w, ints({1}, {-1}), -1); }) == "index out of range in self");
  CHECK(error_of([&] { ops::embedding(w, counted({1}), -1); }) ==
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
        "torch.FloatTensor instead (while checking arguments for embedding)");
  CHECK(error_of([&] { ops::embedding(counted({3}), ints({1}, {0}), -1); }) == "'weight' must be 2-D");
  try {
    ops::embedding(w, ints({1}, {4}), -1);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Index);
  }
  CHECK(is_close(ops::embedding(w, ints({1}, {0}), -1), {1, 3}, {0, 1, 2}));
}
