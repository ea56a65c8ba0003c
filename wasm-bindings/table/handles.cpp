#include "handles.h"
#include "unroll/autograd.h"

namespace unroll::table {

std::int64_t Handles::add(const Tensor& x) {
  if (!x.defined()) return 0;
  if (free_.empty()) {
    tensors_.push_back(x);
    return static_cast<std::int64_t>(tensors_.size());
  }
  const std::int64_t handle = free_.back();
  free_.pop_back();
  tensors_[static_cast<std::size_t>(handle - 1)] = x;
  return handle;
}

const Tensor& Handles::get(std::int64_t handle) const {
  check(handle > 0 && handle <= static_cast<std::int64_t>(tensors_.size()) &&
            tensors_[static_cast<std::size_t>(handle - 1)].defined(),
        "[handle] got ", handle, ", which is no live tensor");
  return tensors_[static_cast<std::size_t>(handle - 1)];
}

void Handles::free(std::int64_t handle) {
  if (handle <= 0 || handle > static_cast<std::int64_t>(tensors_.size())) return;
  Tensor& slot = tensors_[static_cast<std::size_t>(handle - 1)];
  if (!slot.defined()) return;
  // Destroying a graph may take long; the slot must be free of it first.
  Tensor last = std::move(slot);
  slot = Tensor();
  free_.push_back(handle);
  // A gradient may have a gradient, and so on: one after another, not each inside of the one before.
  while (last.defined() && last.impl()->weak_from_this().use_count() == 1 && last.impl()->autograd) {
    Tensor grad = std::move(last.impl()->autograd->grad);
    last = std::move(grad);
  }
}

Handles& handles() {
  static Handles all;
  return all;
}

} // namespace unroll::table
