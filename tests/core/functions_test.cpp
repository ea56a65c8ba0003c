#include <limits>

#include "expect.h"
#include "gradcheck.h"

// Expected values are real PyTorch 2.6's, in float64.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

struct Function {
  const char* name;
  Tensor (*apply)(const Tensor&);
  const char* node;
  std::vector<double> at, values;
  double low, high; ///< where the gradient is checked
};

const std::vector<double> all_signs{-1.7, -0.6, 0.3, 0.8, 1.4, 2.1}, positive{0.2, 0.5, 0.9, 1.3, 2.2, 3.1};

const std::vector<Function>& smooth_functions() {
  static const std::vector<Function> list{
      {"exp",
       ops::exp,
       "ExpBackward0",
       all_signs,
       {0.182683524052735, 0.548811636094027, 1.349858807576, 2.22554092849247, 4.05519996684467, 8.16616991256765},
       -2,
       2},
      {"expm1",
       ops::expm1,
       "Expm1Backward0",
       all_signs,
       {-0.817316475947265, -0.451188363905974, 0.349858807576003, 1.22554092849247, 3.05519996684467,
        7.16616991256765},
       -2,
       2},
      {"log",
       ops::log,
       "LogBackward0",
       positive,
       {-1.6094379124341, -0.693147180559945, -0.105360515657826, 0.262364264467491, 0.78845736036427, 1.1314021114911},
       0.3,
       3},
      {"log2",
       ops::log2,
       "Log2Backward0",
       positive,
       {-2.32192809488736, -1, -0.15200309344505, 0.37851162325373, 1.13750352374994, 1.63226821549951},
       0.3,
       3},
      {"log10",
       ops::log10,
       "Log10Backward0",
       positive,
       {-0.698970004336019, -0.301029995663981, -0.0457574905606751, 0.113943352306837, 0.342422680822206,
        0.491361693834273},
       0.3,
       3},
      {"log1p",
       ops::log1p,
       "Log1PBackward0",
       positive,
       {0.182321556793955, 0.405465108108164, 0.641853886172395, 0.832909122935104, 1.16315080980568, 1.41098697371026},
       0.3,
       3},
      {"sqrt",
       ops::sqrt,
       "SqrtBackward0",
       positive,
       {0.447213595499958, 0.707106781186548, 0.948683298050514, 1.14017542509914, 1.48323969741913, 1.7606816861659},
       0.3,
       3},
      {"rsqrt",
       ops::rsqrt,
       "RsqrtBackward0",
       positive,
       {2.23606797749979, 1.41421356237309, 1.05409255338946, 0.877058019307029, 0.674199862463242, 0.567961834247065},
       0.3,
       3},
      {"reciprocal",
       ops::reciprocal,
       "ReciprocalBackward0",
       all_signs,
       {-0.588235294117647, -1.66666666666667, 3.33333333333333, 1.25, 0.714285714285714, 0.476190476190476},
       0.3,
       3},
      {"square", ops::square, "PowBackward0", all_signs, {2.89, 0.36, 0.09, 0.64, 1.96, 4.41}, -2, 2},
      {"sin",
       ops::sin,
       "SinBackward0",
       all_signs,
       {-0.991664810452469, -0.564642473395035, 0.29552020666134, 0.717356090899523, 0.98544972998846,
        0.863209366648874},
       -2,
       2},
      {"cos",
       ops::cos,
       "CosBackward0",
       all_signs,
       {-0.128844494295525, 0.825335614909678, 0.955336489125606, 0.696706709347165, 0.169967142900241,
        -0.504846104599858},
       -2,
       2},
      {"tan",
       ops::tan,
       "TanBackward0",
       all_signs,
       {7.69660213945916, -0.684136808341692, 0.309336249609623, 1.02963855705036, 5.79788371548289, -1.70984654290451},
       -1,
       1},
      {"atan",
       ops::atan,
       "AtanBackward0",
       all_signs,
       {-1.03907225953609, -0.540419500270584, 0.291456794477867, 0.674740942223553, 0.950546840812075,
        1.1263771168938},
       -2,
       2},
      {"sinh",
       ops::sinh,
       "SinhBackward0",
       all_signs,
       {-2.64563193383723, -0.636653582148241, 0.304520293447143, 0.888105982187623, 1.90430150145153,
        4.02185674215733},
       -2,
       2},
      {"cosh",
       ops::cosh,
       "CoshBackward0",
       all_signs,
       {2.82831545788997, 1.18546521824227, 1.04533851412886, 1.33743494630484, 2.15089846539314, 4.14431317041032},
       -2,
       2},
      {"tanh",
       ops::tanh,
       "TanhBackward0",
       all_signs,
       {-0.935409070603099, -0.537049566998035, 0.291312612451591, 0.664036770267849, 0.885351648202263,
        0.970451936613454},
       -2,
       2},
      {"sigmoid",
       ops::sigmoid,
       "SigmoidBackward0",
       all_signs,
       {0.154465265083535, 0.354343693774205, 0.574442516811659, 0.689974481127613, 0.802183888558582,
        0.890903178804387},
       -2,
       2},
      {"erf",
       ops::erf,
       "ErfBackward0",
       all_signs,
       {-0.983790458590775, -0.603856090847926, 0.328626759459127, 0.742100964707661, 0.952285119762649,
        0.997020533343667},
       -2,
       2},
      {"abs", ops::abs, "AbsBackward0", all_signs, {1.7, 0.6, 0.3, 0.8, 1.4, 2.1}, 0.1, 2},
      {"neg", ops::neg, "NegBackward0", all_signs, {1.7, 0.6, -0.3, -0.8, -1.4, -2.1}, -2, 2},
  };
  return list;
}

