#include "ops/loss.h"

// Binary cross-entropy of probabilities and of logits.

namespace unroll::ops {

namespace {

template <class T>
T log_sigmoid(T x) {
  return std::min(x, T(0)) - std::log1p(std::exp(-std::abs(x)));
}
template <class T>
T sigmoid_of(T x) {
  return 1 / (1 + std::exp(-x));
}

/// g spread over the elements: divided by their number for a mean, times weight where there is one.
Tensor element_grads(const Tensor& g, std::int64_t count, const Tensor& weight, Reduction reduction) {
  const Tensor each = reduction == Reduction::Mean ? div(g, static_cast<double>(count)) : g;
  return weight.defined() ? mul(each, weight) : each;
}

/// Loss values without a graph, weighted and reduced.
template <class F>
Tensor weighted_loss(const Tensor& x, const Tensor& t, const Tensor& weight, DType dtype, const char* kernel,
                     Reduction reduction, F f) {
  if (!weight.defined()) return pair_loss(x, t, dtype, kernel, reduction, f);
  NoGrad guard;
  return reduced(mul(pair_loss(x, t, dtype, kernel, Reduction::None, f), weight), reduction);
}

bool all_probabilities(const Tensor& x) {
  return dispatch_floating(x.dtype(), "binary_cross_entropy", [&](auto zero) {
    using T = decltype(zero);
    const T* p = x.data<T>();
    bool good = true;
    Walk<1>(x.shape(), {x.strides()}).rows([&](auto n, auto& at, auto& step) {
      for (std::int64_t i = 0; i < n; ++i) {
        const T v = p[at[0] + i * step[0]];
        good = good && v >= 0 && v <= 1;
      }
    });
    return good;
  });
}

/// (x - t) / (x·(1 - x)), the denominator kept from zero as PyTorch does.
Tensor probability_slope(const Tensor& x, const Tensor& t) {
  return div(sub(x, t), clamp(mul(sub(1, x), x), Operand(1e-12), std::nullopt));
}

Grads probability_grads(const Context& c, Reduction reduction) {
  const Tensor x = c.saved(0), t = c.saved(1), weight = c.saved(2), g = c.grad();
  Grads grads(2);
  if (c.needs(0)) {
    if (wants_grad(x, t, g) || weight.defined()) {
      grads[0] = mul(element_grads(g, std::max(x.numel(), t.numel()), weight, reduction), probability_slope(x, t));
    } else {
      grads[0] = pair_loss_grad(g, x, t, x.dtype(), reduction, [](auto x, auto t) {
        using T = decltype(x);
        return (x - t) / std::max((1 - x) * x, static_cast<T>(1e-12));
      });
    }
  }
  if (c.needs(1))
    grads[1] = mul(element_grads(g, std::max(x.numel(), t.numel()), weight, reduction), sub(log1p(neg(x)), log(x)));
  return grads;
}

/// The factor of log σ(x): 1 + (pos_weight - 1)·t.
Tensor positive_factor(const Tensor& t, const Tensor& pos_weight) { return add(mul(sub(pos_weight, 1), t), 1); }

Tensor logit_values(const Tensor& x, const Tensor& t, const Tensor& pos_weight, DType dtype) {
  const Tensor factor = positive_factor(t, pos_weight);
  return dispatch_floating(dtype, "log_sigmoid_cpu", [&](auto zero) {
    using T = decltype(zero);
    return ternary<T, T>(x, t, factor, [](T x, T t, T factor) { return (1 - t) * x - factor * log_sigmoid(x); });
  });
}

Grads logit_grads(const Context& c, Reduction reduction, DType dtype) {
  const Tensor x = c.saved(0), t = c.saved(1), weight = c.saved(2), pos_weight = c.saved(3), g = c.grad();
  const std::int64_t count =
      c.node.outputs[0].shape.empty() ? numel(broadcast_shapes(x.shape(), t.shape())) : g.numel();
  Grads grads(2);
  if (c.needs(0)) {
    if (wants_grad(x, t, g) || weight.defined() || pos_weight.defined()) {
      Tensor slope = sub(sigmoid(x), t);
      if (pos_weight.defined()) slope = sub(mul(positive_factor(t, pos_weight), sigmoid(x)), mul(pos_weight, t));
      grads[0] = mul(element_grads(g, count, weight, reduction), slope);
    } else {
      grads[0] = pair_loss_grad(g, x, t, dtype, reduction, [](auto x, auto t) { return sigmoid_of(x) - t; });
    }
  }
  if (c.needs(1)) {
    const Tensor slope = pos_weight.defined() ? sub(logsigmoid(neg(x)), mul(pos_weight, logsigmoid(x))) : neg(x);
    grads[1] = mul(element_grads(g, count, weight, reduction), slope);
  }
  return grads;
}

} // namespace

Tensor binary_cross_entropy(const Tensor& input, const Tensor& target, const Tensor& weight, Reduction reduction) {
  check(is_floating(input.dtype()), "\"binary_cross_entropy\" not implemented for '", scalar_name(input.dtype()), "'");
  check(target.dtype() == input.dtype(), "Found dtype ", scalar_name(target.dtype()), " but expected ",
        scalar_name(input.dtype()));
  check(all_probabilities(input), "all elements of input should be between 0 and 1");
  Tensor y = weighted_loss(input, target, weight, input.dtype(), "binary_cross_entropy", reduction, [](auto x, auto t) {
    using T = decltype(x);
    // Logarithms are kept above -100, so that a sure and wrong answer costs much, but not infinitely much.
    return (t - 1) * std::max(std::log1p(-x), T(-100)) - t * std::max(std::log(x), T(-100));
  });
  if (!wants_grad(input, target)) return y;
  return record("BinaryCrossEntropyBackward0", {input, target}, y, {input, target, weight},
                [reduction](const Context& c) { return probability_grads(c, reduction); });
}

Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target, const Tensor& weight,
                                        const Tensor& pos_weight, Reduction reduction) {
  const DType dtype = result_type(input, target);
  check(target.dtype() != DType::Bool,
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
        "`logical_xor()` operator instead.");
  if (is_floating(input.dtype())) check_castable(dtype, target);
  Tensor y;
  if (pos_weight.defined()) {
    NoGrad guard;
    const Tensor values = logit_values(input, target, pos_weight, dtype);
    y = reduced(weight.defined() ? mul(values, weight) : values, reduction);
  } else {
    y = weighted_loss(input, target, weight, dtype, "log_sigmoid_cpu", reduction,
                      [](auto x, auto t) { return (1 - t) * x - log_sigmoid(x); });
  }
  if (!wants_grad(input, target)) return y;
  return record("BinaryCrossEntropyWithLogitsBackward0", {input, target}, y, {input, target, weight, pos_weight},
                [reduction, dtype](const Context& c) { return logit_grads(c, reduction, dtype); });
}

} // namespace unroll::ops
