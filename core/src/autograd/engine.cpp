#include <algorithm>
#include <queue>
#include <unordered_map>

#include "unroll/hooks.h"
#include "unroll/minor.h"
#include "unroll/ops.h"

// Reverse-mode differentiation: nodes run when all gradients of their results have arrived, later ops first.

namespace unroll {

namespace {

[[noreturn]] void bad_gradient(const Node& node, std::size_t index, const Shape& got, const Shape& expected) {
  fail(ErrorKind::Runtime, "Function ", node.name, " returned an invalid gradient at index ", index, " - got ",
       to_string(got), " but expected shape compatible with ", to_string(expected));
}

/// Sums a gradient of a broadcast input back to the input's shape and casts it to its dtype.
Tensor fit(const Tensor& g, const Node& node, std::size_t index) {
  const Node::Meta& meta = node.inputs[index];
  Tensor result = g;
  if (g.shape() != meta.shape) {
    Shape dims;
    if (g.shape().size() < meta.shape.size()) bad_gradient(node, index, g.shape(), meta.shape);
    const std::size_t lead = g.shape().size() - meta.shape.size();
    for (std::size_t d = 0; d < g.shape().size(); ++d) {
      if (d < lead || (meta.shape[d - lead] == 1 && g.shape()[d] != 1))
        dims.push_back(static_cast<std::int64_t>(d));
      else if (g.shape()[d] != meta.shape[d - lead])
        bad_gradient(node, index, g.shape(), meta.shape);
    }
    if (!dims.empty()) result = ops::sum(result, dims, true, std::nullopt);
    if (result.shape() != meta.shape) result = ops::reshape(result, meta.shape);
  }
  return ops::to(result, meta.dtype);
}

/// a + b, in their dtype.
Tensor added(const Tensor& a, const Tensor& b) {
  if (!is_minor(a.dtype())) return ops::add(a, b);
  return narrowed(ops::add(widened(a), widened(b)), a.dtype());
}

bool has_nan(const Tensor& g) { return ops::any(ops::isnan(g), std::nullopt, false).item() != 0; }

class Engine {
public:
  Engine(bool retain_graph, bool create_graph) : retain_graph_(retain_graph), create_graph_(create_graph) {}

  /// Gradients are handed out here instead of being accumulated, for result `output` of `node`.
  void capture(const Edge& edge, Tensor* into) { captures_[edge.node.get()].push_back({edge.output, into}); }
  /// Only what lies between the roots and such nodes runs.
  void target(const Edge& edge) { captures_[edge.node.get()]; }

  void run(const Tensors& roots, const Tensors& grads) {
    std::vector<Edge> edges;
    for (const Tensor& root : roots) edges.push_back(gradient_edge(root));
    discover(edges);
    if (!captures_.empty()) keep_only_useful();
    count_dependencies();
    for (std::size_t i = 0; i < roots.size(); ++i) deliver(visits_[edges[i].node.get()], edges[i], grads[i]);
    for (const Edge& edge : edges) {
      Visit& visit = visits_[edge.node.get()];
      if (visit.dependencies == 0 && visit.useful && !std::exchange(visit.queued, true)) ready_.push(edge.node);
    }
    while (!ready_.empty()) {
      const std::shared_ptr<Node> node = ready_.top();
      ready_.pop();
      step(*node);
    }
  }

private:
  struct Capture {
    int output;
    Tensor* into;
  };
  /// What this run knows of a node.
  struct Visit {
    Tensors grads;
    int dependencies = 0;
    bool useful = true; ///< gradients go to it
    bool runs = true;   ///< its backward is called
    bool queued = false;
  };
  struct Later {
    bool operator()(const std::shared_ptr<Node>& a, const std::shared_ptr<Node>& b) const {
      return a->sequence < b->sequence;
    }
  };

  void discover(const std::vector<Edge>& starts) {
    for (const Edge& start : starts)
      if (visits_.try_emplace(start.node.get()).second) order_.push_back(start.node.get());
    for (std::size_t i = 0; i < order_.size(); ++i)
      for (const Edge& edge : order_[i]->edges)
        if (edge.node && visits_.try_emplace(edge.node.get()).second) order_.push_back(edge.node.get());
  }

