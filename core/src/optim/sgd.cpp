#include "unroll/optim.h"

#include "optim/step.h"

// Order of operations as in torch.optim.sgd._single_tensor_sgd, one pass over each parameter.

namespace unroll::optim {

namespace {

template <class T>
struct SgdStep {
  T lr, momentum, rest, weight_decay; // rest: 1 - dampening
  bool nesterov, maximize, first_step;

  explicit SgdStep(const SgdOptions& o)
      : lr(static_cast<T>(o.lr)),
        momentum(static_cast<T>(o.momentum)),
        rest(static_cast<T>(1 - o.dampening)),
        weight_decay(static_cast<T>(o.weight_decay)),
        nesterov(o.nesterov),
        maximize(o.maximize),
        first_step(o.first_step) {}

  T gradient(T p, T g) const {
    const T signed_g = maximize ? -g : g;
    return weight_decay != 0 ? signed_g + weight_decay * p : signed_g;
  }
  void plain(T& p, T g) const { p -= lr * gradient(p, g); }
  void with_momentum(T& p, T g, T& buffer) const {
    const T d = gradient(p, g);
    buffer = first_step ? d : buffer * momentum + rest * d;
    p -= lr * (nesterov ? d + momentum * buffer : buffer);
  }
};

// Steps are passed by value, and pointers promise not to overlap, so that these loops become vector code.
template <class T>
void plain_row(SgdStep<T> step, std::int64_t n, T* __restrict p, const T* __restrict g) {
  for (std::int64_t i = 0; i < n; ++i) step.plain(p[i], g[i]);
}

template <class T>
void momentum_row(SgdStep<T> step, std::int64_t n, T* __restrict p, const T* __restrict g, T* __restrict buffer) {
  for (std::int64_t i = 0; i < n; ++i) step.with_momentum(p[i], g[i], buffer[i]);
}

template <class T>
void update(const SgdStep<T>& step, const Tensor& p, const Tensor& g) {
  for_rows<T, 2>({p, g}, [&](auto n, auto& at, auto& by) {
    if (dense_row(by)) return plain_row(step, n, at[0], at[1]);
    for (std::int64_t i = 0; i < n; ++i) step.plain(at[0][i * by[0]], at[1][i * by[1]]);
  });
}

template <class T>
void update(const SgdStep<T>& step, const Tensor& p, const Tensor& g, const Tensor& buffer) {
  for_rows<T, 3>({p, g, buffer}, [&](auto n, auto& at, auto& by) {
    if (dense_row(by)) return momentum_row(step, n, at[0], at[1], at[2]);
    for (std::int64_t i = 0; i < n; ++i) step.with_momentum(at[0][i * by[0]], at[1][i * by[1]], at[2][i * by[2]]);
  });
  buffer.bump_version();
}

} // namespace

void sgd(const Tensors& params, const Tensors& buffers, const SgdOptions& options) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Tensor& p = params[i];
    dispatch_floating(p.dtype(), "sgd", [&](auto t) {
      const SgdStep<decltype(t)> step(options);
      if (options.momentum == 0)
        update(step, p, p.grad());
      else
        update(step, p, p.grad(), buffers.at(i));
    });
    p.bump_version();
  }
}

} // namespace unroll::optim