Tensor transposed(const Tensor& x) { return ops::transpose(x, 0, 1); }

} // namespace

TEST_CASE("functions give PyTorch's values for both floating types and for any length") {
  for (const Function& f : smooth_functions()) {
    CAPTURE(f.name);
    CHECK(is_close(f.apply(from_values({2, 3}, f.at, DType::Float64)), {2, 3}, f.values, 1e-13));
    // Twenty-one elements: whole vectors and a rest.
    std::vector<double> at, values;
    for (int i = 0; i < 21; ++i) {
      at.push_back(f.at[i % 6]);
      values.push_back(f.values[i % 6]);
    }
    CHECK(is_close(f.apply(from_values({21}, at, DType::Float64)), {21}, values, 1e-13));
    CHECK(is_close(f.apply(from_values({21}, at)), {21}, values, 4e-7));
  }
}

TEST_CASE("functions work on transposed, sliced, expanded, empty and zero-dim tensors") {
  for (const Function& f : smooth_functions()) {
    CAPTURE(f.name);
    const Tensor x = from_values({2, 3}, f.at, DType::Float64);
    const std::vector<double>& v = f.values;
    const Tensor t = f.apply(transposed(x));
    CHECK(is_close(t, {3, 2}, {v[0], v[3], v[1], v[4], v[2], v[5]}, 1e-13));
    CHECK(t.strides() == Shape{1, 3});
    CHECK(is_close(f.apply(ops::slice(x, 1, 0, 3, 2)), {2, 2}, {v[0], v[2], v[3], v[5]}, 1e-13));
    CHECK(is_close(f.apply(ops::expand(ops::slice(x, 0, 0, 1, 1), {2, 3})), {2, 3},
                   {v[0], v[1], v[2], v[0], v[1], v[2]}, 1e-13));
    CHECK(is_close(f.apply(zeros({0, 3}, DType::Float32)), {0, 3}, {}));
    CHECK(is_close(f.apply(ops::select(ops::select(x, 0, 1), 0, 2)), {}, {v[5]}, 1e-13));
  }
}

TEST_CASE("functions pass the gradient check, twice, and are named in the graph as in PyTorch") {
  for (const Function& f : smooth_functions()) {
    CAPTURE(f.name);
    const Tensor x = random_leaf({2, 3}, f.low, f.high);
    const auto apply = [&](const Tensors& in) { return f.apply(transposed(in[0])); };
    CHECK(f.apply(x).grad_fn()->name == f.node);
    CHECK(gradcheck(apply, {x}));
    CHECK(gradgradcheck(apply, {x}));
  }
}

TEST_CASE("special values go through functions as in PyTorch") {
  const Tensor x = from_values({7}, {inf, -inf, NaN, 0.0, -0.0, 100, -100});
  CHECK(is_close(ops::exp(x), {7}, {inf, 0, NaN, 1, 1, inf, 3.78350585e-44}));
  CHECK(is_close(ops::log(x), {7}, {inf, NaN, NaN, -inf, -inf, 4.60517019, NaN}));
  CHECK(is_close(ops::tanh(x), {7}, {1, -1, NaN, 0, 0, 1, -1}));
  CHECK(is_close(ops::sigmoid(x), {7}, {1, 0, NaN, 0.5, 0.5, 1, 0}));
  CHECK(is_close(ops::sqrt(x), {7}, {inf, NaN, NaN, 0, 0, 10, NaN}));
  CHECK(is_close(ops::erf(x), {7}, {1, -1, NaN, 0, 0, 1, -1}));
  CHECK(is_close(ops::reciprocal(x), {7}, {0, 0, NaN, inf, -inf, 0.01, -0.01}));
  CHECK(is_close(ops::abs(x), {7}, {inf, inf, NaN, 0, 0, 100, 100}));
  CHECK(is_close(ops::sign(x), {7}, {1, -1, 0, 0, 0, 1, -1}));
  CHECK(is_close(ops::expm1(x), {7}, {inf, -1, NaN, 0, 0, inf, -1}));
  CHECK(is_close(ops::log1p(x), {7}, {inf, NaN, NaN, 0, 0, 4.61512052, NaN}));
  CHECK(is_close(ops::sin(x), {7}, {NaN, NaN, NaN, 0, 0, -0.506365641, 0.506365641}, 1e-6));
  CHECK(is_close(ops::atan(x), {7}, {1.57079633, -1.57079633, NaN, 0, 0, 1.56079666, -1.56079666}));
}

