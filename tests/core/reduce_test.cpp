#include <limits>

#include "expect.h"
#include "gradcheck.h"

// Expected values are real PyTorch 2.6's, in float64.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// (2, 3, 4), some values equal.
Tensor cube() {
  return leaf({2, 3, 4}, {-1.5,
                          0.833333333333333,
                          -0.5,
                          1.83333333333333,
                          0.5,
                          -0.833333333333333,
                          1.5,
                          0.166666666666667,
                          -1.16666666666667,
                          1.16666666666667,
                          -0.166666666666667,
                          -1.5,
                          0.833333333333333,
                          -0.5,
                          1.83333333333333,
                          0.5,
                          -0.833333333333333,
                          1.5,
                          0.166666666666667,
                          -1.16666666666667,
                          1.16666666666667,
                          -0.166666666666667,
                          -1.5,
                          0.833333333333333});
}

OptDims dims(const Shape& d) { return d; }
const OptDims every;
Tensor sum_of(const Tensor& x, const OptDims& d = every, bool keepdim = false) {
  return ops::sum(x, d, keepdim, std::nullopt);
}
Tensor mean_of(const Tensor& x, const OptDims& d = every, bool keepdim = false) {
  return ops::mean(x, d, keepdim, std::nullopt);
}

Tensor longs(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Int64);
}
Tensor bools(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Bool);
}
Tensor floats(const std::vector<double>& v) { return from_values({static_cast<std::int64_t>(v.size())}, v); }

} // namespace

TEST_CASE("sums and means over any dims give PyTorch's values") {
  const Tensor x = cube();
  CHECK(is_close(sum_of(x), {}, {3}, 1e-14));
  CHECK(is_close(
      sum_of(x, dims({0})), {3, 4},
      {-0.666666666666667, 0.333333333333333, 1.33333333333333, 2.33333333333333, -0.333333333333333, 0.666666666666667,
       1.66666666666667, -1, -2.22044604925031e-16, 1, -1.66666666666667, -0.666666666666667},
      1e-14));
  CHECK(is_close(sum_of(x, dims({1})), {2, 4},
                 {-2.16666666666667, 1.16666666666667, 0.833333333333333, 0.5, 1.16666666666667, 0.833333333333333, 0.5,
                  0.166666666666667},
                 1e-14));
  CHECK(is_close(
      sum_of(x, dims({-1}), true), {2, 3, 1},
      {0.666666666666667, 1.33333333333333, -1.66666666666667, 2.66666666666667, -0.333333333333333, 0.333333333333333},
      1e-14));
  CHECK(is_close(sum_of(x, dims({0, 2})), {3}, {3.33333333333333, 1, -1.33333333333333}, 1e-14));
  CHECK(is_close(sum_of(x, dims({})), {}, {3}, 1e-14));
  CHECK(is_close(mean_of(x), {}, {0.125}, 1e-14));
  CHECK(is_close(mean_of(x, dims({1, 2}), true), {2, 1, 1}, {0.0277777777777777, 0.222222222222222}, 1e-14));
  CHECK(is_close(sum_of(ops::permute(x, {2, 0, 1}), dims({1})), {4, 3},
                 {-0.666666666666667, -0.333333333333333, -2.22044604925031e-16, 0.333333333333333, 0.666666666666667,
                  1, 1.33333333333333, 1.66666666666667, -1.66666666666667, 2.33333333333333, -1, -0.666666666666667},
                 1e-14));
  CHECK(is_close(sum_of(ops::slice(x, 2, 1, 4, 2), dims({2})), {2, 3},
                 {2.66666666666667, -0.666666666666667, -0.333333333333333, 0, 0.333333333333333, 0.666666666666667},
                 1e-14));
  CHECK(is_close(sum_of(ops::expand(ops::slice(x, 0, 0, 1, 1), {5, 3, 4}), dims({0, 2})), {3},
                 {3.33333333333333, 6.66666666666667, -8.33333333333334}, 1e-14));
}

TEST_CASE("sums of integers are integers, means of integers are refused") {
  CHECK(sum_of(longs({3, -4})).dtype() == DType::Int64);
  CHECK(sum_of(bools({1, 1, 0})).item_int() == 2);
  CHECK(ops::sum(longs({3, -4}), every, false, DType::Float32).dtype() == DType::Float32);
  CHECK(ops::sum(floats({0, 0.5}), every, false, DType::Bool).item() == 1);
  CHECK(
      error_of([] { mean_of(longs({1})); }) ==
      "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long");
  CHECK(ops::mean(longs({1, 2}), every, false, DType::Float32).item() == 1.5);
}

