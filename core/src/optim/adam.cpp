#include <cmath>

#include "optim/step.h"
#include "unroll/optim.h"

// Adam [Kingma & Ba 2015] and AdamW [Loshchilov & Hutter 2019]; order of operations as in
// torch.optim.adam._single_tensor_adam, one pass over each parameter.

namespace unroll::optim {

namespace {

template <class T>
struct AdamStep {
  T beta1_rest, beta2, beta2_rest, weight_decay, keep, step_size, root_correction, eps;
  bool nearer_to_average, coupled, maximize;

  AdamStep(const AdamOptions& o, double step)
      : beta1_rest(static_cast<T>(1 - o.beta1)),
        beta2(static_cast<T>(o.beta2)),
        beta2_rest(static_cast<T>(1 - o.beta2)),
        weight_decay(static_cast<T>(o.weight_decay)),
        keep(static_cast<T>(o.decoupled ? 1 - o.lr * o.weight_decay : 1)),
        step_size(static_cast<T>(o.lr / (1 - std::pow(o.beta1, step)))),
        root_correction(static_cast<T>(std::sqrt(1 - std::pow(o.beta2, step)))),
        eps(static_cast<T>(o.eps)),
        nearer_to_average(beta1_rest < T(0.5)),
        coupled(!o.decoupled && o.weight_decay != 0),
        maximize(o.maximize) {}

  /// Moves the averages and returns the new second moment.
  T average(T& p, T g, T& m, T& v) const {
    T d = maximize ? -g : g;
    if (coupled)
      d += weight_decay * p;
    else
      p *= keep;
    // As lerp: from the nearer end.
    m = nearer_to_average ? m + beta1_rest * (d - m) : d - (d - m) * (1 - beta1_rest);
    v = v * beta2 + beta2_rest * d * d;
    return v;
  }
  void move(T& p, T m, T v) const { p -= step_size * m / (std::sqrt(v) / root_correction + eps); }
  void operator()(T& p, T g, T& m, T& v) const {
    const T second = average(p, g, m, v);
    move(p, m, second);
  }
  void operator()(T& p, T g, T& m, T& v, T& largest) const {
    const T second = average(p, g, m, v);
    largest = second > largest || second != second ? second : largest;
    move(p, m, largest);
  }
};

// Steps are passed by value, and pointers promise not to overlap, so that these loops become vector code.
template <class T>
void adam_row(AdamStep<T> step, std::int64_t n, T* __restrict p, const T* __restrict g, T* __restrict m,
              T* __restrict v) {
  for (std::int64_t i = 0; i < n; ++i) step(p[i], g[i], m[i], v[i]);
}
template <class T>
void amsgrad_row(AdamStep<T> step, std::int64_t n, T* __restrict p, const T* __restrict g, T* __restrict m,
                 T* __restrict v, T* __restrict largest) {
  for (std::int64_t i = 0; i < n; ++i) step(p[i], g[i], m[i], v[i], largest[i]);
}

template <class T>
void update(const AdamStep<T>& step, const std::array<Tensor, 4>& tensors) {
  for_rows<T, 4>(tensors, [&](auto n, auto& at, auto& by) {
    if (dense_row(by)) return adam_row(step, n, at[0], at[1], at[2], at[3]);
    for (std::int64_t i = 0; i < n; ++i) step(at[0][i * by[0]], at[1][i * by[1]], at[2][i * by[2]], at[3][i * by[3]]);
  });
}

template <class T>
void update(const AdamStep<T>& step, const std::array<Tensor, 5>& tensors) {
  for_rows<T, 5>(tensors, [&](auto n, auto& at, auto& by) {
    if (dense_row(by)) return amsgrad_row(step, n, at[0], at[1], at[2], at[3], at[4]);
    for (std::int64_t i = 0; i < n; ++i)
      step(at[0][i * by[0]], at[1][i * by[1]], at[2][i * by[2]], at[3][i * by[3]], at[4][i * by[4]]);
  });
}

/// Adds one to a zero-dim tensor; returns the new number.
double count_up(const Tensor& steps) {
  if (steps.numel() != 1) fail(ErrorKind::Runtime, "[optim] got a step count of shape ", to_string(steps.shape()));
  double number = 0;
  dispatch_floating(steps.dtype(), "adam", [&](auto t) { number = *steps.data<decltype(t)>() += 1; });
  steps.bump_version();
  return number;
}

} // namespace

void adam(const Tensors& params, const Tensors& exp_avgs, const Tensors& exp_avg_sqs, const Tensors& max_exp_avg_sqs,
          const Tensors& steps, const AdamOptions& options) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    const double number = count_up(steps.at(i));
    const Tensor &p = params[i], &m = exp_avgs.at(i), &v = exp_avg_sqs.at(i);
    dispatch_floating(p.dtype(), "adam", [&](auto t) {
      using T = decltype(t);
      const AdamStep<T> step(options, number);
      if (options.amsgrad) {
        update(step, std::array<Tensor, 5>{p, p.grad(), m, v, max_exp_avg_sqs.at(i)});
        max_exp_avg_sqs[i].bump_version();
      } else {
        update(step, std::array<Tensor, 4>{p, p.grad(), m, v});
      }
      for (const Tensor* written : {&p, &m, &v}) written->bump_version();
    });
  }
}

} // namespace unroll::optim