TEST_CASE("single-precision functions stay within a few units in the last place over a wide range") {
  std::vector<double> at;
  for (int i = -400; i <= 400; ++i) at.push_back(static_cast<double>(static_cast<float>(i * 0.037)));
  const Tensor x = from_values({801}, at), exact = from_values({801}, at, DType::Float64);
  const auto agree = [&](Tensor (*f)(const Tensor&)) { return is_close(f(x), {801}, to_values(f(exact)), 1e-6); };
  CHECK(agree(ops::exp));
  CHECK(agree(ops::tanh));
  CHECK(agree(ops::sigmoid));
  CHECK(agree(ops::erf));
  CHECK(agree(ops::sin));
  CHECK(agree(ops::cos));
  CHECK(agree(ops::atan));
  CHECK(agree(ops::expm1));
  CHECK(agree([](const Tensor& v) { return ops::log(ops::add(ops::square(v), 1e-3)); }));
  for (std::size_t i = 0; i < at.size(); ++i) {
    CAPTURE(at[i]);
    CHECK(to_values(ops::tanh(exact))[i] == Catch::Approx(std::tanh(at[i])).epsilon(1e-13));
    CHECK(to_values(ops::exp(exact))[i] == Catch::Approx(std::exp(at[i])).epsilon(1e-13));
  }
}

TEST_CASE("integers and bools become floating, but keep their type where the answer is whole") {
  const Tensor i = from_values({2}, {3, -4}, DType::Int64), b = from_values({2}, {1, 0}, DType::Bool);
  CHECK(ops::exp(i).dtype() == DType::Float32);
  CHECK(is_close(ops::exp(i), {2}, {20.0855369, 0.0183156389}));
  CHECK(is_close(ops::sigmoid(b), {2}, {0.731058579, 0.5}));
  CHECK(ops::abs(i).dtype() == DType::Int64);
  CHECK(is_close(ops::abs(i), {2}, {3, 4}));
  CHECK(is_close(ops::neg(i), {2}, {-3, 4}));
  CHECK(ops::square(i).dtype() == DType::Int64);
  CHECK(ops::square(b).dtype() == DType::Int64);
  CHECK(ops::round(i).dtype() == DType::Int64);
  CHECK(ops::sign(b).dtype() == DType::Bool);
  CHECK(error_of([&] { ops::abs(b); }) == "\"abs_cpu\" not implemented for 'Bool'");
  CHECK(error_of([&] { ops::round(b); }) == "\"round_vml_cpu\" not implemented for 'Bool'");
  CHECK(error_of([&] { ops::neg(b); }).substr(0, 66) ==
        "Negation, the `-` operator, on a bool tensor is not supported. If ");
}

TEST_CASE("rounding goes half to even and has gradient zero") {
  const Tensor x = leaf({6}, {0.5, 1.5, 2.5, -0.5, -1.7, 3.2});
  CHECK(is_close(ops::round(x), {6}, {0, 2, 2, 0, -2, 3}));
  CHECK(is_close(ops::floor(x), {6}, {0, 1, 2, -1, -2, 3}));
  CHECK(is_close(ops::ceil(x), {6}, {1, 2, 3, 0, -1, 4}));
  CHECK(is_close(ops::trunc(x), {6}, {0, 1, 2, 0, -1, 3}));
  CHECK(is_close(ops::sign(x), {6}, {1, 1, 1, -1, -1, 1}));
  CHECK(is_close(ops::round(from_values({3}, {1.2345, -2.675, 0.05}, DType::Float64), 2), {3}, {1.23, -2.68, 0.05},
                 1e-15));
  CHECK(is_close(ops::round(from_values({2}, {1234, -56}, DType::Float64), -2), {2}, {1200, -100}));
  const Tensor y = ops::floor(x);
  CHECK(y.grad_fn()->name == "FloorBackward0");
  CHECK(is_close(grad({y}, {x}, {ones({6}, DType::Float64)})[0], {6}, {0, 0, 0, 0, 0, 0}));
}