TEST_CASE("single-precision sums keep their accuracy over many elements") {
  const Tensor x = full({100000}, 0.1, DType::Float32);
  CHECK(sum_of(x).item() == Catch::Approx(100000 * static_cast<double>(0.1f)).epsilon(1e-7));
  CHECK(to_values(sum_of(ops::reshape(x, {1000, 100}), dims({0})))[57] ==
        Catch::Approx(1000 * static_cast<double>(0.1f)).epsilon(1e-7));
}

TEST_CASE("reductions of nothing give the neutral element") {
  const Tensor none = zeros({2, 0}, DType::Float32);
  CHECK(is_close(sum_of(none, dims({1})), {2}, {0, 0}));
  CHECK(is_close(sum_of(none, dims({0})), {0}, {}));
  CHECK(is_close(mean_of(none, dims({1})), {2}, {NaN, NaN}));
  CHECK(is_close(ops::prod(none, 1, false, std::nullopt), {2}, {1, 1}));
  CHECK(is_close(ops::std(none, dims({1}), 1, false), {2}, {NaN, NaN}));
  CHECK(is_close(ops::logsumexp(none, {1}, false), {2}, {-inf, -inf}));
  CHECK(is_close(ops::all(none, every, false), {}, {1}));
  CHECK(is_close(ops::any(none, every, false), {}, {0}));
  CHECK(is_close(ops::norm(none, 2, dims({1}), false), {2}, {0, 0}));
  CHECK(is_close(ops::amax(none, dims({0}), false), {0}, {}));
  CHECK(is_close(ops::cumsum(none, 1, std::nullopt), {2, 0}, {}));
}

TEST_CASE("reductions take zero-dim tensors") {
  const Tensor x = leaf({}, {2});
  CHECK(is_close(sum_of(x, dims({0})), {}, {2}));
  CHECK(is_close(ops::var(x, every, 1, false), {}, {NaN}));
  CHECK(is_close(std::get<0>(ops::max(x, 0, false)), {}, {2}));
  CHECK(is_close(ops::argmax(x, std::nullopt, false), {}, {0}));
  CHECK(is_close(ops::cumsum(x, 0, std::nullopt), {}, {2}));
  CHECK(gradcheck([](const Tensors& in) { return std::get<0>(ops::max(in[0], 0, false)); }, {x}));
  CHECK(gradcheck([](const Tensors& in) { return ops::cumsum(in[0], 0, std::nullopt); }, {x}));
}

