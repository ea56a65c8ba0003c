#include "nodes.h"

namespace unroll::table {

std::int64_t Nodes::add(std::shared_ptr<Node> node) {
  if (!node) return 0;
  if (free_.empty()) {
    nodes_.push_back(std::move(node));
    return static_cast<std::int64_t>(nodes_.size());
  }
  const std::int64_t handle = free_.back();
  free_.pop_back();
  nodes_[static_cast<std::size_t>(handle - 1)] = std::move(node);
  return handle;
}

const std::shared_ptr<Node>& Nodes::get(std::int64_t handle) const {
  check(handle > 0 && handle <= static_cast<std::int64_t>(nodes_.size()) &&
            nodes_[static_cast<std::size_t>(handle - 1)] != nullptr,
        "[node] got a handle that is no live node");
  return nodes_[static_cast<std::size_t>(handle - 1)];
}

void Nodes::free(std::int64_t handle) {
  if (handle <= 0 || handle > static_cast<std::int64_t>(nodes_.size())) return;
  const std::shared_ptr<Node> last = std::move(nodes_[static_cast<std::size_t>(handle - 1)]);
  if (last) free_.push_back(handle);
}

Nodes& nodes() {
  static Nodes all;
  return all;
}

Grads CustomBackward::operator()(const Context& context) const {
  Tensors given;
  for (std::size_t i = 0; i < context.grads.size(); ++i)
    given.push_back(materialize ? context.grad_or_zeros(i) : context.grad(i));
  return (*callback)(given);
}

} // namespace unroll::table
