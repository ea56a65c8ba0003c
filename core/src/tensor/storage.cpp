#include <algorithm>
#include <cstdlib>
#include <new>

#include "unroll/tensor.h"

namespace unroll {

namespace {
std::size_t live = 0;
constexpr std::size_t alignment = 64;
/// Up to here memory comes from operator new, which is fast for small blocks.
constexpr std::size_t small = 1024;
} // namespace

void fail_allocation(double bytes) {
  fail(ErrorKind::Runtime, no_memory, ": you tried to allocate ", static_cast<std::int64_t>(std::min(bytes, 9.2e18)),
       " bytes. Error code 12 (Cannot allocate memory)");
}

Storage::Storage(std::size_t bytes) : bytes_(bytes) {
  // A size that does not fit into the address space would wrap around in aligned_alloc.
  const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  if (bytes <= small) {
    data_ = static_cast<std::byte*>(::operator new(std::max(rounded, alignment), std::align_val_t(alignment)));
  } else {
    data_ = rounded < bytes ? nullptr : static_cast<std::byte*>(std::aligned_alloc(alignment, rounded));
    if (!data_) fail_allocation(static_cast<double>(bytes));
  }
  live += bytes_;
}

Storage::~Storage() {
  live -= bytes_;
  if (bytes_ <= small)
    ::operator delete(data_, std::align_val_t(alignment));
  else
    std::free(data_);
}

std::size_t Storage::live_bytes() { return live; }

} // namespace unroll
