#pragma once
#include "callbacks.h"
#include "wire.h"

namespace unroll::table {

/// Nodes of the graph that the languages outside hold, by integer.
class Nodes {
public:
  std::int64_t add(std::shared_ptr<Node> node);
  /// Throws RuntimeError for a handle that is not in use.
  const std::shared_ptr<Node>& get(std::int64_t handle) const;
  void free(std::int64_t handle);

private:
  std::vector<std::shared_ptr<Node>> nodes_;
  std::vector<std::int64_t> free_;
};
Nodes& nodes();

/// What a node with a gradient from outside runs.
struct CustomBackward {
  CallbackPtr callback;
  bool materialize; ///< gives zeros for the gradients that did not come
  Grads operator()(const Context& context) const;
};

} // namespace unroll::table
