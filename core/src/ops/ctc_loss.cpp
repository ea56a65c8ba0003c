#include "unroll/ops/ctc_loss.h"

#include <cmath>
#include <limits>
#include <vector>

#include "kernels/lines.h"
#include "ops/operand.h"
#include "unroll/sizes.h"

namespace unroll::ops {

namespace {

constexpr double none = -std::numeric_limits<double>::infinity();

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return a == none ? none : a + std::log1p(std::exp(b - a));
}

/// One sample: its steps, and its target with a blank before, between and after.
struct Sequence {
  std::int64_t steps, stride, classes;
  std::vector<std::int64_t> labels;

  std::size_t size() const { return labels.size(); }
  /// Whether place s may follow place s - 2: another label comes between two blanks only.
  bool skips(std::size_t s) const { return s >= 2 && s % 2 == 1 && labels[s] != labels[s - 2]; }
};

/// alpha[t][s]: log-probability of all ways to be at place s after step t.
template <class T>
std::vector<double> forward_ways(const Sequence& q, const T* p) {
  const std::size_t n = q.size();
  std::vector<double> alpha(buffer_size<double>(checked_mul(q.steps, static_cast<std::int64_t>(n))), none);
  for (std::int64_t t = 0; t < q.steps; ++t, p += q.stride)
    for (std::size_t s = 0; s < n; ++s) {
      double& here = alpha[static_cast<std::size_t>(t) * n + s];
      if (t == 0) {
        if (s < 2) here = static_cast<double>(p[q.labels[s]]);
        continue;
      }
      const double* before = &alpha[static_cast<std::size_t>(t - 1) * n];
      double ways = before[s];
      if (s >= 1) ways = log_add(ways, before[s - 1]);
      if (q.skips(s)) ways = log_add(ways, before[s - 2]);
      here = ways + static_cast<double>(p[q.labels[s]]);
    }
  return alpha;
}

/// beta[t][s]: log-probability of all ways from place s at step t, that step included, to the end.
template <class T>
std::vector<double> backward_ways(const Sequence& q, const T* p) {
  const std::size_t n = q.size();
  std::vector<double> beta(buffer_size<double>(checked_mul(q.steps, static_cast<std::int64_t>(n))), none);
  p += (q.steps - 1) * q.stride;
  for (std::int64_t t = q.steps - 1; t >= 0; --t, p -= q.stride)
    for (std::size_t s = 0; s < n; ++s) {
      double& here = beta[static_cast<std::size_t>(t) * n + s];
      if (t == q.steps - 1) {
        if (s + 2 >= n) here = static_cast<double>(p[q.labels[s]]);
        continue;
      }
      const double* after = &beta[static_cast<std::size_t>(t + 1) * n];
      double ways = after[s];
      if (s + 1 < n) ways = log_add(ways, after[s + 1]);
      if (s + 2 < n && q.skips(s + 2)) ways = log_add(ways, after[s + 2]);
      here = ways + static_cast<double>(p[q.labels[s]]);
    }
  return beta;
}

/// The loss of one sample; its gradient goes to grad, which is laid out as p, where it is not null.
template <class T>
double one(const Sequence& q, const T* p, T* grad, bool zero_infinity) {
  const std::size_t n = q.size();
  double loss = 0;
  std::vector<double> alpha;
  if (q.steps == 0) {
    loss = n == 1 ? 0 : -none;
  } else {
    alpha = forward_ways(q, p);
    const double* last = &alpha[static_cast<std::size_t>(q.steps - 1) * n];
    loss = -(n == 1 ? last[0] : log_add(last[n - 1], last[n - 2]));
  }
  const bool dropped = zero_infinity && loss == -none;
  if (grad && !dropped && q.steps > 0) {
    const std::vector<double> beta = backward_ways(q, p);
    std::vector<double> through(static_cast<std::size_t>(q.classes));
    for (std::int64_t t = 0; t < q.steps; ++t) {
      std::fill(through.begin(), through.end(), none);
      for (std::size_t s = 0; s < n; ++s) {
        const std::size_t at = static_cast<std::size_t>(t) * n + s;
        double& sum = through[static_cast<std::size_t>(q.labels[s])];
        sum = log_add(sum, alpha[at] + beta[at]);
      }
      for (std::int64_t c = 0; c < q.classes; ++c) {
        const double lp = static_cast<double>(p[t * q.stride + c]);
        grad[t * q.stride + c] =
            static_cast<T>(std::exp(lp) - std::exp(through[static_cast<std::size_t>(c)] + loss - lp));
      }
    }
  }
  return dropped ? 0 : loss;
}

} // namespace

Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, const Shape& input_lengths, const Shape& target_lengths,
                std::int64_t blank, bool zero_infinity) {
  check(log_probs.dim() == 3, "[ctc_loss] got log_probs of ", log_probs.dim(), " dims, expected (T, N, C)");
  const std::int64_t steps = log_probs.size(0), batch = log_probs.size(1), classes = log_probs.size(2);
  check(targets.dtype() == DType::Int64, "[ctc_loss] got targets of dtype ", scalar_name(targets.dtype()),
        ", expected Long");
  check(blank >= 0 && blank < classes, "blank must be in label range");
  check(static_cast<std::int64_t>(input_lengths.size()) == batch, "input_lengths must be of size batch_size");
  check(static_cast<std::int64_t>(target_lengths.size()) == batch, "target_lengths must be of size batch_size");
  const bool joined = targets.dim() == 1;
  const Tensor labels = dense(targets), p = dense(log_probs);
  std::int64_t at = 0;
  std::vector<Sequence> sequences;
  for (std::int64_t b = 0; b < batch; ++b) {
    const std::size_t i = static_cast<std::size_t>(b);
    check(input_lengths[i] >= 0 && input_lengths[i] <= steps, "Expected input_lengths to have value at most ", steps,
          ", but got value ", input_lengths[i], " (while checking arguments for ctc_loss_allocate_outputs)");
    const std::int64_t from = joined ? at : b * targets.size(1), count = target_lengths[i];
    check(count >= 0, "Expected target_lengths to have value at least 0, but got value ", count,
          " (while checking arguments for ctc_loss_allocate_outputs)");
    check(count <= targets.numel() - from && (joined || count <= targets.size(1)),
          "Expected tensor to have size at least ", count, " at dimension 1, but got size ", to_string(targets.shape()),
          " (while checking arguments for ctc_loss_allocate_outputs)");
    at += count;
    Sequence q{input_lengths[i], batch * classes, classes, {blank}};
    for (std::int64_t s = 0; s < count; ++s) {
      q.labels.push_back(labels.data<std::int64_t>()[from + s]);
      check(q.labels.back() >= 0 && q.labels.back() < classes, "[ctc_loss] got label ", q.labels.back(),
            ", expected one of ", classes, " classes");
      q.labels.push_back(blank);
    }
    sequences.push_back(std::move(q));
  }
  const bool wanted = wants_grad(log_probs);
  Tensor y = empty({batch}, log_probs.dtype());
  const Tensor slope = wanted ? zeros(log_probs.shape(), log_probs.dtype()) : Tensor();
  dispatch_floating(log_probs.dtype(), "ctc_loss_cpu", [&](auto t) {
    using T = decltype(t);
    for (std::int64_t b = 0; b < batch; ++b)
      y.data<T>()[b] = static_cast<T>(one<T>(sequences[static_cast<std::size_t>(b)], p.data<T>() + b * classes,
                                             wanted ? slope.data<T>() + b * classes : nullptr, zero_infinity));
  });
  return record("CtcLossBackward0", {log_probs}, y, {slope},
                [](const Context& c) { return Grads{mul(c.saved(0), reshape(c.grad(), {1, -1, 1}))}; });
}

} // namespace unroll::ops