  /// Leaves out what leads to no capture and no target.
  void keep_only_useful() {
    // What a node was computed from has a lower number; leaves come first of all.
    std::sort(order_.begin(), order_.end(), [](const Node* a, const Node* b) {
      return a->accumulates != b->accumulates ? a->accumulates : a->sequence < b->sequence;
    });
    for (Node* node : order_) {
      Visit& visit = visits_[node];
      const auto capture = captures_.find(node);
      visit.runs = capture != captures_.end() && capture->second.empty();
      for (const Edge& edge : node->edges) visit.runs |= edge.node && visits_[edge.node.get()].useful;
      visit.useful = visit.runs || capture != captures_.end();
    }
  }

  void count_dependencies() {
    for (Node* node : order_) {
      if (!visits_[node].runs) continue;
      for (const Edge& edge : node->edges)
        if (edge.node) ++visits_[edge.node.get()].dependencies;
    }
  }

  static void deliver(Visit& visit, const Edge& edge, const Tensor& g) {
    if (!visit.useful) return;
    if (visit.grads.empty()) visit.grads.resize(edge.node->outputs.size());
    Tensor& sum = visit.grads[static_cast<std::size_t>(edge.output)];
    sum = sum.defined() ? added(sum, g) : g;
  }

  void step(Node& node) {
    Visit& visit = visits_[&node];
    Tensors grads = std::move(visit.grads);
    grads.resize(node.outputs.size());
    if (node.hooks) run_result_hooks(*node.hooks, grads);
    if (auto capture = captures_.find(&node); capture != captures_.end())
      for (auto& [output, into] : capture->second) *into = grads[static_cast<std::size_t>(output)];
    if (!visit.runs) return;
    // A hook may add hooks to this node; those wait for the next run.
    const std::shared_ptr<Hooks> hooks = node.hooks ? std::make_shared<Hooks>(*node.hooks) : nullptr;
    if (hooks)
      for (auto& hook : hooks->before) grads = hook(grads);
    if (node.accumulates) {
      accumulate(node, grads[0]);
      if (hooks && grads[0].defined())
        for (auto& hook : hooks->accumulated) hook();
      return;
    }
    Grads back = call(node, grads);
    for (std::size_t i = 0; i < back.size() && i < node.edges.size(); ++i)
      if (back[i].defined() && node.edges[i].node) back[i] = fit(back[i], node, i);
    if (hooks && !hooks->after.empty()) {
      back.resize(node.edges.size());
      for (auto& hook : hooks->after) back = hook(back, grads);
    }
    grads.clear();
    for (std::size_t i = 0; i < node.edges.size(); ++i) {
      const Edge& edge = node.edges[i];
      if (!edge.node) continue;
      Visit& next = visits_[edge.node.get()];
      if (next.useful && i < back.size() && back[i].defined()) deliver(next, edge, back[i]);
      if (--next.dependencies == 0 && next.useful) ready_.push(edge.node);
    }
  }

  static void run_result_hooks(const Hooks& hooks, Tensors& grads) {
    const std::vector<Hooks::OnResult> now = hooks.on_result;
    for (const auto& [output, run] : now) {
      Tensor& g = grads[static_cast<std::size_t>(output)];
      if (!g.defined()) continue;
      if (Tensor replaced = run(g); replaced.defined()) g = std::move(replaced);
    }
    for (const auto& [output, weak] : hooks.keeps) {
      const Tensor& g = grads[static_cast<std::size_t>(output)];
      const auto impl = weak.lock();
      if (!impl || !g.defined()) continue;
      Tensor& grad = impl->meta().grad;
      grad = grad.defined() ? added(grad, g) : ops::clone(g);
    }
  }

