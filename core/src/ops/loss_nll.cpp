#include "ops/class_rows.h"
#include "ops/loss.h"

// Negative log-likelihood of class indices.

namespace unroll {

namespace {

[[noreturn]] void size_mismatch(const Tensor& input, const Tensor& target, const char* before_target, const char* end) {
  fail(ErrorKind::Runtime, "size mismatch (got input: ", to_string(input.shape()), before_target,
       to_string(target.shape()), end);
}

void check_weight(const Tensor& weight, std::int64_t classes, bool spatial) {
  if (!weight.defined() || weight.shape() == Shape{classes}) return;
  check(!spatial, "weight tensor should be defined either for all or no classes");
  fail(ErrorKind::Runtime, "weight tensor should be defined either for all ", classes,
       " classes or no classes but got weight tensor of shape: ", to_string(weight.shape()));
}

/// The checks of inputs with further dims behind the classes.
void check_spatial(const Tensor& input, const Tensor& target) {
  const Shape &in = input.shape(), &out = target.shape();
  const bool same = out.size() + 1 == in.size() && std::equal(in.begin() + 2, in.end(), out.begin() + 1);
  if (in.size() == 4) {
    check(out.size() == 3,
          "only batches of spatial targets supported (3D tensors) but got targets of dimension: ", out.size());
    if (!same) size_mismatch(input, target, " , target: ", "");
  } else if (!same) {
    Shape expected = in;
    expected.erase(expected.begin() + 1);
    fail(ErrorKind::Runtime, "Expected target size ", to_string(expected), ", got ", to_string(out));
  }
}

void check_flat(const Tensor& input, const Tensor& target) {
  check(target.dim() <= 1, "0D or 1D target tensor expected, multi-target not supported");
  const bool alone = input.dim() == 1 && target.dim() == 0;
  const bool batch = input.dim() == 2 && target.dim() == 1 && target.shape()[0] == input.shape()[0];
  if (!alone && !batch) size_mismatch(input, target, ", target: ", ")");
}

} // namespace

ClassRows check_classes(const Tensor& input, const Tensor& target, const Tensor& weight) {
  if (input.dim() < 1) fail(ErrorKind::Value, "Expected 1 or more dimensions (got 0)");
  const std::int64_t batch = target.dim() > 0 ? target.shape()[0] : 0;
  if (input.dim() > 1 && input.shape()[0] != batch)
    fail(ErrorKind::Value, "Expected input batch_size (", input.shape()[0], ") to match target batch_size (", batch,
         ").");
  const std::int64_t dim = input.dim() == 1 ? 0 : 1;
  const bool spatial = input.dim() > 2;
  spatial ? check_spatial(input, target) : check_flat(input, target);
  Shape factors = input.shape();
  factors[static_cast<std::size_t>(dim)] = 1;
  ClassRows rows{Lines(input.shape(), dim), input.shape()[static_cast<std::size_t>(dim)], spatial, factors};
  check_weight(weight, rows.classes, spatial);
  const auto expect = [](DType expected, DType found) {
    check(expected == found, "expected scalar type ", scalar_name(expected), " but found ", scalar_name(found));
  };
  expect(DType::Int64, target.dtype());
  if (weight.defined()) expect(input.dtype(), weight.dtype());
  return rows;
}

namespace ops {

namespace {

/// The loss and, in `total_weight`, what its mean divides by.
template <class T>
Tensor forward(const ClassRows& rows, const Tensor& x, const Tensor& target, const Tensor& weight,
               std::int64_t ignore_index, Reduction reduction, double& total_weight) {
  const bool each = reduction == Reduction::None;
  Tensor y = each ? zeros(target.shape(), x.dtype()) : Tensor();
  const T *px = x.data<T>(), *w = weight.defined() ? weight.data<T>() : nullptr;
  const std::int64_t* t = target.data<std::int64_t>();
  double total = 0;
  rows.lines.each([&](std::int64_t row, std::int64_t at) {
    if (t[row] == ignore_index) return;
    check_class(t[row], rows.classes);
    const T factor = w ? w[t[row]] : T(1), loss = -factor * px[at + t[row] * rows.lines.step];
    total_weight += static_cast<double>(factor);
    total += static_cast<double>(loss);
    if (each) y.data<T>()[row] = loss;
  });
  if (each) return y;
  return full({}, reduction == Reduction::Mean ? total / total_weight : total, x.dtype());
}

/// -weight at each row's target, zeros elsewhere, times scale.
template <class T>
Tensor spread(const ClassRows& rows, const Shape& shape, const Tensor& target, const Tensor& weight,
              std::int64_t ignore_index, T scale, const T* scales) {
  Tensor dx = zeros(shape, dtype_of<T>());
  const T* w = weight.defined() ? weight.data<T>() : nullptr;
  const std::int64_t* t = target.data<std::int64_t>();
  T* p = dx.data<T>();
  rows.lines.each([&](std::int64_t row, std::int64_t at) {
    if (t[row] == ignore_index) return;
    p[at + t[row] * rows.lines.step] = -(w ? w[t[row]] : T(1)) * (scales ? scales[row] : scale);
  });
  return dx;
}

} // namespace

Tensor nll_loss(const Tensor& input, const Tensor& target, const Tensor& weight, std::int64_t ignore_index,
                Reduction reduction) {
  const ClassRows rows = check_classes(input, target, weight);
  const Tensor indices = dense(target), weights = weight.defined() ? dense(weight) : weight;
  double total_weight = 0;
  Tensor y = dispatch_floating(input.dtype(), "nll_loss_out_frame", [&](auto t) {
    return forward<decltype(t)>(rows, dense(input), indices, weights, ignore_index, reduction, total_weight);
  });
  if (!wants_grad(input)) return y;
  const double divisor = reduction == Reduction::Mean ? total_weight : 1;
  return record(rows.spatial ? "NllLoss2DBackward0" : "NllLossBackward0", {input}, y, {indices, weights},
                [=, shape = input.shape(), dtype = input.dtype()](const Context& c) {
                  const Tensor indices = c.saved(0), weights = c.saved(1), g = c.grad();
                  const bool recorded = wants_grad(g), each = reduction == Reduction::None;
                  const Tensor scales = each && !recorded ? dense(g) : Tensor();
                  Tensor dx = dispatch_floating(dtype, "nll_loss", [&](auto t) {
                    using T = decltype(t);
                    const T scale = recorded || each ? T(1) : static_cast<T>(g.item() / divisor);
                    return spread<T>(rows, shape, indices, weights, ignore_index, scale,
                                     scales.defined() ? scales.data<T>() : nullptr);
                  });
                  if (recorded) dx = mul(dx, each ? reshape(g, rows.factor_shape) : div(g, divisor));
                  return Grads{dx};
                });
}

} // namespace ops
} // namespace unroll
