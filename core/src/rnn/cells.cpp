#include "stack.h"
#include "unroll/ops.h"

// Single steps: a layer over one time step, with the same kernels.

namespace unroll {
namespace {

using rnn::Plan;

void check_cell(const Tensor& x, const Tensor& h, const char* name, const Tensor& w_ih, const Tensor& w_hh) {
  check(w_ih.defined() && w_ih.dim() == 2 && w_hh.defined() && w_hh.dim() == 2,
        "[rnn] weight_ih and weight_hh must have 2 dimensions");
  check(x.size(1) == w_ih.size(1), "input has inconsistent input_size: got ", x.size(1), " expected ", w_ih.size(1));
  check(x.size(0) == h.size(0), "Input batch size ", x.size(0), " doesn't match ", name, " batch size ", h.size(0));
  check(h.size(1) == w_hh.size(1), name, " has inconsistent hidden_size: got ", h.size(1), ", expected ", w_hh.size(1));
}

void check_dtype(const Plan& plan, const Tensor& x) {
  check(x.dtype() == plan.dtype, "mat1 and mat2 must have the same dtype, but got ", scalar_name(x.dtype()), " and ",
        scalar_name(plan.dtype));
}

/// {y, h', c'} of one step; y and h' are the same values. Unbatched inputs give unbatched results.
Tensors run_cell(Cell cell, const Tensor& x, const Tensors& hx, const Tensor& w_ih, const Tensor& w_hh,
                 const Tensor& b_ih, const Tensor& b_hh) {
  const CellFacts& facts = facts_of(cell);
  check(facts.has_c == (hx.size() == 2), "[rnn] a step of ", facts.mode, " got ", hx.size(), " states, expected ",
        facts.has_c ? 2 : 1);
  if (x.dim() != 1 && x.dim() != 2)
    fail(ErrorKind::Value, facts.layer, "Cell: Expected input to be 1D or 2D, got ", x.dim(), "D instead");
  for (const Tensor& h : hx)
    check(h.dim() == x.dim(), "[rnn] hidden state is ", h.dim(), "-D, expected ", x.dim(), "-D as the input");
  if (x.dim() == 1) {
    Tensors states;
    for (const Tensor& h : hx) states.push_back(ops::unsqueeze(h, 0));
    Tensors results = run_cell(cell, ops::unsqueeze(x, 0), states, w_ih, w_hh, b_ih, b_hh);
    results[0] = ops::squeeze(results[0], Shape{0});
    if (results.size() > 2) results[2] = ops::squeeze(results[2], Shape{0});
    return results;
  }
  check_cell(x, hx[0], "hidden0", w_ih, w_hh);
  if (hx.size() > 1) check_cell(x, hx[1], "hidden1", w_ih, w_hh);
  check(b_ih.defined() == b_hh.defined(), "[rnn] bias_ih and bias_hh must both be given or both be None");
  RnnOptions options;
  options.cell = cell;
  options.bias = b_ih.defined();
  const Tensors weights = options.bias ? Tensors{w_ih, w_hh, b_ih, b_hh} : Tensors{w_ih, w_hh};
  Plan plan = rnn::plan_from_weights(weights, options);
  check(plan.hidden == w_hh.size(1), "[rnn] weight_hh has shape ", to_string(w_hh.shape()),
        ", which fits no hidden size");
  check_dtype(plan, x);
  for (const Tensor& h : hx) check_dtype(plan, h);
  plan.steps = rnn::Steps::padded(1, static_cast<simd::Index>(x.size(0)));
  Tensors results = run_stack(plan, x, hx, weights, facts.step_node);
  if (plan.has_c()) results[2] = rnn::renamed(ops::view(results[2], {x.size(0), plan.hidden}), "AddBackward0");
  return results;
}

} // namespace

namespace ops {

Tensor cell_step(Cell cell, const Tensor& x, const Tensor& h, const Tensor& w_ih, const Tensor& w_hh,
                 const Tensor& b_ih, const Tensor& b_hh) {
  return run_cell(cell, x, {h}, w_ih, w_hh, b_ih, b_hh)[0];
}

std::tuple<Tensor, Tensor> cell_step_with_c(Cell cell, const Tensor& x, const Tensor& h, const Tensor& c,
                                            const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih,
                                            const Tensor& b_hh) {
  const Tensors results = run_cell(cell, x, {h, c}, w_ih, w_hh, b_ih, b_hh);
  return {results[0], results[2]};
}

} // namespace ops
} // namespace unroll
