#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("arange counts in the dtype of its values") {
  CHECK(is_close(ops::arange(0, 5, 1, DType::Int64), {5}, {0, 1, 2, 3, 4}));
  CHECK(is_close(ops::arange(5, 0, -2, DType::Int64), {3}, {5, 3, 1}));
  CHECK(is_close(ops::arange(0, 1, 0.1, DType::Float32), {10},
                 {0, 0.100000001, 0.200000003, 0.300000012, 0.400000006, 0.5, 0.600000024, 0.699999988, 0.800000012,
                  0.899999976}));
  CHECK(is_close(ops::arange(0.5, 3, 0.3, DType::Float64), {9}, {0.5, 0.8, 1.1, 1.4, 1.7, 2, 2.3, 2.6, 2.9}));
  CHECK(is_close(ops::arange(0.5, 5.7, 1, DType::Int64), {5}, {0, 1, 2, 3, 4}));
  CHECK(is_close(ops::arange(2, 2, 1, DType::Float32), {0}, {}));
  CHECK(error_of([] { ops::arange(0, 5, -1, DType::Float32); }) ==
        "upper bound and larger bound inconsistent with step sign");
  CHECK(error_of([] { ops::arange(0, 5, 0, DType::Float32); }) == "step must be nonzero");
  CHECK(error_of([] { ops::arange(0, INFINITY, 1, DType::Float32); }) == "unsupported range: 0 -> inf");
}

TEST_CASE("linspace ends exactly where it should") {
  CHECK(is_close(ops::linspace(0, 1, 7, DType::Float32), {7},
                 {0, 0.166666672, 0.333333343, 0.5, 0.666666627, 0.833333313, 1}));
  CHECK(is_close(ops::linspace(-3, 10, 11, DType::Float64), {11},
                 {-3, -1.7, -0.4, 0.9, 2.2, 3.5, 4.8, 6.1, 7.4, 8.7, 10}));
  CHECK(is_close(ops::linspace(0, 10, 7, DType::Int64), {7}, {0, 1, 3, 5, 6, 8, 10}));
  CHECK(is_close(ops::linspace(0, 1, 1, DType::Float32), {1}, {0}));
  CHECK(is_close(ops::linspace(0, 1, 0, DType::Float32), {0}, {}));
  CHECK(error_of([] { ops::linspace(0, 1, -1, DType::Float32); }) == "number of steps must be non-negative");
}

TEST_CASE("eye has ones where row and column agree") {
  CHECK(is_close(ops::eye(2, 3, DType::Float32), {2, 3}, {1, 0, 0, 0, 1, 0}));
  CHECK(is_close(ops::eye(3, 2, DType::Int64), {3, 2}, {1, 0, 0, 1, 0, 0}));
  CHECK(is_close(ops::eye(0, 2, DType::Bool), {0, 2}, {}));
  CHECK(error_of([] { ops::eye(-1, 2, DType::Float32); }) == "n must be greater or equal to 0, got -1");
}

TEST_CASE("tril and triu cut each matrix along a diagonal") {
  const Tensor x = counted({2, 3, 3});
  CHECK(is_close(ops::tril(x, 0), {2, 3, 3}, {0, 0, 0, 3, 4, 0, 6, 7, 8, 9, 0, 0, 12, 13, 0, 15, 16, 17}));
  CHECK(is_close(ops::triu(x, 1), {2, 3, 3}, {0, 1, 2, 0, 0, 5, 0, 0, 0, 0, 10, 11, 0, 0, 14, 0, 0, 0}));
  CHECK(is_close(ops::tril(ops::transpose(counted({4, 2}), 0, 1), -1), {2, 4}, {0, 0, 0, 0, 1, 0, 0, 0}));
  CHECK(is_close(ops::triu(bools({2, 2}, {1, 1, 1, 1}), 0), {2, 2}, {1, 1, 0, 1}));
  CHECK(is_close(ops::tril(counted({0, 3}), 0), {0, 3}, {}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::tril(in[0], 1); }, {counted_leaf({3, 4})}));
  CHECK(gradients_hold([](const Tensors& in) { return ops::triu(in[0], -1); }, {counted_leaf({2, 3, 3})}));
  CHECK(error_of([] { ops::tril(counted({3}), 0); }) == "tril: input tensor must have at least 2 dimensions");
}
