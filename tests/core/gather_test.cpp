#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("gather reads one element a place") {
  const Tensor x = counted({3, 4});
  CHECK(is_close(ops::gather(x, 1, ints({3, 2}, {0, 3, 1, 1, 2, 0})), {3, 2}, {0, 3, 5, 5, 10, 8}));
  CHECK(is_close(ops::gather(x, 0, ints({2, 3}, {0, 2, 1, 1, 2, 0})), {2, 3}, {0, 9, 6, 4, 9, 2}));
  CHECK(is_close(ops::gather(ops::t(x), -1, ops::t(ints({2, 3}, {0, 2, 1, 1, 2, 0}))), {3, 2}, {0, 4, 9, 9, 6, 2}));
  CHECK(is_close(ops::gather(ops::expand(counted({1, 3}), {2, 3}), 1, ops::expand(ints({1, 1}, {2}), {2, 1})), {2, 1},
                 {2, 2}));
  CHECK(is_close(ops::gather(counted({2, 2, 2}), 1, ints({1, 2, 2}, {1, 0, 0, 1})), {1, 2, 2}, {2, 1, 0, 3}));
  CHECK(is_close(ops::gather(counted({}), 0, ints({1}, {0})), {1}, {0}));
  CHECK(ops::gather(x, 1, ints({0}, {})).shape() == Shape{0});
  CHECK(is_close(ops::gather(bools({2}, {0, 1}), 0, ints({1}, {1})), {1}, {1}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::gather(in[0], 1, ints({2, 3}, {0, 0, 1, 2, 2, 2})); },
                       {counted_leaf({2, 3})}));
}

TEST_CASE("gather says what does not fit") {
  const Tensor x = counted({3, 4});
  CHECK(error_of([&] { ops::gather(x, 1, ints({1, 1}, {4})); }) ==
        "index 4 is out of bounds for dimension 1 with size 4");
  CHECK(error_of([&] { ops::gather(x, 1, ints({1, 1}, {-1})); }) ==
        "index -1 is out of bounds for dimension 1 with size 4");
  CHECK(error_of([&] { ops::gather(x, 0, ints({1}, {0})); }) ==
        "Index tensor must have the same number of dimensions as input tensor");
  CHECK(error_of([&] { ops::gather(x, 1, ints({4, 1}, {0, 0, 0, 0})); }) ==
        "Size does not match at dimension 0 expected index [4, 1] to be no larger than self [3, 4] apart from "
        "dimension 1");
  CHECK(error_of([&] { ops::gather(x, 1, counted({1, 1})); }) == "gather(): Expected dtype int64 for index");
}

TEST_CASE("scatter writes one element a place, the last of equal places wins") {
  const Tensor x = counted({3, 3});
  CHECK(is_close(ops::scatter(x, 1, ints({3, 1}, {0, 2, 1}), Operand(9)), {3, 3}, {9, 1, 2, 3, 4, 9, 6, 9, 8}));
  CHECK(is_close(ops::scatter(x, 0, ints({1, 3}, {0, 2, 1}), counted({2, 3})), {3, 3}, {0, 1, 2, 3, 4, 2, 6, 1, 8}));
  CHECK(
      is_close(ops::scatter(ops::t(x), 1, ints({1, 2}, {1, 1}), counted({1, 2})), {3, 3}, {0, 1, 6, 1, 4, 7, 2, 5, 8}));
  CHECK(is_close(ops::scatter(counted({3}, DType::Int64), 0, ints({1}, {2}), Operand(1.7)), {3}, {0, 1, 1}));
  CHECK(is_close(ops::scatter(x, 1, ints({0}, {}), Operand(9)), {3, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8}));
  CHECK(is_close(x, {3, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::scatter(in[0], 1, ints({2, 2}, {0, 2, 1, 0}), in[1]); },
                       {counted_leaf({2, 3}), counted_leaf({2, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::scatter(in[0], 1, ints({2, 1}, {0, 2}), in[1]); },
                       {counted_leaf({2, 3}), counted_leaf({2, 2})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::scatter(in[0], 0, ints({1, 2}, {0, 1}), Operand(5.0)); },
                       {counted_leaf({2, 3})}));
}

TEST_CASE("scatter_add adds up what meets in one place") {
  const Tensor x = counted({2, 3});
  CHECK(is_close(ops::scatter_add(x, 1, ints({2, 2}, {0, 0, 2, 1}), counted({2, 2})), {2, 3}, {1, 1, 2, 3, 7, 7}));
  CHECK(is_close(ops::scatter_add(zeros({2}, DType::Int64), 0, ints({3}, {1, 1, 1}), ones({3}, DType::Int64)), {2},
                 {0, 3}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::scatter_add(in[0], 1, ints({2, 2}, {0, 0, 2, 1}), in[1]); },
                       {counted_leaf({2, 3}), counted_leaf({2, 3})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::scatter_add(in[0], 0, ints({}, {0}), in[1]); },
                       {counted_leaf({}), counted_leaf({})}));
}

TEST_CASE("scatter says what does not fit") {
  const Tensor x = counted({3, 4});
  CHECK(error_of([&] { ops::scatter(x, 1, ints({1, 1}, {4}), Operand(1)); }) ==
        "index 4 is out of bounds for dimension 1 with size 4");
  CHECK(error_of([&] { ops::scatter(x, 1, ints({1}, {0}), Operand(1)); }) ==
        "Index tensor must have the same number of dimensions as self tensor");
  CHECK(error_of([&] { ops::scatter(x, 1, ints({1, 2}, {0, 1}), counted({1, 1})); }) ==
        "Expected index [1, 2] to be no larger than self [3, 4] apart from dimension 1 and to be no larger size than "
        "src [1, 1]");
  CHECK(error_of([&] { ops::scatter(x, 1, ints({4, 1}, {0, 0, 0, 0}), Operand(1)); }) ==
        "Expected index [4, 1] to be no larger than self [3, 4] apart from dimension 1");
  CHECK(error_of([&] { ops::scatter(x, 1, ints({1, 1}, {0}), counted({1, 1}, DType::Float64)); }) ==
        "scatter(): Expected self.dtype to be equal to src.dtype");
  CHECK(error_of([&] { ops::scatter(x, 1, counted({1, 1}), Operand(1)); }) ==
        "scatter(): Expected dtype int64 for index");
}