TEST_CASE("products, spreads and norms give PyTorch's values") {
  const Tensor x = cube();
  CHECK(is_close(ops::prod(x, std::nullopt, false, std::nullopt), {}, {-0.00091642116106916}, 1e-14));
  CHECK(is_close(ops::prod(x, 1, true, std::nullopt), {2, 1, 4},
                 {0.875, -0.810185185185185, 0.125, -0.458333333333334, -0.810185185185185, 0.125, -0.458333333333334,
                  -0.486111111111111},
                 1e-14));
  CHECK(ops::prod(longs({3, -4}), std::nullopt, false, std::nullopt).item_int() == -12);
  CHECK(is_close(ops::var(x, every, 1, false), {}, {1.20108695652174}, 1e-14));
  CHECK(is_close(ops::var(x, dims({0, 2}), 0, false), {3}, {1.21527777777778, 0.928819444444444, 1.13888888888889},
                 1e-14));
  CHECK(is_close(
      ops::var(x, dims({0}), 1, false), {3, 4},
      {2.72222222222222, 0.888888888888889, 2.72222222222222, 0.888888888888889, 0.888888888888889, 2.72222222222222,
       0.888888888888889, 0.888888888888889, 2.72222222222222, 0.888888888888889, 0.888888888888889, 2.72222222222222},
      1e-14));
  CHECK(is_close(
      ops::std(x, dims({2}), 1, true), {2, 3, 1},
      {1.46565621758588, 0.962250448649376, 1.19799214738043, 0.962250448649376, 1.19799214738043, 1.19799214738043},
      1e-14));
  CHECK(is_close(ops::std(ops::add(ops::to(x, DType::Float32), 10000), dims({2}), 1, false), {2, 3},
                 {1.46548343, 0.962100089, 1.19818091, 0.962100089, 1.19804502, 1.19804502}, 1e-5));
  CHECK(is_close(ops::norm(x, 2, every, false), {}, {5.29150262212918}, 1e-14));
  CHECK(is_close(
      ops::norm(x, 1, dims({1}), false), {2, 4},
      {3.16666666666667, 2.83333333333333, 2.16666666666667, 3.5, 2.83333333333333, 2.16666666666667, 3.5, 2.5},
      1e-14));
  CHECK(is_close(
      ops::norm(x, 3, dims({2}), true), {2, 3, 1},
      {2.17158645346434, 1.59834899138703, 1.87155746933383, 1.91208736652582, 1.77011312504297, 1.77011312504297},
      1e-14));
  CHECK(is_close(
      ops::norm(x, 0.5, dims({2}), false), {2, 3},
      {17.6293250687044, 10.581819495494, 14.3886701628389, 13.5504301575289, 13.1477856457857, 13.1477856457857},
      1e-14));
  CHECK(is_close(ops::norm(x, inf, dims({0}), false), {3, 4},
                 {1.5, 0.833333333333333, 1.83333333333333, 1.83333333333333, 0.833333333333333, 1.5, 1.5,
                  1.16666666666667, 1.16666666666667, 1.16666666666667, 1.5, 1.5},
                 1e-14));
  CHECK(is_close(ops::norm(x, -inf, every, false), {}, {0.166666666666667}, 1e-14));
  CHECK(is_close(ops::norm(x, 0, every, false), {}, {24}, 1e-14));
  CHECK(is_close(ops::logsumexp(x, {1}, false), {2, 4},
                 {0.780816724343398, 1.78286076671641, 1.7808167243434, 2.03590643313659, 1.78286076671641,
                  1.7808167243434, 2.03590643313659, 1.44952743338308},
                 1e-14));
  CHECK(is_close(ops::logsumexp(x, {0, 2}, true), {1, 3, 1}, {3.00549775741966, 2.6500975810018, 2.41360253543513},
                 1e-14));
  CHECK(is_close(ops::logsumexp(floats({-inf, -inf}), {0}, false), {}, {-inf}));
  CHECK(is_close(ops::logsumexp(floats({inf, -inf}), {0}, false), {}, {inf}));
  CHECK(is_close(ops::logsumexp(longs({3, -4}), {0}, false), {}, {3.00091147}));
  CHECK(is_close(ops::cumsum(x, 1, std::nullopt), {2, 3, 4},
                 {-1.5,
                  0.833333333333333,
                  -0.5,
                  1.83333333333333,
                  -1,
                  1.11022302462516e-16,
                  1,
                  2,
                  -2.16666666666667,
                  1.16666666666667,
                  0.833333333333333,
                  0.5,
                  0.833333333333333,
                  -0.5,
                  1.83333333333333,
                  0.5,
                  1.11022302462516e-16,
                  1,
                  2,
                  -0.666666666666667,
                  1.16666666666667,
                  0.833333333333333,
                  0.5,
                  0.166666666666667},
                 1e-14));
  CHECK(is_close(ops::cumsum(ops::transpose(x, 0, 2), 0, std::nullopt), {4, 3, 2},
                 {-1.5,
                  0.833333333333333,
                  0.5,
                  -0.833333333333333,
                  -1.16666666666667,
                  1.16666666666667,
                  -0.666666666666667,
                  0.333333333333333,
                  -0.333333333333333,
                  0.666666666666667,
                  -2.22044604925031e-16,
                  1,
                  -1.16666666666667,
                  2.16666666666667,
                  1.16666666666667,
                  0.833333333333333,
                  -0.166666666666667,
                  -0.5,
                  0.666666666666667,
                  2.66666666666667,
                  1.33333333333333,
                  -0.333333333333333,
                  -1.66666666666667,
                  0.333333333333333},
                 1e-14));
  CHECK(is_close(ops::cumsum(bools({1, 0, 1}), 0, std::nullopt), {3}, {1, 1, 2}));
}

