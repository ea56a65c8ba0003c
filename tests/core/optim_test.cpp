#include "unroll/optim.h"

#include <limits>

#include "expect.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

// Expected values are real PyTorch 2.6's, five steps on Σ (p² · c) with c = 1, 2, 3, ….

using namespace unroll;
using namespace unroll::testing;

namespace {

/// Five steps on a parameter of six values; transposed memory where strided.
template <class Step>
Tensor train(Step step, DType dtype = DType::Float64, bool strided = false) {
  Tensor p = from_values({2, 3}, {-0.7, -0.4, -0.1, 0.2, 0.5, 0.8}, dtype),
         c = from_values({2, 3}, {1, 2, 3, 4, 5, 6}, dtype);
  if (strided) p = ops::transpose(ops::contiguous(ops::transpose(p, 0, 1)), 0, 1);
  p = detach(p).set_requires_grad(true);
  for (std::int64_t i = 1; i <= 5; ++i) {
    p.set_grad(Tensor());
    backward({ops::sum(ops::mul(ops::mul(p, p), c), std::nullopt, false, std::nullopt)}, {Tensor()});
    const std::uint32_t version = p.version();
    step(p, i);
    CHECK(p.version() > version);
  }
  return p;
}

Tensor train_sgd(optim::SgdOptions options, DType dtype = DType::Float64, bool strided = false) {
  const Tensors buffers = options.momentum != 0 ? Tensors{zeros({2, 3}, dtype)} : Tensors{};
  return train(
      [&](const Tensor& p, std::int64_t i) {
        options.first_step = i == 1;
        optim::sgd({p}, buffers, options);
      },
      dtype, strided);
}

Tensor train_adam(const optim::AdamOptions& options, DType dtype = DType::Float64, bool strided = false) {
  const Tensor m = zeros({2, 3}, dtype), v = zeros({2, 3}, dtype), largest = zeros({2, 3}, dtype);
  const Tensor steps = zeros({}, DType::Float32);
  const Tensor p = train(
      [&](const Tensor& p, std::int64_t) {
        optim::adam({p}, {m}, {v}, options.amsgrad ? Tensors{largest} : Tensors{}, {steps}, options);
      },
      dtype, strided);
  CHECK(steps.item() == 5);
  return p;
}

Tensor with_grad(const Shape& shape, const std::vector<double>& g) {
  const Tensor p = zeros(shape, DType::Float32).set_requires_grad(true);
  p.set_grad(from_values(shape, g));
  return p;
}

const Shape s23{2, 3};

} // namespace

TEST_CASE("SGD takes PyTorch's steps with every option") {
  //            lr, momentum, dampening, weight_decay, nesterov, maximize, first_step
  CHECK(is_close(train_sgd({0.05, 0, 0, 0, false, false, true}), s23,
                 {-0.413343, -0.131072, -0.016807, 0.015552, 0.015625, 0.008192}, 1e-14));
  CHECK(is_close(
      train_sgd({0.05, 0, 0, 0.1, false, true, true}), s23,
      {-1.10196711865406, -0.97476408149875, -0.364207464155937, 1.05657671087437, 3.73401422109219, 8.2583526439975},
      1e-14));
  CHECK(is_close(train_sgd({0.05, 0.9, 0, 0, false, false, true}), s23,
                 {0.0204120000000001, 0.232168, 0.077828, -0.1458, -0.2609, -0.184048}, 1e-14));
  CHECK(is_close(train_sgd({0.05, 0.9, 0.3, 0.1, false, false, true}), s23,
                 {-0.0693768168168467, 0.1771426380196, 0.0736900100510282, -0.167220303044813, -0.393793891170172,
                  -0.5062561368073},
                 1e-14));
  CHECK(is_close(train_sgd({0.05, 0.8, 0, 0.1, true, false, true}), s23,
                 {-0.0107973513705756, 0.10808205452986, 0.0248365513193549, -0.0250729200108898, -0.00743291741367449,
                  0.0315498782142008},
                 1e-14));
  CHECK(is_close(train_sgd({0.05, 0.9, 0, 0, false, false, true}, DType::Float32), s23,
                 {0.0204119831, 0.232167974, 0.0778279677, -0.145800039, -0.260899991, -0.184047952}, 1e-6));
  CHECK(is_close(train_sgd({0.05, 0.9, 0, 0, false, false, true}, DType::Float64, true), s23,
                 {0.0204120000000001, 0.232168, 0.077828, -0.1458, -0.2609, -0.184048}, 1e-14));
  CHECK(is_close(train_sgd({0.05, 0, 0, 0, false, false, true}, DType::Float64, true), s23,
                 {-0.413343, -0.131072, -0.016807, 0.015552, 0.015625, 0.008192}, 1e-14));
}

