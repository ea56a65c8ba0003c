#include <limits>

#include "expect.h"
#include "unroll/ops.h"

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

Tensor floats(const std::vector<double>& v) { return from_values({static_cast<std::int64_t>(v.size())}, v); }
Tensor longs(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Int64);
}
Tensor bools(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Bool);
}

} // namespace

TEST_CASE("comparisons give bools, and NaN equals nothing") {
  const Tensor a = floats({1, 2, 3, NaN, inf}), b = floats({2, 2, 2, NaN, inf});
  CHECK(ops::eq(a, b).dtype() == DType::Bool);
  CHECK(is_close(ops::eq(a, b), {5}, {0, 1, 0, 0, 1}));
  CHECK(is_close(ops::ne(a, b), {5}, {1, 0, 1, 1, 0}));
  CHECK(is_close(ops::lt(a, b), {5}, {1, 0, 0, 0, 0}));
  CHECK(is_close(ops::le(a, b), {5}, {1, 1, 0, 0, 1}));
  CHECK(is_close(ops::gt(a, b), {5}, {0, 0, 1, 0, 0}));
  CHECK(is_close(ops::ge(a, b), {5}, {0, 1, 1, 0, 1}));
}

TEST_CASE("comparisons over many elements, dtypes, strides and shapes") {
  std::vector<double> values, expected;
  for (int i = 0; i < 37; ++i) {
    values.push_back(i % 5);
    expected.push_back(i % 5 != 3);
  }
  CHECK(is_close(ops::ne(floats(values), 3), {37}, expected));
  CHECK(is_close(ops::ne(longs(values), 3.0), {37}, expected));
  CHECK(is_close(ops::eq(full({}, 0.1, DType::Float32), 0.1), {}, {1}));
  CHECK(is_close(ops::eq(bools({1, 0}), 1), {2}, {1, 0}));
  const Tensor x = from_values({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK(is_close(ops::gt(ops::transpose(x, 0, 1), ops::select(x, 1, 1)), {3, 2}, {0, 0, 0, 0, 1, 1}));
  CHECK(is_close(ops::lt(zeros({0, 2}, DType::Float32), 1), {0, 2}, {}));
  CHECK(error_of([&] { ops::eq(x, floats({1, 2})); }) ==
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1");
}

TEST_CASE("comparisons of tensors that require grad are no part of the graph") {
  const Tensor x = leaf({2}, {1, 2});
  CHECK_FALSE(ops::gt(x, 1).requires_grad());
  CHECK_FALSE(ops::isnan(x).requires_grad());
}

TEST_CASE("logic looks at the truth of each element, bits at integers") {
  const Tensor f = floats({0, 2, NaN, 0}), b = bools({1, 1, 1, 0}), i = longs({6, 3, -1, 0});
  CHECK(is_close(ops::logical_and(f, b), {4}, {0, 1, 1, 0}));
  CHECK(is_close(ops::logical_or(f, b), {4}, {1, 1, 1, 0}));
  CHECK(is_close(ops::logical_xor(f, b), {4}, {1, 0, 0, 0}));
  CHECK(is_close(ops::logical_not(f), {4}, {1, 0, 0, 1}));
  CHECK(is_close(ops::bitwise_and(i, 3), {4}, {2, 3, 3, 0}));
  CHECK(is_close(ops::bitwise_or(i, 8), {4}, {14, 11, -1, 8}));
  CHECK(is_close(ops::bitwise_xor(b, bools({1, 0, 1, 0})), {4}, {0, 1, 0, 0}));
  CHECK(ops::bitwise_and(b, i).dtype() == DType::Int64);
  CHECK(is_close(ops::bitwise_not(i), {4}, {-7, -4, 0, -1}));
  CHECK(is_close(ops::bitwise_not(b), {4}, {0, 0, 0, 1}));
  CHECK(error_of([&] { ops::bitwise_and(f, f); }) == "\"bitwise_and_cpu\" not implemented for 'Float'");
  CHECK(error_of([&] { ops::bitwise_not(f); }) ==
        "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
}

TEST_CASE("tests of single values") {
  const Tensor x = floats({1, NaN, inf, -inf});
  CHECK(is_close(ops::isnan(x), {4}, {0, 1, 0, 0}));
  CHECK(is_close(ops::isinf(x), {4}, {0, 0, 1, 1}));
  CHECK(is_close(ops::isfinite(x), {4}, {1, 0, 0, 0}));
  CHECK(is_close(ops::isfinite(longs({1, 2})), {2}, {1, 1}));
  CHECK(is_close(ops::isnan(bools({1, 0})), {2}, {0, 0}));
}

TEST_CASE("equal and allclose compare whole tensors") {
  const Tensor x = floats({1, 2}), y = floats({1, 2.00001f});
  CHECK(ops::equal(x, floats({1, 2})));
  CHECK(ops::equal(x, from_values({2}, {1, 2}, DType::Float64)));
  CHECK_FALSE(ops::equal(x, y));
  CHECK_FALSE(ops::equal(x, floats({1, 2, 3})));
  CHECK_FALSE(ops::equal(floats({NaN}), floats({NaN})));
  CHECK(ops::allclose(x, y, 1e-5, 1e-8, false));
  CHECK_FALSE(ops::allclose(x, y, 1e-7, 1e-8, false));
  CHECK(ops::allclose(floats({NaN, inf}), floats({NaN, inf}), 1e-5, 1e-8, true));
  CHECK_FALSE(ops::allclose(floats({NaN}), floats({NaN}), 1e-5, 1e-8, false));
  CHECK_FALSE(ops::allclose(floats({1}), floats({inf}), 1e-5, 1e-8, false));
  CHECK(error_of([&] { ops::allclose(x, longs({1, 2}), 1e-5, 1e-8, false); }) == "Float did not match Long");
}