TEST_CASE("extremes and their places are PyTorch's, the first one where several are equal") {
  const Tensor x = cube();
  CHECK(is_close(ops::amax(x, every, false), {}, {1.83333333333333}));
  CHECK(is_close(ops::amin(x, dims({0, 2}), false), {3}, {-1.5, -1.16666666666667, -1.5}));
  const auto [values, places] = ops::max(x, 1, false);
  CHECK(is_close(
      values, {2, 4},
      {0.5, 1.16666666666667, 1.5, 1.83333333333333, 1.16666666666667, 1.5, 1.83333333333333, 0.833333333333333}));
  CHECK(is_close(places, {2, 4}, {1, 2, 1, 0, 2, 1, 0, 2}));
  const auto [low, where_low] = ops::min(x, -1, true);
  CHECK(is_close(low, {2, 3, 1}, {-1.5, -0.833333333333333, -1.5, -0.5, -1.16666666666667, -1.5}));
  CHECK(is_close(where_low, {2, 3, 1}, {0, 1, 3, 1, 3, 2}));
  CHECK(is_close(ops::argmax(x, 0, false), {3, 4}, {1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1}));
  CHECK(is_close(ops::argmin(x, 2, false), {2, 3}, {0, 1, 3, 1, 3, 2}));
  CHECK(is_close(ops::argmax(ops::transpose(x, 0, 2), std::nullopt, false), {}, {13}));
  CHECK(is_close(ops::argmax(x, std::nullopt, true), {1, 1, 1}, {3}));
  CHECK(is_close(ops::argmax(floats({1, 1}), 0, false), {}, {0}));
  CHECK(is_close(std::get<0>(ops::max(bools({1, 0}), 0, false)), {}, {1}));
  CHECK(is_close(ops::amax(longs({3, -4}), every, false), {}, {3}));
  const Tensor holes = floats({1, NaN, 3});
  CHECK(is_close(ops::amax(holes, every, false), {}, {NaN}));
  CHECK(is_close(std::get<1>(ops::min(holes, 0, false)), {}, {1}));
  CHECK(is_close(ops::argmax(floats({-inf, -inf}), 0, false), {}, {0}));
}

TEST_CASE("all and any look at truth; an empty list of dims reduces nothing") {
  const Tensor x = from_values({2, 3}, {0, 1, 2, 3, 4, 5});
  CHECK(is_close(ops::all(x, every, false), {}, {0}));
  CHECK(is_close(ops::any(x, every, false), {}, {1}));
  CHECK(is_close(ops::all(x, dims({0}), true), {1, 3}, {0, 1, 1}));
  CHECK(is_close(ops::all(x, dims({}), false), {2, 3}, {0, 1, 1, 1, 1, 1}));
  CHECK(is_close(ops::any(bools({0, 0}), dims({0}), false), {}, {0}));
}

TEST_CASE("reductions pass the gradient check, twice, whatever the strides") {
  struct Case {
    const char* node;
    std::function<Tensor(const Tensor&)> f;
  };
  const std::vector<Case> cases{
      {"SumBackward0", [](const Tensor& x) { return ops::square(sum_of(x)); }},
      {"SumBackward1", [](const Tensor& x) { return sum_of(x, dims({0, 2})); }},
      {"MeanBackward0", [](const Tensor& x) { return mean_of(x); }},
      {"MeanBackward1", [](const Tensor& x) { return mean_of(x, dims({1}), true); }},
      {"ProdBackward0", [](const Tensor& x) { return ops::prod(x, std::nullopt, false, std::nullopt); }},
      {"ProdBackward1", [](const Tensor& x) { return ops::prod(x, 1, false, std::nullopt); }},
      {"VarBackward0", [](const Tensor& x) { return ops::var(x, dims({0, 1}), 1, false); }},
      {"VarBackward0", [](const Tensor& x) { return ops::var(x, every, 0, false); }},
      {"StdBackward0", [](const Tensor& x) { return ops::std(x, dims({2}), 1, true); }},
      {"LinalgVectorNormBackward0", [](const Tensor& x) { return ops::norm(x, 2, every, false); }},
      {"LinalgVectorNormBackward0", [](const Tensor& x) { return ops::norm(x, 1, dims({1}), false); }},
      {"LinalgVectorNormBackward0", [](const Tensor& x) { return ops::norm(x, 3, dims({1}), false); }},
      {"LinalgVectorNormBackward0", [](const Tensor& x) { return ops::norm(x, 1.5, dims({1}), true); }},
      {"LinalgVectorNormBackward0", [](const Tensor& x) { return ops::norm(x, inf, dims({2}), false); }},
      {"LogsumexpBackward0", [](const Tensor& x) { return ops::logsumexp(x, {1}, false); }},
      {"AmaxBackward0", [](const Tensor& x) { return ops::amax(x, dims({1}), false); }},
      {"MaxBackward1", [](const Tensor& x) { return ops::amax(x, every, false); }},
      {"MinBackward1", [](const Tensor& x) { return ops::amin(x, every, false); }},
      {"MaxBackward0", [](const Tensor& x) { return std::get<0>(ops::max(x, 1, false)); }},
      {"MinBackward0", [](const Tensor& x) { return std::get<0>(ops::min(x, 2, true)); }},
      {"CumsumBackward0", [](const Tensor& x) { return ops::cumsum(x, 1, std::nullopt); }},
  };
  for (const Case& test : cases) {
    CAPTURE(test.node);
    const Tensor x = random_leaf({2, 3, 2}, 0.3, 2);
    if (std::string(test.node) != "SumBackward0") CHECK(test.f(x).grad_fn()->name == test.node);
    const auto strided = [&](const Tensors& in) { return test.f(ops::transpose(ops::square(in[0]), 0, 2)); };
    CHECK(gradcheck(strided, {x}));
    CHECK(gradgradcheck(strided, {x}));
  }
}

