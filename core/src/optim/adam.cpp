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

  explicit AdamStep(const AdamOptions& o)
      : beta1_rest(static_cast<T>(1 - o.beta1)),
        beta2(static_cast<T>(o.beta2)),
        beta2_rest(static_cast<T>(1 - o.beta2)),
        weight_decay(static_cast<T>(o.weight_decay)),
        keep(static_cast<T>(o.decoupled ? 1 - o.lr * o.weight_decay : 1)),
        step_size(static_cast<T>(o.lr / (1 - std::pow(o.beta1, static_cast<double>(o.step))))),
        root_correction(static_cast<T>(std::sqrt(1 - std::pow(o.beta2, static_cast<double>(o.step))))),
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

template <class T, std::size_t N>
void update(const AdamStep<T>& step, const std::array<Tensor, N>& tensors) {
  for_rows<T, N>(tensors, [&](auto n, auto& at, auto& by) {
    const auto each = [&](auto place) {
      for (std::int64_t i = 0; i < n; ++i) {
        if constexpr (N == 4)
          step(at[0][place(i, 0)], at[1][place(i, 1)], at[2][place(i, 2)], at[3][place(i, 3)]);
        else
          step(at[0][place(i, 0)], at[1][place(i, 1)], at[2][place(i, 2)], at[3][place(i, 3)], at[4][place(i, 4)]);
      }
    };
    if (dense_row(by))
      each([](std::int64_t i, std::size_t) { return i; });
    else
      each([&by](std::int64_t i, std::size_t k) { return i * by[k]; });
  });
  for (std::size_t k = 0; k < N; ++k)
    if (k != 1) tensors[k].bump_version();
}

} // namespace

void adam(const Tensors& params, const Tensors& exp_avgs, const Tensors& exp_avg_sqs, const Tensors& max_exp_avg_sqs,
          const AdamOptions& options) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Tensor &p = params[i], &m = exp_avgs.at(i), &v = exp_avg_sqs.at(i);
    dispatch_floating(p.dtype(), "adam", [&](auto t) {
      using T = decltype(t);
      const AdamStep<T> step(options);
      if (options.amsgrad)
        update<T, 5>(step, {p, p.grad(), m, v, max_exp_avg_sqs.at(i)});
      else
        update<T, 4>(step, {p, p.grad(), m, v});
    });
  }
}

} // namespace unroll::optim
