#include <limits>

#include "expect.h"
#include "gradcheck.h"
#include "unroll/random.h"

// Expected values are real PyTorch 2.6's, in float64.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

struct Activation {
  const char* node;
  std::function<Tensor(const Tensor&)> apply;
  std::vector<double> values;
};

const std::vector<double> at{-1.7, -0.6, 0.3, 0.8, 1.4, 2.1};

const std::vector<Activation>& activations() {
  static const std::vector<Activation> list{
      {"ReluBackward0", ops::relu, {0, 0, 0.3, 0.8, 1.4, 2.1}},
      {"LeakyReluBackward0",
       [](const Tensor& x) { return ops::leaky_relu(x, 0.1); },
       {-0.17, -0.06, 0.3, 0.8, 1.4, 2.1}},
      {"EluBackward0",
       [](const Tensor& x) { return ops::elu(x, 1.5); },
       {-1.2259747139209, -0.67678254585896, 0.3, 0.8, 1.4, 2.1}},
      {"GeluBackward0",
       [](const Tensor& x) { return ops::gelu(x, false); },
       {-0.0757612866895232, -0.164551870650044, 0.185373426656686, 0.630515681133283, 1.28694067707272,
        2.06248471681809}},
      {"GeluBackward0",
       [](const Tensor& x) { return ops::gelu(x, true); },
       {-0.0758941044488438, -0.164584800769185, 0.185370923542759, 0.630431691436448, 1.28670806716119,
        2.06266900496111}},
      {"SiluBackward0",
       ops::silu,
       {-0.262590950642009, -0.212606216264523, 0.172332755043498, 0.55197958490209, 1.12305744398201,
        1.87089667548921}},
      {"SoftplusBackward0",
       [](const Tensor& x) { return ops::softplus(x, 1, 20); },
       {0.167786029386266, 0.437487950485886, 0.854355244468527, 1.17110066594778, 1.62041740991845, 2.21551952317976}},
      {"SoftplusBackward0",
       [](const Tensor& x) { return ops::softplus(x, 2, 1); },
       {0.0164142352124327, 0.131641233669016, 0.518743975242943, 0.8, 1.4, 2.1}},
      {"LogSigmoidBackward0",
       ops::logsigmoid,
       {-1.86778602938627, -1.03748795048589, -0.554355244468527, -0.371100665947778, -0.220417409918451,
        -0.115519523179755}},
      {"HardtanhBackward0", [](const Tensor& x) { return ops::hardtanh(x, -1, 1.2); }, {-1, -0.6, 0.3, 0.8, 1.2, 1.2}},
  };
  return list;
}

} // namespace

TEST_CASE("activations give PyTorch's values") {
  for (const Activation& a : activations()) {
    CAPTURE(a.node, a.values);
    CHECK(is_close(a.apply(from_values({2, 3}, at, DType::Float64)), {2, 3}, a.values, 1e-13));
    std::vector<double> inputs, values;
    for (int i = 0; i < 21; ++i) {
      inputs.push_back(at[i % 6]);
      values.push_back(a.values[i % 6]);
    }
    CHECK(is_close(a.apply(from_values({21}, inputs)), {21}, values, 4e-7));
  }
}

TEST_CASE("activations work on strided, empty and zero-dim tensors") {
  for (const Activation& a : activations()) {
    const std::vector<double>& v = a.values;
    CAPTURE(a.node);
    const Tensor x = from_values({2, 3}, at, DType::Float64);
    CHECK(is_close(a.apply(ops::transpose(x, 0, 1)), {3, 2}, {v[0], v[3], v[1], v[4], v[2], v[5]}, 1e-13));
    CHECK(is_close(a.apply(ops::slice(x, 1, 0, 3, 2)), {2, 2}, {v[0], v[2], v[3], v[5]}, 1e-13));
    CHECK(is_close(a.apply(zeros({0}, DType::Float32)), {0}, {}));
    CHECK(is_close(a.apply(full({}, 2.1, DType::Float64)), {}, {v[5]}, 1e-13));
  }
}

TEST_CASE("activations pass the gradient check, twice") {
  for (const Activation& a : activations()) {
    CAPTURE(a.node, a.values);
    const Tensor x = leaf({2, 3}, at);
    const auto apply = [&](const Tensors& in) { return a.apply(ops::transpose(in[0], 0, 1)); };
    CHECK(a.apply(x).grad_fn()->name == a.node);
    CHECK(gradcheck(apply, {x}));
    CHECK(gradgradcheck(apply, {x}));
  }
}

TEST_CASE("activations meet special values and other dtypes as in PyTorch") {
  const Tensor x = from_values({4}, {inf, -inf, NaN, -100});
  CHECK(is_close(ops::relu(x), {4}, {inf, 0, NaN, 0}));
  CHECK(is_close(ops::hardtanh(x, -1, 1), {4}, {1, -1, NaN, -1}));
  CHECK(is_close(ops::softplus(x, 1, 20), {4}, {inf, 0, NaN, 3.78350585367701e-44}));
  CHECK(is_close(ops::logsigmoid(x), {4}, {0, -inf, NaN, -100}));
  CHECK(is_close(ops::silu(from_values({2}, {100, -100})), {2}, {100, 0}));
  const Tensor i = from_values({2}, {3, -4}, DType::Int64), b = from_values({2}, {1, 0}, DType::Bool);
  CHECK(is_close(ops::relu(i), {2}, {3, 0}));
  CHECK(ops::relu(i).dtype() == DType::Int64);
  CHECK(is_close(ops::hardtanh(i, -1, 1), {2}, {1, -1}));
  CHECK(error_of([&] { ops::relu(b); }) == "Boolean inputs not supported for relu");
  CHECK(error_of([&] { ops::gelu(i, false); }) == "\"GeluKernelImpl\" not implemented for 'Long'");
  CHECK(error_of([&] { ops::elu(b, 1); }) == "\"elu_cpu\" not implemented for 'Bool'");
  CHECK(error_of([&] { ops::hardtanh(x, 2, 1); }) == "min_val cannot be greater than max_val");
}

TEST_CASE("dropout draws PyTorch's mask and scales what stays") {
  generator(0).manual_seed(7);
  const Tensor y = ops::dropout(ones({20}, DType::Float32), 0.3, true);
  CHECK(is_close(y, {20},
                 {1.42857146, 1.42857146, 0,          1.42857146, 0,          0, 1.42857146, 1.42857146, 0,          0,
                  1.42857146, 1.42857146, 1.42857146, 1.42857146, 1.42857146, 0, 1.42857146, 0,          1.42857146, 0},
                 1e-8));
}

TEST_CASE("dropout leaves x alone where not training, and passes gradients to what stays") {
  const Tensor x = random_leaf({4, 5});
  CHECK(ops::dropout(x, 0.5, false).is(x));
  CHECK(ops::dropout(x, 0, true).is(x));
  CHECK(is_close(ops::dropout(x, 1, true), {4, 5}, std::vector<double>(20, 0)));
  CHECK(ops::dropout(x, 0.5, true).grad_fn()->name == "MulBackward0");
  const auto seeded = [](const Tensors& in) {
    generator(0).manual_seed(3);
    return ops::dropout(in[0], 0.4, true);
  };
  CHECK(gradcheck(seeded, {x}));
  CHECK(error_of([&] { ops::dropout(x, 1.5, true); }) == "dropout probability has to be between 0 and 1, but got 1.5");
  const Tensor i = from_values({2}, {3, -4}, DType::Int64);
  CHECK(error_of([&] { ops::dropout(i, 0.5, true); }) ==
        "result type Float can't be cast to the desired output type Long");
}
