#include "unroll/rnn.h"

#include "stack.h"
#include "unroll/ops.h"

namespace unroll {
namespace {

using rnn::Plan;

/// Rows (steps × sequences) that a kernel can count on a 32-bit machine.
constexpr std::int64_t max_rows = 0x7fffffff;

/// Where PyTorch's CPU build takes oneDNN's layer: it decides the names that grad_fn prints.
bool is_mkldnn(const Plan& plan) { return plan.facts().one_dnn && plan.dtype == DType::Float32 && !plan.projects; }

const char* output_name(const Plan& plan, bool packed) {
  if (packed || plan.directions == 2) return "CatBackward0";
  return is_mkldnn(plan) ? "MkldnnRnnLayerBackward0" : "StackBackward0";
}

/// (T,B,F) seen as (B,T,F), under the name that PyTorch's grad_fn has.
Tensor batch_first_view(const Tensor& y, const char* name) {
  const Shape &size = y.shape(), &stride = y.strides();
  return make_view(y, {size[1], size[0], size[2]}, {stride[1], stride[0], stride[2]}, y.offset(), name,
                   [](const Context& c) { return Grads{ops::transpose(c.grad(), 0, 1)}; });
}

void name_states(Tensors& results) {
  for (std::size_t i = 1; i < results.size(); ++i) results[i] = rnn::renamed(results[i], "StackBackward0");
}

void check_dims(Cell cell, const Tensor& x, const Tensors& hx) {
  const std::int64_t dim = x.dim();
  const CellFacts& facts = facts_of(cell);
  if (dim != 2 && dim != 3)
    fail(ErrorKind::Value, facts.layer, ": Expected input to be 2D or 3D, got ", dim, facts.wrong_dims);
  const char* batched = dim == 2 ? "For unbatched 2-D" : "For batched 3-D";
  for (const Tensor& h : hx) check(h.defined(), "[rnn] a hidden state is None, expected a tensor");
  if (hx.size() == 2)
    check(hx[0].dim() == dim && hx[1].dim() == dim, batched, " input, hx and cx should also be ", dim, "-D but got (",
          hx[0].dim(), "-D, ", hx[1].dim(), "-D) tensors");
  else if (hx.size() == 1)
    check(hx[0].dim() == dim, batched, " input, hx should also be ", dim, "-D but got ", hx[0].dim(), "-D tensor");
}

} // namespace

namespace ops {

Tensors rnn(const Tensor& x, const Tensors& hx, const Tensors& weights, const RnnOptions& options) {
  check_dims(options.cell, x, hx);
  if (x.dim() == 2) {
    const std::int64_t batch = options.batch_first ? 0 : 1;
    Tensors states;
    for (const Tensor& h : hx) states.push_back(unsqueeze(h, 1));
    Tensors results = rnn(unsqueeze(x, batch), states, weights, options);
    results[0] = squeeze(results[0], Shape{batch});
    for (std::size_t i = 1; i < results.size(); ++i) results[i] = squeeze(results[i], Shape{1});
    return results;
  }
  const Tensor steps = options.batch_first ? transpose(x, 0, 1) : x;
  Plan plan = unroll::rnn::plan_from_weights(weights, options);
  check_input(plan, x);
  check(steps.size(0) > 0, "Expected sequence length to be larger than 0 in RNN");
  check(steps.size(1) <= max_rows / steps.size(0), "[rnn] ", steps.size(0), " steps of ", steps.size(1),
        " sequences are too many for one call");
  plan.steps =
      unroll::rnn::Steps::padded(static_cast<simd::Index>(steps.size(0)), static_cast<simd::Index>(steps.size(1)));
  check_states(plan, hx);
  Tensors results = run_stack(plan, steps, hx, weights, output_name(plan, false));
  name_states(results);
  if (options.batch_first)
    results[0] = batch_first_view(results[0], is_mkldnn(plan) ? "TransposeBackward0" : "TransposeBackward1");
  return results;
}

Tensors rnn_packed(const Tensor& data, const Tensor& batch_sizes, const Tensors& hx, const Tensors& weights,
                   const RnnOptions& options) {
  check(data.dim() == 2, "input must have 2 dimensions, got ", data.dim());
  check(batch_sizes.dim() == 1 && batch_sizes.dtype() == DType::Int64 && batch_sizes.numel() > 0,
        "[rnn] batch_sizes must be a 1-D int64 tensor with at least one element, got ",
        scalar_name(batch_sizes.dtype()), ' ', to_string(batch_sizes.shape()));
  const Tensor flat = contiguous(batch_sizes);
  const std::int64_t* first = flat.data<std::int64_t>();
  const std::vector<std::int64_t> sizes(first, first + flat.numel());
  std::int64_t rows = 0;
  for (std::size_t t = 0; t < sizes.size(); ++t) {
    check(sizes[t] > 0 && (t == 0 || sizes[t] <= sizes[t - 1]),
          "[rnn] batch_sizes must be positive and never rise, got ", sizes[t], " at step ", t);
    check(sizes[t] <= data.size(0), "[rnn] batch_sizes have a step of ", sizes[t], ", but the data only ", data.size(0),
          " rows");
    rows += sizes[t];
  }
  check(rows == data.size(0), "[rnn] batch_sizes sum to ", rows, ", but the data have ", data.size(0), " rows");
  Plan plan = unroll::rnn::plan_from_weights(weights, options);
  check_input(plan, data);
  plan.steps = unroll::rnn::Steps::packed(sizes, static_cast<simd::Index>(sizes[0]));
  check_states(plan, hx);
  Tensors results = run_stack(plan, data, hx, weights, output_name(plan, true));
  name_states(results);
  return results;
}

} // namespace ops
} // namespace unroll
