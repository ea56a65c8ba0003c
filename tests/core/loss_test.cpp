#include <limits>

#include "expect.h"
#include "gradcheck.h"

// Expected values are real PyTorch 2.6's, in float64.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr Reduction none = Reduction::None, mean = Reduction::Mean, sum = Reduction::Sum;
const Tensor undefined;

Tensor x_values() { return leaf({2, 3}, {-1.7, -0.6, 0.3, 0.8, 1.4, 2.1}); }
Tensor y_values() { return leaf({2, 3}, {0.5, -1.2, 2, 0.7, -0.4, 1.5}); }
Tensor probabilities() { return leaf({2, 3}, {0.1, 0.3, 0.45, 0.6, 0.8, 0.95}); }
Tensor targets() { return from_values({2, 3}, {0, 1, 1, 0, 1, 0}, DType::Float64); }
Tensor weights() { return from_values({3}, {0.5, 2, 1.5}, DType::Float64); }
Tensor positive_weights() { return from_values({3}, {2, 0.7, 1.3}, DType::Float64); }

using Loss = std::function<Tensor(const Tensor&, const Tensor&, Reduction)>;

/// Gradient checks with every reduction, a broadcast target and strided inputs.
void check_gradients(const Loss& loss, const Tensor& x, const Tensor& t) {
  for (Reduction reduction : {none, mean, sum}) {
    CAPTURE(static_cast<int>(reduction));
    const auto f = [&](const Tensors& in) {
      return loss(ops::transpose(in[0], 0, 1), ops::transpose(in[1], 0, 1), reduction);
    };
    CHECK(gradcheck(f, {x, t}));
    CHECK(gradgradcheck(f, {x, t}));
  }
}

} // namespace

TEST_CASE("losses of differences give PyTorch's values with every reduction") {
  const Tensor x = x_values(), y = y_values();
  CHECK(is_close(ops::mse_loss(x, y, none), {2, 3}, {4.84, 0.36, 2.89, 0.01, 3.24, 0.36}, 1e-14));
  CHECK(is_close(ops::mse_loss(x, y, mean), {}, {1.95}, 1e-14));
  CHECK(is_close(ops::mse_loss(x, y, sum), {}, {11.7}, 1e-14));
  CHECK(is_close(ops::l1_loss(x, y, none), {2, 3}, {2.2, 0.6, 1.7, 0.1, 1.8, 0.6}, 1e-14));
  CHECK(is_close(ops::l1_loss(x, y, mean), {}, {1.16666666666667}, 1e-14));
  CHECK(is_close(ops::smooth_l1_loss(x, y, none, 1), {2, 3}, {1.7, 0.18, 1.2, 0.00500000000000001, 1.3, 0.18}, 1e-14));
  CHECK(is_close(ops::smooth_l1_loss(x, y, mean, 0.3), {}, {1.02777777777778}, 1e-14));
  CHECK(is_close(ops::smooth_l1_loss(x, y, mean, 0), {}, {1.16666666666667}, 1e-14));
  CHECK(is_close(ops::huber_loss(x, y, none, 1.5), {2, 3}, {2.175, 0.18, 1.425, 0.00500000000000001, 1.575, 0.18},
                 1e-14));
  CHECK(is_close(ops::huber_loss(x, y, sum, 1), {}, {4.565}, 1e-14));
  CHECK(is_close(ops::kl_div(x, probabilities(), sum, false), {}, {-4.86451765887432}, 1e-14));
  CHECK(is_close(ops::kl_div(x, y, mean, true), {}, {1.98515014012684}, 1e-14));
  CHECK(is_close(ops::kl_div(x, targets(), none, false), {2, 3}, {0, 0.6, -0.3, 0, -1.4, 0}, 1e-14));
  CHECK(is_close(ops::mse_loss(x, ops::slice(y, 0, 0, 1, 1), mean), {}, {2.49166666666667}, 1e-14));
  CHECK(is_close(ops::mse_loss(zeros({0}, DType::Float32), zeros({0}, DType::Float32), mean), {}, {NaN}));
  CHECK(ops::mse_loss(ops::to(x, DType::Float32), y, mean).dtype() == DType::Float64);
}