TEST_CASE("the gradient of a product survives zeros") {
  const auto product = [](const Tensors& in) { return ops::prod(in[0], 1, false, std::nullopt); };
  const Tensor x = leaf({3, 3}, {1, 2, 3, 4, 0, 5, 0, 0, 6});
  CHECK(gradcheck(product, {x}));
  CHECK(gradgradcheck(product, {x}));
  CHECK(gradcheck([](const Tensors& in) { return ops::prod(in[0], std::nullopt, false, std::nullopt); },
                  {leaf({3}, {1, 0, 3})}));
}

TEST_CASE("equal extremes share the gradient of amax, the first one has that of max over a dim") {
  const Tensor x = leaf({4}, {3, 1, 3, 2});
  CHECK(is_close(grad({ops::amax(x, every, false)}, {x}, {Tensor()})[0], {4}, {0.5, 0, 0.5, 0}));
  CHECK(is_close(grad({std::get<0>(ops::max(x, 0, false))}, {x}, {Tensor()})[0], {4}, {1, 0, 0, 0}));
}

TEST_CASE("gradients at points without a slope are PyTorch's") {
  const Tensor x = leaf({2}, {0, 0});
  CHECK(is_close(grad({ops::norm(x, 2, every, false)}, {x}, {Tensor()})[0], {2}, {0, 0}));
  CHECK(is_close(grad({ops::std(x, every, 1, false)}, {x}, {Tensor()})[0], {2}, {0, 0}));
}

TEST_CASE("a sum in another dtype sends its gradient back in the input's") {
  const Tensor x = floats({1, 2, 3}).set_requires_grad(true);
  backward({ops::sum(x, every, false, DType::Float64)}, {Tensor()});
  CHECK(x.grad().dtype() == DType::Float32);
}

TEST_CASE("mistakes in reductions are answered in PyTorch's words") {
  const Tensor x = cube(), none = zeros({0}, DType::Float32), half = zeros({2, 0}, DType::Float32);
  CHECK(error_of([&] { sum_of(x, dims({3})); }) ==
        "Dimension out of range (expected to be in range of [-3, 2], but got 3)");
  CHECK(error_of([&] { sum_of(x, dims({0, -3})); }) == "dim 0 appears multiple times in the list of dims");
  CHECK(error_of([&] { ops::var(longs({1}), every, 1, false); }) ==
        "std and var only support floating point and complex dtypes");
  CHECK(error_of([&] { ops::norm(longs({1}), 2, every, false); }) ==
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got Long");
  CHECK(error_of([&] { ops::norm(none, inf, every, false); }) ==
        "linalg.vector_norm cannot compute the inf norm on an empty tensor because the operation does not have an "
        "identity");
  CHECK(error_of([&] { ops::amax(none, every, false); }) ==
        "max(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the "
        "'dim' argument.");
  CHECK(error_of([&] { ops::max(half, 1, false); }) == "max(): Expected reduction dim 1 to have non-zero size.");
  CHECK(error_of([&] { ops::argmax(none, std::nullopt, false); }) ==
        "argmax(): Expected reduction dim to be specified for input.numel() == 0.");
  CHECK(error_of([&] { ops::argmax(bools({1}), 0, false); }) == "\"argmax_cpu\" not implemented for 'Bool'");
  CHECK(error_of([&] { ops::cumsum(bools({1}), 0, DType::Bool); }) == "\"cumsum_out_cpu\" not implemented for 'Bool'");
}
