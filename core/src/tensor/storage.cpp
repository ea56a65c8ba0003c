#include <algorithm>
#include <cstdlib>
#include <new>

#include "unroll/tensor.h"

namespace unroll {

namespace {
std::size_t live = 0;
}

void fail_allocation(double bytes) {
  fail(ErrorKind::Runtime, no_memory, ": you tried to allocate ", static_cast<std::int64_t>(std::min(bytes, 9.2e18)),
       " bytes. Error code 12 (Cannot allocate memory)");
}

Storage::Storage(std::size_t bytes) : bytes_(bytes) {
  constexpr std::size_t alignment = 64;
  // A size that does not fit into the address space would wrap around in aligned_alloc.
  const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  data_ =
      rounded < bytes ? nullptr : static_cast<std::byte*>(std::aligned_alloc(alignment, rounded ? rounded : alignment));
  if (!data_) fail_allocation(static_cast<double>(bytes));
  live += bytes_;
}

Storage::~Storage() {
  live -= bytes_;
  std::free(data_);
}

std::size_t Storage::live_bytes() { return live; }

} // namespace unroll