TEST_CASE("losses of differences pass the gradient check, twice") {
  const Tensor x = x_values(), y = y_values();
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::mse_loss(a, b, r); }, x, y);
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::l1_loss(a, b, r); }, x, y);
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::smooth_l1_loss(a, b, r, 1.2); }, x, y);
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::huber_loss(a, b, r, 1.2); }, x, y);
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::kl_div(a, b, r, false); }, x, probabilities());
  check_gradients([](auto& a, auto& b, Reduction r) { return ops::kl_div(a, b, r, true); }, x, y);
  const auto broadcast = [](const Tensors& in) { return ops::mse_loss(in[0], in[1], mean); };
  CHECK(gradcheck(broadcast, {x, random_leaf({3})}));
  CHECK(ops::mse_loss(x, y, mean).grad_fn()->name == "MseLossBackward0");
  CHECK(ops::huber_loss(x, y, mean, 1).grad_fn()->name == "HuberLossBackward0");
  CHECK(ops::smooth_l1_loss(x, y, mean, 1).grad_fn()->name == "SmoothL1LossBackward0");
  CHECK(ops::l1_loss(x, y, mean).grad_fn()->name == "MeanBackward0");
}

TEST_CASE("binary cross-entropies give PyTorch's values") {
  const Tensor x = x_values(), u = probabilities(), t = targets(), w = weights(), p = positive_weights();
  CHECK(is_close(
      ops::binary_cross_entropy(u, t, undefined, none), {2, 3},
      {0.105360515657826, 1.20397280432594, 0.798507696217772, 0.916290731874155, 0.22314355131421, 2.99573227355399},
      1e-14));
  CHECK(is_close(ops::binary_cross_entropy(u, t, w, mean), {}, {1.50940304828399}, 1e-14));
  CHECK(is_close(ops::binary_cross_entropy(from_values({2}, {0, 1}), ones({2}, DType::Float32), undefined, none), {2},
                 {100, 0}));
  const auto logits = ops::binary_cross_entropy_with_logits;
  CHECK(is_close(logits(x, t, undefined, undefined, mean), {}, {0.894444470564444}, 1e-14));
  CHECK(is_close(
      logits(x, t, w, undefined, none), {2, 3},
      {0.0838930146931329, 2.07497590097177, 0.831532866702791, 0.585550332973889, 0.440834819836902, 3.32327928476963},
      1e-14));
  CHECK(is_close(logits(x, t, undefined, p, sum), {}, {5.15560178860592}, 1e-14));
  CHECK(is_close(logits(x, t, w, p, mean), {}, {1.13913047728606}, 1e-14));
  CHECK(is_close(logits(from_values({2}, {1000, -1000}), from_values({2}, {0, 0}), undefined, undefined, none), {2},
                 {1000, 0}));
}

TEST_CASE("binary cross-entropies pass the gradient check, twice") {
  const Tensor x = x_values(), u = probabilities(), soft = random_leaf({2, 3}, 0.1, 0.9);
  const Tensor w = from_values({3, 2}, {0.5, 2, 1.5, 1, 0.3, 0.8}, DType::Float64);
  const auto logits = ops::binary_cross_entropy_with_logits;
  for (const Tensor& weight : {undefined, w}) {
    check_gradients([&](auto& a, auto& b, Reduction r) { return ops::binary_cross_entropy(a, b, weight, r); }, u, soft);
    check_gradients([&](auto& a, auto& b, Reduction r) { return logits(a, b, weight, undefined, r); }, x, soft);
    check_gradients([&](auto& a, auto& b, Reduction r) { return logits(a, b, weight, w, r); }, x, soft);
  }
  CHECK(logits(x, soft, undefined, undefined, mean).grad_fn()->name == "BinaryCrossEntropyWithLogitsBackward0");
  CHECK(ops::binary_cross_entropy(u, soft, undefined, mean).grad_fn()->name == "BinaryCrossEntropyBackward0");
}

TEST_CASE("mistakes in these losses are answered in PyTorch's words") {
  const Tensor f = from_values({2}, {1.5, -2.5}), i = from_values({2}, {1, 0}, DType::Int64),
               half = full({2}, 0.5, DType::Float32);
  CHECK(error_of([&] { ops::mse_loss(f, zeros({3}, DType::Float32), mean); }) ==
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0");
  CHECK(error_of([&] { ops::mse_loss(i, i, mean); }) == "\"mse_cpu\" not implemented for 'Long'");
  CHECK(error_of([&] { ops::smooth_l1_loss(f, f, mean, -1); }) ==
        "smooth_l1_loss does not support negative values for beta.");
  CHECK(error_of([&] { ops::huber_loss(f, f, mean, 0); }) ==
        "huber_loss does not support non-positive values for delta.");
  CHECK(error_of([&] { ops::binary_cross_entropy(f, f, undefined, mean); }) ==
        "all elements of input should be between 0 and 1");
  CHECK(error_of([&] { ops::binary_cross_entropy(half, i, undefined, mean); }) ==
        "Found dtype Long but expected Float");
  CHECK(error_of([&] { ops::binary_cross_entropy_with_logits(f, i, undefined, undefined, mean); }) ==
        "result type Float can't be cast to the desired output type Long");
  CHECK(error_of([&] { ops::kl_div(i, i, mean, false); }) == "kl_div: Integral inputs not supported.");
}
