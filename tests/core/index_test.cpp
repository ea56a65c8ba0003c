#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

namespace {
const Tensor none;
}

TEST_CASE("index tensors pick slices, masks pick elements") {
  const Tensor x = counted({3, 4});
  CHECK(is_close(ops::index(x, {ints({3}, {2, 0, -1})}), {3, 4}, {8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11}));
  CHECK(is_close(ops::index(x, {none, ints({2}, {3, 1})}), {3, 2}, {3, 1, 7, 5, 11, 9}));
  CHECK(is_close(ops::index(x, {ints({2}, {0, 2}), ints({2}, {1, 3})}), {2}, {1, 11}));
  CHECK(is_close(ops::index(x, {ints({2, 1}, {0, 2}), ints({2}, {1, 3})}), {2, 2}, {1, 3, 9, 11}));
  CHECK(is_close(ops::index(x, {ints({}, {1})}), {4}, {4, 5, 6, 7}));
  CHECK(is_close(ops::index(x, {ints({0}, {})}), {0, 4}, {}));
  CHECK(is_close(ops::index(x, {bools({3}, {1, 0, 1})}), {2, 4}, {0, 1, 2, 3, 8, 9, 10, 11}));
  CHECK(is_close(ops::index(x, {none, bools({4}, {1, 0, 0, 1})}), {3, 2}, {0, 3, 4, 7, 8, 11}));
  CHECK(is_close(ops::index(x, {ops::t(bools({4, 3}, {1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1}))}), {5}, {0, 2, 6, 8, 11}));
  CHECK(is_close(ops::index(x, {bools({3}, {1, 0, 1}), ints({2}, {1, 2})}), {2}, {1, 10}));
  CHECK(is_close(ops::index(x, {bools({}, {1})}), {1, 3, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  CHECK(ops::index(x, {bools({}, {0})}).shape() == Shape{0, 3, 4});
}

TEST_CASE("indices with a full slice between them put their dims first") {
  const Tensor x = counted({2, 3, 4});
  const Tensor i = ints({2}, {0, 1}), column = ints({2, 1}, {1, 0});
  CHECK(is_close(ops::index(x, {i, none, i}), {2, 3}, {0, 4, 8, 13, 17, 21}));
  CHECK(is_close(ops::index(x, {i, none, column}), {2, 2, 3}, {1, 5, 9, 13, 17, 21, 0, 4, 8, 12, 16, 20}));
  CHECK(is_close(ops::index(x, {none, i, column}), {2, 2, 2}, {1, 5, 0, 4, 13, 17, 12, 16}));
  CHECK(
      is_close(ops::index(x, {none, column}), {2, 2, 1, 4}, {4, 5, 6, 7, 0, 1, 2, 3, 16, 17, 18, 19, 12, 13, 14, 15}));
  CHECK(is_close(ops::index(counted({2, 2, 2, 2}), {none, i, none, i}), {2, 2, 2}, {0, 2, 8, 10, 5, 7, 13, 15}));
  CHECK(is_close(ops::index(x, {bools({2, 3}, {1, 0, 1, 0, 1, 1}), ints({4}, {0, 1, 2, 3})}), {4}, {0, 9, 18, 23}));
}

TEST_CASE("an index reads transposed, sliced and expanded inputs") {
  const Tensor i = ints({2}, {1, 0});
  CHECK(is_close(ops::index(ops::transpose(counted({2, 3, 2}), 0, 2), {i}), {2, 3, 2},
                 {1, 7, 3, 9, 5, 11, 0, 6, 2, 8, 4, 10}));
  CHECK(is_close(ops::index(ops::slice(counted({3, 6}), 1, 0, 6, 2), {i}), {2, 3}, {6, 8, 10, 0, 2, 4}));
  CHECK(is_close(ops::index(ops::slice(counted({3, 6}), 1, 0, 6, 2), {none, i}), {3, 2}, {2, 0, 8, 6, 14, 12}));
  CHECK(is_close(ops::index(ops::expand(counted({1, 3}), {2, 3}), {i}), {2, 3}, {0, 1, 2, 0, 1, 2}));
  CHECK(is_close(ops::index(counted({3, 2}), {ops::expand(ints({1}, {2}), {2})}), {2, 2}, {4, 5, 4, 5}));
  CHECK(is_close(ops::index(bools({2, 2}, {1, 0, 0, 1}), {i}), {2, 2}, {0, 1, 1, 0}));
}

TEST_CASE("an index that does not fit is an IndexError in PyTorch's words") {
  const Tensor x = counted({2, 3});
  const Tensor i = ints({1}, {0});
  CHECK(error_of([&] { ops::index(x, {i, i, i}); }) == "too many indices for tensor of dimension 2");
  CHECK(error_of([&] { ops::index(x, {ints({1}, {5})}); }) == "index 5 is out of bounds for dimension 0 with size 2");
  CHECK(error_of([&] { ops::index(x, {none, ints({1}, {-4})}); }) ==
        "index -4 is out of bounds for dimension 0 with size 3");
  CHECK(error_of([&] { ops::index(counted({0, 3}), {i}); }) == "index is out of bounds for dimension with size 0");
  CHECK(error_of([&] { ops::index(x, {counted({1})}); }) ==
        "tensors used as indices must be long, int, byte or bool tensors");
  CHECK(error_of([&] { ops::index(x, {bools({3}, {1, 0, 1})}); }) ==
        "The shape of the mask [3] at index 0 does not match the shape of the indexed tensor [2, 3] at index 0");
  CHECK(error_of([&] { ops::index(x, {none, bools({2}, {1, 0})}); }) ==
        "The shape of the mask [2] at index 0 does not match the shape of the indexed tensor [2, 3] at index 1");
  CHECK(error_of([&] { ops::index(x, {ints({2}, {0, 1}), ints({3}, {0, 1, 2})}); }) ==
        "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]");
  const Tensor y = counted({2, 2, 3});
  CHECK(error_of([&] { ops::index(y, {i, none, ints({1}, {9})}); }) ==
        "index 9 is out of bounds for dimension 1 with size 3");
  CHECK(error_of([&] { ops::index(y, {bools({2, 2}, {1, 1, 0, 1}), ints({1}, {9})}); }) ==
        "index 9 is out of bounds for dimension 2 with size 3");
  CHECK(error_of([&] { ops::index(y, {bools({2, 1}, {1, 1})}); }) ==
        "The shape of the mask [2, 1] at index 1 does not match the shape of the indexed tensor [2, 2, 3] at index 1");
  try {
    ops::index(x, {ints({1}, {5})});
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Index);
  }
  CHECK(error_of([&] { ops::index(counted({2, 2, 2}), {bools({2, 2}, {1, 1, 0, 1}), ints({2}, {0, 1})}); }) ==
        "shape mismatch: indexing tensors could not be broadcast together with shapes [3], [3], [2]");
}

TEST_CASE("gradients of an index add up where elements are picked twice") {
  const Tensor x = counted_leaf({3, 3});
  CHECK(gradients_hold([](const Tensors& in) { return ops::index(in[0], {ints({3}, {1, 1, 2})}); }, {x}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::index(in[0], {none, ints({2, 2}, {0, 1, 1, 1})}); }, {x}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::index(in[0], {bools({3}, {1, 0, 1})}); }, {x}));
  CHECK(gradients_hold(
      [](const Tensors& in) { return ops::index(ops::t(in[0]), {ints({2}, {0, 2}), ints({2}, {1, 1})}); }, {x}));
  CHECK(grad_name(ops::index(x, {ints({1}, {0})})) == "IndexBackward0");
}

