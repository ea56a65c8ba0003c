#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "unroll/tensor.h"

namespace unroll {

/// Gradients, one an input of the recorded op; an undefined one stands for zero.
using Grads = Tensors;

struct Hooks;  // see hooks.h
struct Packed; // see hooks.h

/// A tensor kept for backward, with the version and the place in the graph that it had. Only leaves that require grad are kept
/// as they are; the others detached, so that a node never owns itself.
struct Saved {
  Tensor tensor;
  std::uint32_t version = 0;
  int output = -1;                ///< which result of its node this is; -1 for a leaf
  std::shared_ptr<Node> grad_fn;  ///< its node; empty for a result of the node that keeps it
  std::shared_ptr<Packed> packed; ///< what stands for the tensor, where a saved-tensor hook took it
};

/// Where the gradient of an input goes: result `output` of `node`. An empty node needs no gradient.
struct Edge {
  std::shared_ptr<Node> node;
  int output = 0;
};

struct Context;
using Backward = std::function<Grads(const Context&)>;

/// One recorded op: edges to what it was computed from, and how gradients go back.
struct Node : std::enable_shared_from_this<Node> {
  ~Node();
  std::string_view name;      ///< as PyTorch prints it: "AddBackward0"; it must outlive the node
  std::uint64_t sequence = 0; ///< later ops have higher numbers
  std::vector<Edge> edges;    ///< one an input
  std::vector<Saved> saved;
  Backward backward;
  bool released = false; ///< backward ran without retain_graph

  struct Meta {
    Shape shape;
    DType dtype;
  };
  std::vector<Meta> inputs;       ///< shape and dtype of each input; the engine sums a broadcast gradient back to it
  std::vector<Meta> outputs;      ///< the same of each result
  bool accumulates = false;       ///< the node that accumulates into a leaf
  std::weak_ptr<TensorImpl> leaf; ///< that leaf
  std::shared_ptr<Hooks> hooks;   ///< what runs before and after this node; empty where nothing does
};

/// What a backward function sees.
struct Context {
  Node& node;
  std::span<const Tensor> grads;

  /// Gradient of result i; undefined where nothing flowed back.
  const Tensor& grad(std::size_t i = 0) const { return grads[i]; }
  /// The same, with zeros where nothing flowed back.
  Tensor grad_or_zeros(std::size_t i) const;
  /// The i-th saved tensor. Throws PyTorch's errors for one that was changed in place or already released.
  Tensor saved(std::size_t i) const;
  /// Whether input i wants a gradient.
  bool needs(std::size_t i) const { return node.edges[i].node != nullptr; }
};

/// True where ops are recorded. See NoGrad.
bool grad_enabled();
void set_grad_enabled(bool on);
/// Ops in this scope are recorded, or not.
class GradMode {
public:
  explicit GradMode(bool on) : before_(grad_enabled()) { set_grad_enabled(on); }
  ~GradMode() { set_grad_enabled(before_); }
  GradMode(const GradMode&) = delete;
  GradMode& operator=(const GradMode&) = delete;

private:
  bool before_;
};
/// Ops in this scope are not recorded.
struct NoGrad : GradMode {
  NoGrad() : GradMode(false) {}
};

/// Makes y a result of `inputs` in the graph, if ops are recorded and an input needs a gradient; returns y.
/// `backward` returns one gradient an input, in the inputs' order. A gradient of a broadcast input or of another dtype may be
/// returned as it is: the engine sums and casts it to the input's shape and dtype. `saved` holds inputs or results that
/// backward reads through Context::saved.
///   Tensor y = ...;
///   return record("TanhBackward0", {x}, y, {y}, [](const Context& c) { return Grads{tanh_grad(c.grad(), c.saved(0))}; });
Tensor record(std::string_view name, const Tensors& inputs, const Tensor& y, const Tensors& saved, Backward backward);
/// The same for several results. `differentiable` says how many of them, from the first on, have gradients.
Tensors record_many(std::string_view name, const Tensors& inputs, const Tensors& ys, const Tensors& saved,
                    Backward backward);
/// Whether recording over these inputs would do anything; lets an op skip work that only backward needs.
bool needs_grad(const Tensors& inputs);

/// A view of x's storage: the geometry is in elements from the storage's start. Writing to it in place reaches x and its graph.
Tensor make_view(const Tensor& x, const Shape& shape, const Shape& strides, std::int64_t offset, const char* name,
                 Backward backward);
/// Shares the storage and the version counter; no graph.
Tensor detach(const Tensor& x);
/// As Tensor.data: shares the storage only, so that writing to it is not seen by the version check.
Tensor data_alias(const Tensor& x);

/// Throws PyTorch's error where self may not be written in place (a leaf that requires grad, a view of one, an expanded tensor).
void check_inplace(const Tensor& self);
/// Throws PyTorch's error where a result of dtype `from` may not be written into self in place.
void check_castable(DType from, const Tensor& self);
/// Writes y (cast and broadcast to self's dtype and shape) over self's values, and makes self the result of y in the graph.
/// Every in-place op is this over its out-of-place form. Throws where self may not be written.
Tensor assign(const Tensor& self, const Tensor& y);
/// Makes self, whose values were just written, the result that y is in the graph; a view's base changes with it.
void take_place(const Tensor& self, const Tensor& y);

/// Runs backward from `roots`, whose gradients are `grads` (undefined: ones for a one-element root), and accumulates into
/// leaves: into all, or into `inputs` only. Throws PyTorch's errors: a root without grad_fn, a non-scalar root without
/// gradient, a graph already released.
void backward(const Tensors& roots, const Tensors& grads, bool retain_graph = false, bool create_graph = false,
              const Tensors& inputs = {});
/// The same without touching any leaf: returns the gradients of `inputs`. `allow_unused` gives undefined ones for inputs that
/// are not reached, an error otherwise.
Tensors grad(const Tensors& roots, const Tensors& inputs, const Tensors& grads, bool retain_graph = false,
             bool create_graph = false, bool allow_unused = false);
/// Keeps the gradient of a non-leaf in its grad().
void retain_grad(const Tensor& x);
/// Where the gradient of x goes: its grad_fn, or the node that accumulates into a leaf. An empty node where it needs none.
Edge gradient_edge(const Tensor& x);

/// What a Tensor points to.
struct TensorImpl : std::enable_shared_from_this<TensorImpl> {
  std::shared_ptr<Storage> storage;
  std::int64_t offset = 0;
  Shape shape, strides;
  DType dtype = DType::Float32;
  bool requires_grad = false; ///< a leaf's own flag
  bool wrapped_number = false;
  std::shared_ptr<std::uint32_t> version; ///< shared with views and detached aliases; made at need

  struct Autograd {
    Tensor grad;
    std::shared_ptr<Node> grad_fn;
    int output = 0;
    std::weak_ptr<Node> accumulator;
    std::shared_ptr<Node> hooked;   ///< the accumulator of a leaf with hooks, which must live as long as the leaf
    Tensor base;                    ///< for a view: the tensor that is no view
    std::uint32_t seen_version = 0; ///< for a view: the version at which grad_fn was right
    bool retains_grad = false;
  };
  std::unique_ptr<Autograd> autograd; ///< made at need
  Autograd& meta() {
    if (!autograd) autograd = std::make_unique<Autograd>();
    return *autograd;
  }
};

} // namespace unroll