  Grads call(Node& node, Tensors grads) {
    // PyTorch's words for a released graph come with the first saved tensor.
    if (node.released && !node.saved.empty()) Context{node, grads}.saved(0);
    for (Tensor& g : grads) g = widened(g);
    const bool any = std::any_of(grads.begin(), grads.end(), [](const Tensor& g) { return g.defined(); });
    Grads back;
    if (any) {
      try {
        back = node.backward(Context{node, grads});
        if (anomaly().on && anomaly().check_nan) check_nan(node, back);
      } catch (...) {
        if (anomaly().on && anomaly().failed) anomaly().failed(node);
        throw;
      }
    }
    if (!retain_graph_) {
      node.released = true;
      for (Saved& s : node.saved) s.tensor = Tensor(), s.packed = nullptr;
    }
    return back;
  }

  static void check_nan(const Node& node, const Grads& back) {
    NoGrad guard;
    for (std::size_t i = 0; i < back.size(); ++i)
      if (back[i].defined() && has_nan(back[i]))
        fail(ErrorKind::Runtime, "Function '", node.name, "' returned nan values in its ", i, "th output.");
  }

  void accumulate(Node& node, const Tensor& g) {
    auto leaf = node.leaf.lock();
    if (!leaf || !g.defined()) return;
    Tensor& grad = leaf->meta().grad;
    if (!grad.defined()) {
      // A gradient that nobody else holds becomes the leaf's own.
      const bool own =
          !create_graph_ && g.impl_ptr().use_count() == 1 && g.storage().use_count() == 1 && g.is_contiguous();
      grad = own ? detach(g) : create_graph_ ? ops::clone(g) : detach(ops::clone(g));
    } else if (create_graph_ || is_minor(g.dtype())) {
      grad = added(grad, g);
    } else {
      NoGrad guard;
      ops::add_(grad, g);
    }
  }

  bool retain_graph_, create_graph_;
  std::vector<Node*> order_;
  std::unordered_map<Node*, Visit> visits_;
  std::unordered_map<Node*, std::vector<Capture>> captures_;
  std::priority_queue<std::shared_ptr<Node>, std::vector<std::shared_ptr<Node>>, Later> ready_;
};

/// Ones for scalars; checks the shapes of given gradients.
Tensors root_grads(const Tensors& roots, const Tensors& grads) {
  Tensors result;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (i < grads.size() && grads[i].defined()) {
      if (grads[i].shape() != roots[i].shape())
        fail(ErrorKind::Runtime, "Mismatch in shape: grad_output[", i, "] has a shape of torch.Size(",
             to_string(grads[i].shape()), ") and output[", i, "] has a shape of torch.Size(",
             to_string(roots[i].shape()), ").");
      result.push_back(ops::to(grads[i], roots[i].dtype()));
    } else {
      if (roots[i].requires_grad())
        check(roots[i].numel() == 1, "grad can be implicitly created only for scalar outputs");
      result.push_back(ones(roots[i].shape(), roots[i].dtype()));
    }
  }
  for (std::size_t i = 0; i < roots.size(); ++i)
    check(roots[i].requires_grad(), "element ", i, " of tensors does not require grad and does not have a grad_fn");
  return result;
}

} // namespace

void backward(const Tensors& roots, const Tensors& grads, bool retain_graph, bool create_graph, const Tensors& inputs) {
  const Tensors starts = root_grads(roots, grads);
  GradMode mode(create_graph);
  Engine engine(retain_graph, create_graph);
  for (const Tensor& x : inputs) {
    check(x.requires_grad(), "One of the differentiated Tensors does not require grad");
    retain_grad(x);
    engine.target(gradient_edge(x));
  }
  engine.run(roots, starts);
}

Tensors grad(const Tensors& roots, const Tensors& inputs, const Tensors& grads, bool retain_graph, bool create_graph,
             bool allow_unused) {
  const Tensors starts = root_grads(roots, grads);
  Tensors results(inputs.size());
  GradMode mode(create_graph);
  Engine engine(retain_graph, create_graph);
  std::vector<Edge> kept; // an accumulator lives only as long as something holds it
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check(inputs[i].requires_grad(), "One of the differentiated Tensors does not require grad");
    kept.push_back(gradient_edge(inputs[i]));
    engine.capture(kept.back(), &results[i]);
  }
  engine.run(roots, starts);
  for (const Tensor& result : results)
    check(allow_unused || result.defined(),
          "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this "
          "is the desired behavior.");
  return results;
}

} // namespace unroll
