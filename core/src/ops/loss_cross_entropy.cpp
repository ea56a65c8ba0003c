#include "kernels/rows.h"
#include "ops/class_rows.h"
#include "ops/loss.h"

// Cross-entropy: log_softmax and the negative log-likelihood in one pass over each row.

namespace unroll::ops {

namespace {

/// What forward and backward share. With smoothing ε a target is (1 - ε) at its class and ε/C everywhere, each class
/// weighted by w.
struct Problem {
  ClassRows rows;
  std::int64_t ignore_index;
  Reduction reduction;
  double smoothing;
  double divisor = 1; ///< of the sum over rows
};

template <class T>
struct Weights {
  const T* each; ///< null: all are one
  double total;

  Weights(const Tensor& weight, std::int64_t classes)
      : each(weight.defined() ? weight.data<T>() : nullptr),
        total(each ? rows::sum(each, static_cast<rows::Index>(classes)) : static_cast<double>(classes)) {}
  double at(std::int64_t c) const { return each ? static_cast<double>(each[c]) : 1; }
  double dot(const T* x, std::int64_t n) const {
    const auto count = static_cast<rows::Index>(n);
    return each ? rows::dot(each, x, count) : rows::sum(x, count);
  }
};

/// Fills stats (rows, 2) with each row's largest score and log Σ exp(score - largest), and sets the divisor.
template <class T>
Tensor forward(Problem& problem, const Tensor& x, const Tensor& target, const Tensor& weight, const Tensor& stats) {
  const ClassRows& rows = problem.rows;
  const bool each = problem.reduction == Reduction::None;
  Tensor y = each ? zeros(target.shape(), x.dtype()) : Tensor();
  const Weights<T> w(weight, rows.classes);
  LineBuffer<T> buffer(rows.lines);
  const T* px = x.data<T>();
  const std::int64_t* t = target.data<std::int64_t>();
  T* ps = stats.data<T>();
  double total = 0, total_weight = 0;
  rows.lines.each([&](std::int64_t row, std::int64_t at) {
    if (t[row] == problem.ignore_index) return;
    check_class(t[row], rows.classes);
    const T* line = buffer.read(px + at);
    const auto n = static_cast<rows::Index>(rows.classes);
    const T largest = rows::max(line, n);
    const double log_sum = std::log(rows::sum_exp(line, largest, n, static_cast<T*>(nullptr)));
    ps[2 * row] = largest;
    ps[2 * row + 1] = static_cast<T>(log_sum);
    const double top = static_cast<double>(largest) + log_sum;
    double loss = w.at(t[row]) * (static_cast<double>(largest) - static_cast<double>(line[t[row]]) + log_sum);
    if (problem.smoothing > 0) {
      const double smooth = w.total * top - w.dot(line, rows.classes);
      loss = (1 - problem.smoothing) * loss + problem.smoothing / static_cast<double>(rows.classes) * smooth;
    }
    total += loss;
    total_weight += w.at(t[row]);
    if (each) y.data<T>()[row] = static_cast<T>(loss);
  });
  if (problem.reduction == Reduction::Mean) problem.divisor = total_weight;
  return each ? y : full({}, total / problem.divisor, x.dtype());
}

/// dx = s·((a + b·Σw)·softmax(x) - b·w - a·onehot(target)), with a = (1 - ε)·w[target], b = ε/C and s the row's gradient.
template <class T>
Tensor fused_grad(const Problem& problem, const Tensor& g, const Tensor& x, const Tensor& target, const Tensor& weight,
                  const Tensor& stats) {
  const ClassRows& rows = problem.rows;
  Tensor dx = empty(x.shape(), x.dtype());
  const Weights<T> w(weight, rows.classes);
  LineBuffer<T> in(rows.lines), out(rows.lines);
  const T *px = x.data<T>(), *ps = stats.data<T>(), *pg = g.data<T>();
  const std::int64_t* t = target.data<std::int64_t>();
  T* py = dx.data<T>();
  const double shared = problem.reduction == Reduction::None ? 0 : static_cast<double>(*pg) / problem.divisor;
  rows.lines.each([&](std::int64_t row, std::int64_t at) {
    const auto n = static_cast<rows::Index>(rows.classes);
    T* result = out.room(py + at);
    if (t[row] == problem.ignore_index) {
      std::fill_n(result, n, T(0));
    } else {
      const double s = problem.reduction == Reduction::None ? static_cast<double>(pg[row]) : shared;
      const double a = s * (1 - problem.smoothing) * w.at(t[row]),
                   b = s * problem.smoothing / static_cast<double>(rows.classes);
      const T factor = static_cast<T>(a + b * w.total), largest = ps[2 * row], log_sum = ps[2 * row + 1];
      const T* line = in.read(px + at);
      simd::for_vectors<T>(n, [=](auto i, auto access) {
        access.store(result + i, factor * simd::exp_not_positive(access.load(line + i) - largest - log_sum));
      });
      if (b != 0)
        for (std::int64_t c = 0; c < rows.classes; ++c) result[c] -= static_cast<T>(b * w.at(c));
      result[t[row]] -= static_cast<T>(a);
    }
    out.store(py + at);
  });
  return dx;
}

/// The same over recorded ops.
Tensor recorded_grad(const Problem& problem, const Tensor& g, const Tensor& x, const Tensor& target,
                     const Tensor& weight) {
  const ClassRows& rows = problem.rows;
  Tensor factors = zeros(rows.factor_shape, DType::Float64), constants = zeros(x.shape(), DType::Float64);
  const Tensor double_weight = weight.defined() ? cast(weight, DType::Float64) : weight;
  const Weights<double> w(double_weight, rows.classes);
  const double b = problem.smoothing / static_cast<double>(rows.classes);
  rows.lines.each([&](std::int64_t row, std::int64_t at) {
    const std::int64_t t = target.data<std::int64_t>()[row];
    if (t == problem.ignore_index) return;
    const double a = (1 - problem.smoothing) * w.at(t);
    factors.data<double>()[row] = a + b * w.total;
    double* line = constants.data<double>() + at;
    for (std::int64_t c = 0; c < rows.classes; ++c) line[c * rows.lines.step] = b * w.at(c) + (c == t ? a : 0);
  });
  const Tensor slope =
      sub(mul(softmax(x, x.dim() == 1 ? 0 : 1, std::nullopt), cast(factors, x.dtype())), cast(constants, x.dtype()));
  return mul(slope, problem.reduction == Reduction::None ? reshape(g, rows.factor_shape) : div(g, problem.divisor));
}

const char* node_name(const Problem& problem) {
  if (problem.smoothing > 0) return "AddBackward0";
  return problem.rows.spatial ? "NllLoss2DBackward0" : "NllLossBackward0";
}

Tensor with_indices(Problem problem, const Tensor& input, const Tensor& target, const Tensor& weight) {
  const Tensor x = dense(input), indices = dense(target), weights = weight.defined() ? dense(weight) : weight;
  const Tensor stats = empty({problem.rows.lines.count(), 2}, input.dtype());
  Tensor y = input.dtype() == DType::Float32 ? forward<float>(problem, x, indices, weights, stats)
                                             : forward<double>(problem, x, indices, weights, stats);
  if (!wants_grad(input)) return y;
  return record(node_name(problem), {input}, y, {input, indices, weights, stats}, [problem](const Context& c) {
    const Tensor x = c.saved(0), indices = c.saved(1), weights = c.saved(2), g = c.grad();
    if (wants_grad(x, g)) return Grads{recorded_grad(problem, g, x, indices, weights)};
    return Grads{x.dtype() == DType::Float32
                     ? fused_grad<float>(problem, dense(g), dense(x), indices, weights, c.saved(3))
                     : fused_grad<double>(problem, dense(g), dense(x), indices, weights, c.saved(3))};
  });
}

/// target holds a probability for each class.
Tensor with_probabilities(const Tensor& input, const Tensor& target, const Tensor& weight, Reduction reduction,
                          double smoothing) {
  check(is_floating(target.dtype()), "Expected floating point type for target with class probabilities, got ",
        scalar_name(target.dtype()));
  const std::int64_t dim = input.dim() == 1 ? 0 : 1, classes = input.size(dim);
  Tensor wanted = target;
  if (smoothing > 0) wanted = add(mul(target, 1 - smoothing), smoothing / static_cast<double>(classes));
  Tensor terms = mul(log_softmax(input, dim, std::nullopt), wanted);
  if (weight.defined()) {
    check(weight.dim() == 1 && weight.numel() == classes, "weight tensor should be defined either for all ", classes,
          " classes or no classes but got weight tensor of shape: ", to_string(weight.shape()));
    Shape beside(input.shape().size(), 1);
    beside[static_cast<std::size_t>(dim)] = classes;
    terms = mul(terms, reshape(weight, beside));
  }
  if (reduction == Reduction::None) return neg(sum(terms, OptDims(Shape{dim}), false, std::nullopt));
  const Tensor total = neg(sum(terms, std::nullopt, false, std::nullopt));
  if (reduction == Reduction::Sum) return total;
  return div(total, static_cast<double>(input.numel()) / static_cast<double>(classes));
}

} // namespace

Tensor cross_entropy(const Tensor& input, const Tensor& target, const Tensor& weight, std::int64_t ignore_index,
                     Reduction reduction, double label_smoothing) {
  check(label_smoothing >= 0 && label_smoothing <= 1,
        "label_smoothing must be between 0.0 and 1.0. Got: ", label_smoothing);
  if (input.shape() == target.shape()) {
    check(!is_floating(target.dtype()) || ignore_index < 0, "ignore_index is not supported for floating point target");
    return with_probabilities(input, target, weight, reduction, label_smoothing);
  }
  check(is_floating(input.dtype()), "\"log_softmax_lastdim_kernel_impl\" not implemented for '",
        scalar_name(input.dtype()), "'");
  return with_indices({check_classes(input, target, weight), ignore_index, reduction, label_smoothing}, input, target,
                      weight);
}

} // namespace unroll::ops
