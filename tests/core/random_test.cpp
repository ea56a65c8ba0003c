#include <catch_amalgamated.hpp>

#include "unroll/ops.h"
#include "unroll/random.h"

// Expected values: PyTorch 2.6, torch.manual_seed(0), the same calls in the same order.

using namespace unroll;
using Catch::Approx;

namespace {

void require_values(const Tensor& x, const std::vector<double>& expected, double tolerance = 0) {
  const std::vector<double> values = to_values(x);
  REQUIRE(values.size() >= expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(values[i] == Approx(expected[i]).epsilon(tolerance).margin(0));
}

} // namespace

TEST_CASE("a seed gives PyTorch's numbers, one kind of draw after the other") {
  default_generator().manual_seed(0);
  const auto f = DType::Float32, d = DType::Float64, l = DType::Int64;
  require_values(ops::rand({3}, f, 0), {0.49625658988952637, 0.7682217955589294, 0.08847743272781372});
  require_values(ops::randn({5}, f, 0), {0.3643381893634796, 0.13439632952213287, 0.16421625018119812,
                                         0.3057610094547272, 0.20998091995716095});
  require_values(ops::randn({20}, f, 0),
                 {0.8503773808479309, -1.3526537418365479, -1.6959311962127686, 0.5666506290435791}, 1e-6);
  require_values(ops::slice(ops::randn({17}, d, 0), 0, 14, 17, 1),
                 {0.727512359262504, -1.3847089417384169, -1.1050420054812622}, 1e-14);
  require_values(ops::randint(0, 100, {5}, l, 0), {60, 7, 14, 75, 63});
  require_values(ops::randint(0, std::int64_t{1} << 29, {3}, l, 0), {474057613, 213684597, 134559573});
  require_values(ops::randint(0, std::int64_t{1} << 33, {3}, l, 0), {593491249, 5139282089, 5878629824});
  require_values(ops::randperm(10, l, 0), {1, 8, 0, 3, 5, 4, 6, 7, 2, 9});
  require_values(ops::bernoulli_(empty({5}, f), 0.5, 0), {0, 0, 1, 0, 1});
  require_values(ops::bernoulli(full({5}, 0.3, f), 0), {1, 1, 0, 0, 0});
  require_values(ops::exponential_(empty({4}, f), 2, 0),
                 {0.07673448324203491, 1.0199652910232544, 0.23749570548534393, 0.12079976499080658});
  const Tensor p = from_values({4}, {.1, .2, .3, .4});
  require_values(ops::multinomial(p, 1, false, 0), {1});
  require_values(ops::multinomial(p, 5, true, 0), {2, 2, 2, 1, 3});
  require_values(ops::multinomial(p, 3, false, 0), {3, 1, 0});
  CHECK(ops::random_(empty({}, l), 0, INT64_MAX, 0).item_int() == 4883409590506856723);
  require_values(ops::rand({2}, d, 0), {0.7368996555866876, 0.17839957242372062});
  require_values(ops::normal(from_values({2}, {1, 2}), 0.5, 0), {1.4528130292892456, 2.1422128677368164}, 1e-6);
}

TEST_CASE("a generator's state can be put back") {
  Generator gen(7);
  gen.normal();
  const auto state = gen.state();
  CHECK(state.size() == 5056);
  const double a = gen.normal(), b = gen.uniform<double>();
  gen.set_state(state);
  CHECK(gen.normal() == a);
  CHECK(gen.uniform<double>() == b);
  CHECK_THROWS_WITH(gen.set_state({1, 2, 3}), "RNG state is wrong size: got 3 bytes, expected 5056");
}

TEST_CASE("multinomial refuses what is no distribution") {
  CHECK_THROWS_WITH(ops::multinomial(from_values({2}, {1, -1}), 1, true, 0),
                    "probability tensor contains either `inf`, `nan` or element < 0");
  CHECK_THROWS_WITH(ops::multinomial(from_values({2}, {0, 0}), 1, true, 0),
                    "invalid multinomial distribution (sum of probabilities <= 0)");
}
