#pragma once
#include "unroll/autograd.h"

// What a user hangs into the graph: hooks on gradients and nodes, hooks on saved tensors, ops whose gradient comes from outside.

namespace unroll {

/// What runs around one node of the graph, in this order.
struct Hooks {
  struct OnResult {
    int output;
    std::function<Tensor(const Tensor&)> run; ///< sees the gradient of a result; a defined answer replaces it
  };
  struct Keep {
    int output;
    std::weak_ptr<TensorImpl> tensor;
  };
  std::vector<OnResult> on_result;
  std::vector<Keep> keeps; ///< retain_grad
  /// See all gradients of the results before the node runs; the answer replaces them.
  std::vector<std::function<Tensors(const Tensors&)>> before;
  /// See what the node computed and what it was given; the answer replaces the former.
  std::vector<std::function<Tensors(const Tensors& computed, const Tensors& given)>> after;
  /// Run after a leaf has taken its gradient.
  std::vector<std::function<void()>> accumulated;
};

/// The hooks of a node, made at need.
Hooks& hooks_of(Node& node);
/// Calls hook with x's gradient each time one is computed; a defined result replaces it. Throws RuntimeError "cannot register
/// a hook on a tensor that doesn't require gradient".
void register_hook(const Tensor& x, std::function<Tensor(const Tensor&)> hook);
/// Calls hook each time the leaf x has taken a gradient.
void register_accumulated_hook(const Tensor& x, std::function<void()> hook);

/// What stands for a saved tensor that a hook took.
struct Packed {
  virtual ~Packed() = default;
  virtual Tensor unpack() = 0;
};
using Pack = std::function<std::shared_ptr<Packed>(const Tensor&)>;
/// From now on, tensors that ops save for backward go through pack; until the pop.
void push_saved_hook(Pack pack);
void pop_saved_hook();
/// What tensors now saved go through, or nullptr.
const Pack* saved_hook();

/// What record_custom does with a result.
enum class Mark : std::uint8_t { None = 0, Dirty = 1, NotDifferentiable = 2 };

/// Makes ys results of `inputs` by a node of the given name, whose gradient is `backward` (see record_many). A result that is an
/// input itself comes back as a new tensor, or, marked dirty, as the input written in place. The results are those to give to
/// the user; integer ones and those marked not differentiable stay outside the graph.
Tensors record_custom(std::string_view name, const Tensors& inputs, const Tensors& ys, const std::vector<Mark>& marks,
                      const Tensors& saved, Backward backward, std::shared_ptr<Node>* node);
/// Every tensor that node keeps, as Context::saved gives it.
Tensors saved_of(Node& node);

/// Whether backward checks each node's gradients for nan, and what it calls with the node that failed.
struct Anomaly {
  bool on = false, check_nan = true;
  std::function<void(Node&)> recorded; ///< at the record of each node
  std::function<void(Node&)> failed;   ///< where backward of a node threw or gave nan
};
Anomaly& anomaly();

/// The name as text that lives as long as the program; the same text is kept once.
std::string_view lasting_name(std::string_view name);

} // namespace unroll