TEST_CASE("Adam and AdamW take PyTorch's steps with every option") {
  //             lr, beta1, beta2, eps, weight_decay, decoupled, amsgrad, maximize
  CHECK(is_close(train_adam({0.1, 0.9, 0.999, 1e-8, 0, false, false, false}), s23,
                 {-0.214551642282556, 0.0553892040141067, 0.0108520745476423, -0.117095023463105, 0.0278144472425015,
                  0.311504281912371},
                 1e-13));
  CHECK(is_close(
      train_adam({0.1, 0.4, 0.9, 1e-3, 0.1, false, false, true}), s23,
      {-1.22782567486175, -0.940562174522822, -0.668046313346925, 0.75676576184022, 1.03548287642214, 1.32545776803066},
      1e-13));
  CHECK(is_close(train_adam({0.1, 0.9, 0.5, 1e-8, 0, false, true, false}), s23,
                 {-0.217362455021715, 0.0379905624844368, 0.0180904381831982, -0.102670105591336, 0.0404605077032382,
                  0.310476249275831},
                 1e-13));
  CHECK(is_close(train_adam({0.1, 0.9, 0.999, 1e-8, 0.2, true, false, false}), s23,
                 {-0.169946820414717, 0.068842650092165, 0.00713738708045471, -0.112207978734111, 0.00366741931898126,
                  0.256941988906694},
                 1e-13));
  CHECK(is_close(train_adam({0.1, 0.9, 0.999, 1e-8, 0.2, true, true, false}), s23,
                 {-0.169946820414717, 0.0688081447901681, 0.00714282960975265, -0.112197123128407, 0.00366741931898126,
                  0.256941988906694},
                 1e-13));
  CHECK(is_close(train_adam({0.1, 0.9, 0.999, 1e-8, 0, false, false, false}, DType::Float32), s23,
                 {-0.214551657, 0.0553892478, 0.0108520128, -0.117095046, 0.0278145149, 0.311504364}, 1e-6));
  CHECK(is_close(train_adam({0.1, 0.9, 0.999, 1e-8, 0, false, false, false}, DType::Float64, true), s23,
                 {-0.214551642282556, 0.0553892040141067, 0.0108520745476423, -0.117095023463105, 0.0278144472425015,
                  0.311504281912371},
                 1e-13));
}

TEST_CASE("a state of another shape is refused") {
  const Tensor p = with_grad({2}, {1, 2}), wrong = zeros({3}, DType::Float32), scalar = zeros({}, DType::Float32);
  CHECK(error_of([&] {
          optim::adam({p}, {wrong}, {wrong}, {}, {scalar}, {0.1, 0.9, 0.999, 1e-8, 0, false, false, false});
        }) == "[optim] got a gradient or state of shape [3] for a parameter of shape [2]");
}

TEST_CASE("clip_grad_norm returns the total norm and scales large gradients only") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  const auto clip = [](double max_norm, double p, double norm, const std::vector<double>& expected) {
    const Tensor a = with_grad({2}, {3, 4}), b = with_grad({2, 2}, {1, -2, 0, 2}), without = zeros({2}, DType::Float32);
    CHECK(is_close(optim::clip_grad_norm({a, without, b}, max_norm, p, false), {}, {norm}));
    CHECK(is_close(ops::cat({a.grad(), ops::reshape(b.grad(), {4})}, 0), {6}, expected));
  };
  clip(1, 2, 5.83095169067383, {0.51449573, 0.685994267, 0.171498567, -0.342997134, 0, 0.342997134});
  clip(100, 2, 5.83095169067383, {3, 4, 1, -2, 0, 2});
  clip(1, inf, 4, {0.749999821, 0.999999762, 0.24999994, -0.499999881, 0, 0.499999881});
  clip(2, 1, 12, {0.49999997, 0.666666627, 0.166666657, -0.333333313, 0, 0.333333313});
  CHECK(is_close(optim::clip_grad_norm({zeros({2}, DType::Float32)}, 1, 2, false), {}, {0}));
  CHECK(error_of([&] { optim::clip_grad_norm({with_grad({2}, {inf, 1})}, 1, 2, true); }) ==
        "The total norm of order 2.0 for gradients from `parameters` is non-finite, so it cannot be clipped. To "
        "disable this error and "
        "scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`");
}
