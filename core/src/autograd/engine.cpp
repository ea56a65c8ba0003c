#include <algorithm>
#include <queue>
#include <unordered_map>
#include <unordered_set>

#include "unroll/autograd.h"
#include "unroll/minor.h"
#include "unroll/ops.h"

// Reverse-mode differentiation: nodes run when all gradients of their results have arrived, later ops first.

namespace unroll {

namespace {

/// Sums a gradient of a broadcast input back to the input's shape and casts it to its dtype.
Tensor fit(const Tensor& g, const Node::Meta& meta, const std::string& name) {
  Tensor result = g;
  if (g.shape() != meta.shape) {
    Shape dims;
    const std::size_t lead = g.shape().size() - meta.shape.size();
    check(g.shape().size() >= meta.shape.size(), "Function ", name, " returned an invalid gradient - got ",
          to_string(g.shape()), " but expected shape compatible with ", to_string(meta.shape));
    for (std::size_t d = 0; d < g.shape().size(); ++d) {
      if (d < lead || (meta.shape[d - lead] == 1 && g.shape()[d] != 1)) {
        dims.push_back(static_cast<std::int64_t>(d));
      } else {
        check(g.shape()[d] == meta.shape[d - lead], "Function ", name, " returned an invalid gradient - got ",
              to_string(g.shape()), " but expected shape compatible with ", to_string(meta.shape));
      }
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

void add_into(Tensor& sum, const Tensor& g) { sum = sum.defined() ? added(sum, g) : g; }

class Engine {
public:
  Engine(bool retain_graph, bool create_graph) : retain_graph_(retain_graph), create_graph_(create_graph) {}

  /// Gradients are handed out here instead of being accumulated, for result `output` of `node`.
  void capture(const Edge& edge, Tensor* into) { captures_[edge.node.get()].push_back({edge.output, into}); }

  void run(const Tensors& roots, const Tensors& grads) {
    std::vector<std::shared_ptr<Node>> starts;
    std::vector<Edge> edges;
    for (const Tensor& root : roots) {
      edges.push_back(record_edge(root));
      starts.push_back(edges.back().node);
    }
    count_dependencies(starts);
    for (std::size_t i = 0; i < roots.size(); ++i) deliver(edges[i], grads[i]);
    std::unordered_set<Node*> seen;
    for (auto& node : starts)
      if (dependencies_[node.get()] == 0 && seen.insert(node.get()).second) ready_.push(node);
    while (!ready_.empty()) {
      std::shared_ptr<Node> node = ready_.top();
      ready_.pop();
      step(node);
    }
  }

  /// Where gradients of x go: its grad_fn, or the accumulator of a leaf.
  static Edge record_edge(const Tensor& x) {
    // A recorded identity over x has exactly the edge that is wanted.
    const bool before = grad_enabled();
    set_grad_enabled(true);
    Tensor probe = detach(x);
    record("", {x}, probe, {}, nullptr);
    set_grad_enabled(before);
    return probe.impl()->autograd->grad_fn->edges[0];
  }

private:
  struct Capture {
    int output;
    Tensor* into;
  };
  struct Later {
    bool operator()(const std::shared_ptr<Node>& a, const std::shared_ptr<Node>& b) const {
      return a->sequence < b->sequence;
    }
  };

  void count_dependencies(const std::vector<std::shared_ptr<Node>>& starts) {
    std::vector<Node*> stack;
    std::unordered_set<Node*> seen;
    for (auto& node : starts)
      if (seen.insert(node.get()).second) stack.push_back(node.get());
    while (!stack.empty()) {
      Node* node = stack.back();
      stack.pop_back();
      for (const Edge& edge : node->edges) {
        if (!edge.node) continue;
        ++dependencies_[edge.node.get()];
        if (seen.insert(edge.node.get()).second) stack.push_back(edge.node.get());
      }
    }
  }

  void deliver(const Edge& edge, const Tensor& g) {
    auto& grads = pending_[edge.node.get()];
    if (grads.size() <= static_cast<std::size_t>(edge.output)) grads.resize(edge.node->outputs.size());
    add_into(grads[edge.output], g);
  }

  void step(const std::shared_ptr<Node>& node) {
    auto found = pending_.find(node.get());
    Tensors grads = found == pending_.end() ? Tensors(node->outputs.size()) : std::move(found->second);
    if (found != pending_.end()) pending_.erase(found);
    grads.resize(node->outputs.size());
    for (auto& hook : node->hooks) {
      if (!grads[0].defined()) break;
      if (Tensor replaced = hook(grads[0]); replaced.defined()) grads[0] = replaced;
    }
    if (auto capture = captures_.find(node.get()); capture != captures_.end()) {
      for (auto& [output, into] : capture->second) *into = grads[output];
    }
    if (node->name == "AccumulateGrad") {
      if (captures_.empty()) accumulate(*node, grads[0]);
      return;
    }
    const bool any = std::any_of(grads.begin(), grads.end(), [](const Tensor& g) { return g.defined(); });
    Grads back = any ? call(*node, grads) : Grads(node->edges.size());
    grads.clear();
    for (std::size_t i = 0; i < node->edges.size(); ++i) {
      const Edge& edge = node->edges[i];
      if (!edge.node) continue;
      if (i < back.size() && back[i].defined()) deliver(edge, fit(back[i], node->inputs[i], node->name));
      if (--dependencies_[edge.node.get()] == 0) ready_.push(edge.node);
    }
  }

  Grads call(Node& node, Tensors& grads) {
    check(!node.released || node.saved.empty(), released_message());
    for (Tensor& g : grads) g = widened(g);
    Grads back = node.backward(Context{node, grads});
    if (!retain_graph_) {
      node.released = true;
      for (Saved& s : node.saved) s.tensor = Tensor();
    }
    return back;
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

  static const char* released_message() {
    return "Trying to backward through the graph a second time (or directly access saved tensors after they have "
           "already been freed). "
           "Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify "
           "retain_graph=True if "
           "you need to backward through the graph a second time or if you need to access saved tensors after calling "
           "backward.";
  }

  bool retain_graph_, create_graph_;
  std::unordered_map<Node*, int> dependencies_;
  std::unordered_map<Node*, Tensors> pending_;
  std::unordered_map<Node*, std::vector<Capture>> captures_;
  std::priority_queue<std::shared_ptr<Node>, std::vector<std::shared_ptr<Node>>, Later> ready_;
};

/// Ones for scalars; checks the shapes of given gradients.
Tensors root_grads(const Tensors& roots, const Tensors& grads) {
  Tensors result;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    check(roots[i].requires_grad(), "element ", i, " of tensors does not require grad and does not have a grad_fn");
    if (i < grads.size() && grads[i].defined()) {
      check(grads[i].shape() == roots[i].shape(), "Mismatch in shape: grad_output[", i, "] has a shape of torch.Size(",
            to_string(grads[i].shape()), ") and output[", i, "] has a shape of torch.Size(",
            to_string(roots[i].shape()), ").");
      result.push_back(grads[i]);
    } else {
      check(roots[i].numel() == 1, "grad can be implicitly created only for scalar outputs");
      result.push_back(ones(roots[i].shape(), roots[i].dtype()));
    }
  }
  return result;
}

class GradMode {
public:
  explicit GradMode(bool on) : before_(grad_enabled()) { set_grad_enabled(on); }
  ~GradMode() { set_grad_enabled(before_); }

private:
  bool before_;
};

} // namespace

void backward(const Tensors& roots, const Tensors& grads, bool retain_graph, bool create_graph) {
  const Tensors starts = root_grads(roots, grads);
  GradMode mode(create_graph);
  Engine(retain_graph || create_graph, create_graph).run(roots, starts);
}

Tensors grad(const Tensors& roots, const Tensors& inputs, const Tensors& grads, bool retain_graph, bool create_graph,
             bool allow_unused) {
  const Tensors starts = root_grads(roots, grads);
  Tensors results(inputs.size());
  GradMode mode(create_graph);
  Engine engine(retain_graph || create_graph, create_graph);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check(inputs[i].requires_grad(), "One of the differentiated Tensors does not require grad");
    engine.capture(Engine::record_edge(inputs[i]), &results[i]);
  }
  engine.run(roots, starts);
  for (const Tensor& result : results)
    check(allow_unused || result.defined(),
          "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this "
          "is the desired "
          "behavior.");
  return results;
}

std::size_t register_hook(const Tensor& x, std::function<Tensor(const Tensor&)> hook) {
  check(x.requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  Edge edge = Engine::record_edge(x);
  // A leaf's accumulator lives only as long as a graph does: the hook keeps it with the leaf.
  edge.node->hooks.push_back(std::move(hook));
  return edge.node->hooks.size() - 1;
}

void retain_grad(const Tensor& x) {
  check(x.requires_grad(), "can't retain_grad on Tensor that has requires_grad=False");
  if (x.is_leaf() || x.impl()->meta().retains_grad) return;
  x.impl()->meta().retains_grad = true;
  std::weak_ptr<TensorImpl> weak = x.impl_ptr();
  const int output = x.impl()->autograd->output;
  check(output == 0, "[retain_grad] works on the first result of an op, got result ", output);
  register_hook(x, [weak](const Tensor& g) {
    if (auto impl = weak.lock()) {
      Tensor& grad = impl->meta().grad;
      grad = grad.defined() ? added(grad, g) : g;
    }
    return Tensor();
  });
}

} // namespace unroll