TEST_CASE("index_put_ writes values that broadcast, adding them up where asked") {
  const Tensor x = counted({3, 4});
  ops::index_put_(x, {ints({2}, {0, 2})}, counted({4}), false);
  CHECK(is_close(x, {3, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3}));
  ops::index_put_(x, {bools({3, 4}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})}, Operand(-1), false);
  CHECK(is_close(x, {3, 4}, {-1, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, -1}));
  const Tensor sums = zeros({3}, DType::Float32);
  ops::index_put_(sums, {ints({4}, {0, 2, 0, 0})}, counted({4}), true);
  CHECK(is_close(sums, {3}, {5, 0, 1}));
  ops::index_put_(sums, {ints({2}, {1, 1})}, counted({2}), false);
  CHECK(is_close(sums, {3}, {5, 1, 1}));
  const Tensor x2 = counted({2, 3});
  ops::index_put_(ops::t(x2), {none, ints({1}, {0})}, Operand(9), false);
  CHECK(is_close(x2, {2, 3}, {9, 9, 9, 3, 4, 5}));
}

TEST_CASE("index_put_ reads values from the tensor that it writes as they were before") {
  const Tensor x = counted({4});
  ops::index_put_(x, {ints({4}, {3, 2, 1, 0})}, x, false);
  CHECK(is_close(x, {4}, {3, 2, 1, 0}));
}

