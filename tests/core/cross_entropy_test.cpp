#include <limits>

#include "expect.h"
#include "gradcheck.h"

// nll_loss and cross_entropy. Expected values are real PyTorch 2.6's, in float64.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr Reduction none = Reduction::None, mean = Reduction::Mean, sum = Reduction::Sum;
const Tensor undefined;

/// (4, 3, 2): batch, classes, positions.
Tensor scores() {
  return leaf({4, 3, 2}, {-1.5,
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
Tensor flat_scores() {
  return leaf({4, 3}, {-1.5, -0.5, 0.5, 1.5, -1.16666666666667, -0.166666666666667, 0.833333333333333, 1.83333333333333,
                       -0.833333333333333, 0.166666666666667, 1.16666666666667, -1.5});
}
Tensor longs(const Shape& shape, const std::vector<double>& v) { return from_values(shape, v, DType::Int64); }
Tensor classes() { return longs({4, 2}, {2, 0, 1, 1, 0, 2, 1, -100}); }
Tensor flat_classes() { return longs({4}, {2, 0, 1, -100}); }
Tensor weights() { return from_values({3}, {0.5, 2, 1.5}, DType::Float64); }
Tensor entropy(const Tensor& x, const Tensor& t, const Tensor& w = undefined, Reduction r = mean,
               double smoothing = 0) {
  return ops::cross_entropy(x, t, w, -100, r, smoothing);
}
Tensor likelihood(const Tensor& x, const Tensor& t, const Tensor& w = undefined, Reduction r = mean) {
  return ops::nll_loss(x, t, w, -100, r);
}

} // namespace

TEST_CASE("nll_loss gives PyTorch's values, and passes over ignored targets") {
  CHECK(is_close(likelihood(flat_scores(), flat_classes()), {}, {-1.27777777777778}, 1e-14));
  CHECK(is_close(likelihood(flat_scores(), flat_classes(), weights()), {}, {-1.29166666666667}, 1e-14));
  CHECK(is_close(likelihood(flat_scores(), flat_classes(), weights(), none), {4}, {-0.75, -0.75, -3.66666666666667, 0},
                 1e-14));
  CHECK(is_close(likelihood(flat_scores(), flat_classes(), undefined, sum), {}, {-3.83333333333333}, 1e-14));
  CHECK(is_close(
      likelihood(scores(), classes(), weights(), none), {4, 2},
      {-0.75, -0.416666666666667, 2.33333333333333, -2.33333333333333, -0.416666666666667, -2.25, -2.33333333333333, 0},
      1e-14));
  CHECK(is_close(likelihood(ops::select(flat_scores(), 0, 1), longs({}, {2})), {}, {0.166666666666667}, 1e-14));
  CHECK(is_close(likelihood(flat_scores(), longs({4}, {-100, -100, -100, -100})), {}, {NaN}));
  CHECK(is_close(likelihood(zeros({0, 3}, DType::Float32), longs({0}, {})), {}, {NaN}));
}

TEST_CASE("cross_entropy of class indices gives PyTorch's values with every option") {
  const Tensor x = flat_scores(), t = flat_classes(), w = weights();
  CHECK(is_close(entropy(x, t), {}, {0.333408202839236}, 1e-14));
  CHECK(is_close(entropy(x, t, w), {}, {0.362983358401988}, 1e-14));
  CHECK(is_close(entropy(x, t, w, none), {4}, {0.611408946666571, 0.114904267068425, 0.725620219872957, 0}, 1e-14));
  CHECK(is_close(entropy(x, t, w, sum), {}, {1.45193343360795}, 1e-14));
  CHECK(is_close(entropy(x, t, undefined, mean, 0.1), {}, {0.455630425061458}, 1e-14));
  CHECK(is_close(entropy(x, t, w, mean, 0.1), {}, {0.487803620623491}, 1e-14));
  CHECK(is_close(entropy(x, t, w, none, 0.3), {4}, {0.891028648444351, 0.95568973393597, 1.10305819788566, 0}, 1e-14));
  CHECK(is_close(entropy(scores(), classes(), w, mean, 0.1), {}, {1.02407828583076}, 1e-14));
  CHECK(is_close(entropy(scores(), classes(), undefined, none), {4, 2},
                 {0.40760596444438, 1.36281010993648, 2.89647520080352, 0.362810109936479, 1.36281010993648,
                  0.40760596444438, 0.362810109936479, 0},
                 1e-14));
  CHECK(is_close(entropy(ops::select(x, 0, 1), longs({}, {2})), {}, {1.89647520080352}, 1e-14));
  CHECK(is_close(ops::cross_entropy(x, longs({4}, {2, 0, 1, 0}), w, 0, mean, 0), {}, {0.382008333297008}, 1e-14));
  CHECK(is_close(entropy(ops::to(x, DType::Float32), t), {}, {0.333408202839236}, 1e-6));
  CHECK(is_close(entropy(x, longs({4}, {-100, -100, -100, -100})), {}, {NaN}));
  CHECK(is_close(entropy(from_values({1, 3}, {10000, 0, -10000}), longs({1}, {1})), {}, {10000}));
}

TEST_CASE("cross_entropy of probabilities gives PyTorch's values") {
  const Tensor x = flat_scores(),
               t = from_values({4, 3},
                               {0.0900305731703804, 0.244728471054798, 0.665240955774822, 0.794685743129743,
                                0.0552175080702113, 0.150096748800046, 0.255940544394226, 0.695718530992741,
                                0.0483409246130332, 0.255940544394226, 0.695718530992741, 0.0483409246130332},
                               DType::Float64);
  CHECK(is_close(entropy(x, t), {}, {0.738732906357087}, 1e-14));
  CHECK(is_close(entropy(x, t, weights(), mean, 0.1), {}, {1.07472113799327}, 1e-14));
  CHECK(is_close(entropy(x, t, undefined, none), {4},
                 {0.832395581839939, 0.627216470324156, 0.747659786632127, 0.747659786632127}, 1e-14));
  CHECK(is_close(entropy(ops::select(x, 0, 1), ops::select(t, 0, 0)), {}, {1.99115271657435}, 1e-14));
}

TEST_CASE("losses over classes pass the gradient check, twice") {
  for (Reduction r : {none, mean, sum}) {
    for (const Tensor& w : {undefined, weights()}) {
      CAPTURE(static_cast<int>(r), w.defined());
      for (double smoothing : {0.0, 0.2}) {
        const auto flat = [&](const Tensors& in) {
          return entropy(ops::transpose(in[0], 0, 1), flat_classes(), w, r, smoothing);
        };
        const auto deep = [&](const Tensors& in) { return entropy(in[0], classes(), w, r, smoothing); };
        CHECK(gradcheck(flat, {random_leaf({3, 4})}));
        CHECK(gradgradcheck(flat, {random_leaf({3, 4})}));
        CHECK(gradcheck(deep, {scores()}));
        CHECK(gradgradcheck(deep, {scores()}));
      }
      const auto nll = [&](const Tensors& in) {
        return likelihood(ops::square(ops::transpose(in[0], 0, 1)), flat_classes(), w, r);
      };
      CHECK(gradcheck(nll, {random_leaf({3, 4})}));
      CHECK(gradgradcheck(nll, {random_leaf({3, 4})}));
      const auto soft = [&](const Tensors& in) {
        return entropy(in[0], ops::softmax(in[1], 1, std::nullopt), w, r, 0.1);
      };
      CHECK(gradcheck(soft, {flat_scores(), random_leaf({4, 3})}));
    }
  }
  CHECK(gradcheck([](const Tensors& in) { return entropy(in[0], longs({}, {2})); }, {random_leaf({5})}));
  // More classes than a vector has lanes.
  CHECK(gradcheck([](const Tensors& in) { return entropy(in[0], longs({2}, {20, 3})); }, {random_leaf({2, 21})}));
}

TEST_CASE("losses over classes are named in the graph as in PyTorch") {
  const auto name = [](const Tensor& t) { return t.grad_fn()->name; };
  CHECK(name(entropy(flat_scores(), flat_classes())) == "NllLossBackward0");
  CHECK(name(entropy(scores(), classes())) == "NllLoss2DBackward0");
  CHECK(name(entropy(flat_scores(), flat_classes(), undefined, mean, 0.1)) == "AddBackward0");
  CHECK(name(likelihood(flat_scores(), flat_classes())) == "NllLossBackward0");
}

TEST_CASE("mistakes in losses over classes are answered in PyTorch's words") {
  const Tensor x = zeros({2, 3}, DType::Float32), deep = zeros({2, 3, 4}, DType::Float32),
               image = zeros({2, 3, 2, 2}, DType::Float32);
  const Tensor two = zeros({2}, DType::Float32);
  for (const auto& loss : {+[](const Tensor& x, const Tensor& t, const Tensor& w) { return likelihood(x, t, w); },
                           +[](const Tensor& x, const Tensor& t, const Tensor& w) { return entropy(x, t, w); }}) {
    const auto message = [&](const Tensor& x, const Tensor& t, const Tensor& w = undefined) {
      return error_of([&] { loss(x, t, w); });
    };
    CHECK(message(x, longs({2}, {0, 5})) == "Target 5 is out of bounds.");
    CHECK(message(x, longs({2}, {0, -1})) == "Target -1 is out of bounds.");
    CHECK(message(deep, longs({2, 4}, {0, 0, 0, 0, 0, 0, 0, 9})) == "Target 9 is out of bounds.");
    CHECK(message(x, longs({1}, {0})) == "Expected input batch_size (2) to match target batch_size (1).");
    CHECK(message(x, two) == "expected scalar type Long but found Float");
    CHECK(message(x, from_values({2}, {0, 1}, DType::Bool)) == "expected scalar type Long but found Bool");
    CHECK(message(x, longs({2, 1}, {0, 1})) == "0D or 1D target tensor expected, multi-target not supported");
    CHECK(message(x, longs({2}, {0, 1}), two) ==
          "weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [2]");
    CHECK(message(x, longs({2}, {0, 1}), zeros({3}, DType::Float64)) == "expected scalar type Float but found Double");
    CHECK(message(ops::select(x, 0, 0), longs({1}, {0})) == "size mismatch (got input: [3], target: [1])");
    CHECK(message(deep, longs({2, 3}, {0, 0, 0, 0, 0, 0})) == "Expected target size [2, 4], got [2, 3]");
    CHECK(message(image, longs({2, 2}, {0, 0, 0, 0})) ==
          "only batches of spatial targets supported (3D tensors) but got targets of dimension: 2");
  }
  CHECK(error_of([&] { entropy(x, longs({2, 3}, {0, 0, 0, 0, 0, 0})); }) ==
        "Expected floating point type for target with class probabilities, got Long");
  CHECK(error_of([&] { entropy(x, longs({2}, {0, 1}), undefined, mean, 1.5); }) ==
        "label_smoothing must be between 0.0 and 1.0. Got: 1.5");
  CHECK(error_of([&] { ops::cross_entropy(x, x, undefined, 1, mean, 0); }) ==
        "ignore_index is not supported for floating point target");
  CHECK(error_of([&] { entropy(longs({2, 3}, {0, 0, 0, 0, 0, 0}), longs({2}, {0, 1})); }) ==
        "\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'");
  CHECK(error_of([&] { likelihood(longs({2, 3}, {0, 0, 0, 0, 0, 0}), longs({2}, {0, 1})); }) ==
        "\"nll_loss_out_frame\" not implemented for 'Long'");
}
