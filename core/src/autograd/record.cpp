#include <string>
#include <utility>

#include "unroll/hooks.h"
#include "unroll/minor.h"
#include "unroll/ops.h"

namespace unroll {

namespace {

bool enabled = true;
std::uint64_t next_sequence = 0;

/// The node that accumulates into a leaf; one a leaf as long as a graph holds it.
std::shared_ptr<Node> accumulator(const Tensor& leaf) {
  auto& meta = leaf.impl()->meta();
  auto node = meta.accumulator.lock();
  if (!node) {
    node = std::make_shared<Node>();
    node->name = "AccumulateGrad";
    node->accumulates = true;
    // Leaves are done as soon as they are reached, which frees their gradients early.
    node->sequence = UINT64_MAX;
    node->leaf = leaf.impl_ptr();
    node->outputs.push_back({leaf.shape(), leaf.dtype()});
    meta.accumulator = node;
  }
  return node;
}

/// What a saved-tensor hook makes of x.
Saved pack(const Pack& hook, const Tensor& x, const Tensors& results) {
  Saved kept;
  for (std::size_t i = 0; i < results.size(); ++i)
    if (x.is(results[i])) kept.output = static_cast<int>(i);
  if (kept.output < 0) {
    Edge edge = gradient_edge(x);
    kept.output = edge.node ? edge.output : -1;
    kept.grad_fn = std::move(edge.node);
  }
  NoGrad guard;
  kept.packed = hook(kept.grad_fn && kept.grad_fn->accumulates ? x : detach(x));
  return kept;
}

Saved save(const Tensor& x, const Tensors& results) {
  if (!x.defined()) return {};
  if (const Pack* hook = saved_hook()) return pack(*hook, x, results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (x.is(results[i])) return {detach(x), x.version(), static_cast<int>(i), nullptr, nullptr};
  }
  if (x.impl()->requires_grad) return {x, x.version(), -1, nullptr, nullptr};
  // Detached, because x may become a result of this very node by an in-place op, and a node must not own itself.
  Tensor kept = detach(x);
  kept.impl()->wrapped_number = x.is_wrapped_number();
  auto fn = x.grad_fn();
  const int output = fn ? x.impl()->autograd->output : -1;
  return {kept, x.version(), output, std::move(fn), nullptr};
}

/// Backward functions compute in the wide types; indices stay what they are.
Tensor widened_floating(const Tensor& x) { return is_floating(x.dtype()) ? widened(x) : x; }

const char* const released_message =
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already "
    "been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
    "Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved "
    "tensors after calling backward.";

} // namespace

Edge gradient_edge(const Tensor& x) {
  if (!x.defined()) return {};
  if (auto node = x.grad_fn()) return {std::move(node), x.impl()->autograd->output};
  if (x.impl()->requires_grad) return {accumulator(x), 0};
  return {};
}

bool grad_enabled() { return enabled; }
void set_grad_enabled(bool on) { enabled = on; }

bool needs_grad(const Tensors& inputs) {
  if (!enabled) return false;
  for (const Tensor& x : inputs)
    if (x.defined() && x.requires_grad()) return true;
  return false;
}

Tensors record_many(std::string_view name, const Tensors& inputs, const Tensors& ys, const Tensors& saved,
                    Backward backward) {
  if (!needs_grad(inputs)) return ys;
  auto node = std::make_shared<Node>();
  node->name = name;
  node->sequence = next_sequence++;
  node->backward = std::move(backward);
  node->edges.reserve(inputs.size());
  node->inputs.reserve(inputs.size());
  for (const Tensor& x : inputs) {
    node->edges.push_back(gradient_edge(x));
    node->inputs.push_back(x.defined() ? Node::Meta{x.shape(), x.dtype()} : Node::Meta{});
  }
  node->saved.reserve(saved.size());
  for (const Tensor& x : saved) node->saved.push_back(save(x, ys));
  for (std::size_t i = 0; i < ys.size(); ++i) {
    node->outputs.push_back({ys[i].shape(), ys[i].dtype()});
    if (!is_floating(ys[i].dtype())) continue;
    auto& meta = ys[i].impl()->meta();
    meta.grad_fn = node;
    meta.output = static_cast<int>(i);
  }
  if (anomaly().recorded) anomaly().recorded(*node);
  return ys;
}

Tensor record(std::string_view name, const Tensors& inputs, const Tensor& y, const Tensors& saved, Backward backward) {
  if (needs_grad(inputs)) record_many(name, inputs, {y}, saved, std::move(backward));
  return y;
}

Tensor Context::grad_or_zeros(std::size_t i) const {
  if (grads[i].defined()) return grads[i];
  return zeros(node.outputs[i].shape, wide(node.outputs[i].dtype));
}

Tensor Context::saved(std::size_t i) const {
  if (node.released) fail(ErrorKind::Runtime, released_message);
  const Saved& s = node.saved[i];
  if (!s.tensor.defined() && !s.packed) return {};
  if (!s.packed && s.tensor.version() != s.version) {
    const std::string_view fn = s.grad_fn ? s.grad_fn->name : node.name;
    std::string origin;
    if (s.output >= 0) origin = ", which is output " + std::to_string(s.output) + " of " + std::string(fn) + ",";
    fail(ErrorKind::Runtime,
         "one of the variables needed for gradient computation has been modified by an inplace operation: [",
         tensor_type_name(s.tensor.dtype()), " ", to_string(s.tensor.shape()), "]", origin, " is at version ",
         s.tensor.version(), "; expected version ", s.version,
         " instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with "
         "torch.autograd.set_detect_anomaly(True).");
  }
  const Tensor kept = s.packed ? s.packed->unpack() : s.tensor;
  if (s.output < 0 || !enabled) return widened_floating(kept);
  // With create_graph it must have its place in the graph again.
  Tensor result = detach(kept);
  auto& meta = result.impl()->meta();
  meta.grad_fn = s.grad_fn ? s.grad_fn : node.shared_from_this();
  meta.output = s.output;
  return widened_floating(result);
}

namespace {

/// What a node holds, on its way out. The end of it lets go of other nodes, whose contents wait here for their turn: a chain of a
/// million steps would otherwise end in as many nested calls. Every way from a node to another is one of these.
struct Contents {
  std::vector<Edge> edges;
  std::vector<Saved> saved;
  Backward backward;
  std::shared_ptr<Hooks> hooks;
};
std::vector<Contents>* waiting = nullptr;

} // namespace

Node::~Node() {
  if (waiting) {
    waiting->push_back({std::move(edges), std::move(saved), std::move(backward), std::move(hooks)});
    return;
  }
  std::vector<Contents> all;
  waiting = &all;
  edges.clear();
  saved.clear();
  backward = nullptr;
  hooks = nullptr;
  while (!all.empty()) {
    // Out of the list first: its end adds to it.
    const Contents last = std::move(all.back());
    all.pop_back();
  }
  waiting = nullptr;
}

} // namespace unroll
