#include "ops_testing.h"

using namespace unroll;
using namespace unroll::testing;

namespace {

Tensor mixed() { return from_values({2, 4}, {3, NAN, 1, 2, 2, 2, 1, 2}); }

} // namespace

TEST_CASE("sort keeps the order of equal values and puts NaN above all") {
  const auto [up, up_at] = ops::sort(mixed(), 1, false, true);
  CHECK(is_close(up, {2, 4}, {1, 2, 3, NAN, 1, 2, 2, 2}));
  CHECK(is_close(up_at, {2, 4}, {2, 3, 0, 1, 2, 0, 1, 3}));
  const auto [down, down_at] = ops::sort(mixed(), -1, true, true);
  CHECK(is_close(down, {2, 4}, {NAN, 3, 2, 1, 2, 2, 2, 1}));
  CHECK(is_close(down_at, {2, 4}, {1, 0, 3, 2, 0, 1, 3, 2}));
}

TEST_CASE("sort works along any dim of any dtype") {
  const Tensor x = ops::t(ints({3, 2}, {5, -1, 2, 7, 3, 0}));
  const auto [values, at] = ops::sort(x, 0, false, false);
  CHECK(is_close(values, {2, 3}, {-1, 2, 0, 5, 7, 3}));
  CHECK(is_close(at, {2, 3}, {1, 0, 1, 0, 1, 0}));
  CHECK(values.dtype() == DType::Int64);
  CHECK(is_close(std::get<0>(ops::sort(bools({3}, {1, 0, 1}), 0, false, false)), {3}, {0, 1, 1}));
  CHECK(is_close(std::get<1>(ops::sort(counted({}), 0, false, false)), {}, {0}));
  CHECK(std::get<0>(ops::sort(counted({0, 3}), 0, false, false)).shape() == Shape{0, 3});
  CHECK(std::get<0>(ops::sort(counted({3, 0}), 1, false, false)).shape() == Shape{3, 0});
  CHECK(is_close(ops::argsort(mixed(), 1, true, true), {2, 4}, {1, 0, 3, 2, 0, 1, 3, 2}));
  CHECK(error_of([] { ops::sort(counted({2, 3}), 2, false, false); }) ==
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)");
}

TEST_CASE("topk gives the first of the order") {
  const Tensor x = from_values({2, 4}, {3, 5, 1, 4, -2, 7, 0, 9});
  const auto [values, at] = ops::topk(x, 2, -1, true, true);
  CHECK(is_close(values, {2, 2}, {5, 4, 9, 7}));
  CHECK(is_close(at, {2, 2}, {1, 3, 3, 1}));
  const auto [least, least_at] = ops::topk(ops::t(x), 3, 0, false, true);
  CHECK(is_close(least, {3, 2}, {1, -2, 3, 0, 4, 7}));
  CHECK(is_close(least_at, {3, 2}, {2, 0, 0, 2, 3, 1}));
  CHECK(is_close(std::get<0>(ops::topk(from_values({4}, {3, NAN, 1, 2}), 2, 0, true, true)), {2}, {NAN, 3}));
  CHECK(is_close(std::get<1>(ops::topk(counted({}), 1, 0, true, true)), {}, {0}));
  CHECK(std::get<0>(ops::topk(counted({0}), 0, 0, true, true)).shape() == Shape{0});
  CHECK(error_of([&] { ops::topk(x, 5, 1, true, true); }) == "selected index k out of range");
  CHECK(error_of([&] { ops::topk(bools({2}, {1, 0}), 1, 0, true, true); }) ==
        "\"topk_cpu\" not implemented for 'Bool'");
}

TEST_CASE("gradients of sort and topk go back to where the values came from") {
  const Tensor x = random_leaf({2, 4});
  CHECK(gradients_hold([](const Tensors& in) { return std::get<0>(ops::sort(ops::t(in[0]), 0, true, true)); }, {x}));
  CHECK(gradients_hold([](const Tensors& in) { return std::get<0>(ops::topk(in[0], 2, 1, true, true)); }, {x}));
  CHECK(grad_name(std::get<0>(ops::sort(x, 1, false, false))) == "SortBackward0");
  CHECK(grad_name(std::get<0>(ops::topk(x, 1, 1, true, true))) == "TopkBackward0");
  CHECK_FALSE(std::get<1>(ops::sort(x, 1, false, false)).requires_grad());
}

TEST_CASE("topk gives the same ones of equal values as PyTorch") {
  const auto indices = [](const std::vector<double>& values, std::int64_t k, bool largest) {
    const Tensor x = from_values({static_cast<std::int64_t>(values.size())}, values);
    return std::get<1>(ops::topk(x, k, 0, largest, true));
  };
  CHECK(is_close(indices({1, 2, 2, 1, 2, 1}, 3, true), {3}, {2, 4, 1}));
  CHECK(is_close(indices({1, 2, 2, 1, 2, 1}, 4, false), {4}, {3, 5, 0, 2}));
  CHECK(is_close(indices(std::vector<double>(20, 0), 5, true), {5}, {12, 14, 13, 15, 11}));
  CHECK(is_close(indices(std::vector<double>(200, 0), 3, true), {3}, {0, 1, 2}));
  std::vector<double> cycle(50);
  for (std::size_t i = 0; i < cycle.size(); ++i) cycle[i] = static_cast<double>(i % 3);
  CHECK(is_close(indices(cycle, 20, true), {20},
                 {26, 8, 44, 5, 47, 2, 41, 11, 14, 35, 17, 32, 20, 29, 23, 38, 40, 25, 28, 46}));
}