TEST_CASE("index_put_ says which values and dtypes do not fit") {
  const Tensor x = counted({2, 3});
  const Tensor i = ints({2}, {0, 1});
  CHECK(error_of([&] { ops::index_put_(x, {i}, counted({4}), false); }) ==
        "shape mismatch: value tensor of shape [4] cannot be broadcast to indexing result of shape [2, 3]");
  CHECK(error_of([&] { ops::index_put_(x, {i}, counted({1, 2, 3}), false); }) ==
        "shape mismatch: value tensor of shape [1, 2, 3] cannot be broadcast to indexing result of shape [2, 3]");
  CHECK(error_of([&] { ops::index_put_(x, {i}, counted({3}, DType::Float64), false); }) ==
        "Index put requires the source and destination dtypes match, got Float for the destination and Double for the "
        "source.");
  CHECK(error_of([&] { ops::index_put_(counted_leaf({2, 3}), {i}, Operand(1.0), false); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  ops::index_put_(x, {bools({2}, {1, 0})}, from_values({}, {7}, DType::Float64), false);
  CHECK(is_close(x, {2, 3}, {7, 7, 7, 3, 4, 5}));
}

TEST_CASE("index_put_ within a graph sends gradients to the values and to what was kept") {
  const auto put = [](bool accumulate) {
    return [accumulate](const Tensors& in) {
      const Tensor y = ops::clone(in[0]);
      ops::index_put_(y, {ints({2}, {2, 0})}, in[1], accumulate);
      return ops::mul(y, y);
    };
  };
  CHECK(gradients_hold(put(false), {counted_leaf({3, 2}), counted_leaf({2})}));
  CHECK(gradients_hold(put(true), {counted_leaf({3, 2}), counted_leaf({2, 1})}));
  const Tensor y = ops::clone(counted_leaf({3}));
  ops::index_put_(y, {ints({1}, {0})}, Operand(1.0), false);
  CHECK(grad_name(y) == "IndexPutBackward0");
}

TEST_CASE("masked_select broadcasts and flattens") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::masked_select(x, bools({2, 3}, {1, 0, 1, 0, 1, 0})), {3}, {0, 2, 4}));
  CHECK(is_close(ops::masked_select(x, bools({2, 1}, {0, 1})), {3}, {3, 4, 5}));
  CHECK(is_close(ops::masked_select(counted({3}), bools({2, 1}, {1, 1})), {6}, {0, 1, 2, 0, 1, 2}));
  CHECK(is_close(ops::masked_select(counted({}), bools({}, {1})), {1}, {0}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::masked_select(in[0], bools({2, 1}, {0, 1})); },
                       {counted_leaf({2, 3})}));
  CHECK(error_of([&] { ops::masked_select(x, counted({2, 3})); }) == "masked_select: expected BoolTensor for mask");
  CHECK(error_of([&] { ops::masked_select(x, bools({2}, {1, 1})); }) ==
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1");
}

TEST_CASE("nonzero lists positions and one_hot marks them") {
  CHECK(is_close(ops::nonzero(ops::t(counted({2, 2}))), {3, 2}, {0, 1, 1, 0, 1, 1}));
  CHECK(is_close(ops::nonzero(from_values({3}, {NAN, 0, -0.5})), {2, 1}, {0, 2}));
  CHECK(ops::nonzero(counted({})).shape() == Shape{0, 0});
  CHECK(ops::nonzero(ones({}, DType::Float32)).shape() == Shape{1, 0});
  CHECK(ops::nonzero(counted({0, 2})).shape() == Shape{0, 2});
  CHECK(
      is_close(ops::one_hot(ops::t(ints({2, 2}, {0, 1, 2, 1})), -1), {2, 2, 3}, {1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0}));
  CHECK(is_close(ops::one_hot(ints({}, {1}), 3), {3}, {0, 1, 0}));
  CHECK(ops::one_hot(ints({0}, {}), 3).shape() == Shape{0, 3});
  CHECK(error_of([] { ops::one_hot(counted({2}), -1); }) ==
        "one_hot is only applicable to index tensor of type LongTensor.");
  CHECK(error_of([] { ops::one_hot(ints({2}, {0, -1}), -1); }) == "Class values must be non-negative.");
  CHECK(error_of([] { ops::one_hot(ints({2}, {0, 1}), 1); }) == "Class values must be smaller than num_classes.");
  CHECK(error_of([] { ops::one_hot(ints({0}, {}), -1); }) ==
        "Can not infer total number of classes from empty tensor.");
}
