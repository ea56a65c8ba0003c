// operator new for WebAssembly, where there is one thread and the general allocator is slow: a small op makes and frees a dozen
// small blocks. Blocks of one size lie together in chunks of 64 KB, and a freed one is the next to be given out. Larger ones come
// from malloc.

#ifdef __EMSCRIPTEN__

#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>

#include "unroll/tensor.h"

namespace {

/// The words of PyTorch's allocator, with the size that there was no room for.
struct NoMemory : std::bad_alloc {
  explicit NoMemory(std::size_t bytes) noexcept : bytes_(bytes) {}
  const char* what() const noexcept override {
    try {
      unroll::fail_allocation(static_cast<double>(bytes_));
    } catch (const unroll::Error& error) {
      static std::string text;
      text = error.what();
      return text.c_str();
    } catch (...) {
      return unroll::no_memory;
    }
  }

private:
  std::size_t bytes_;
};

constexpr std::size_t chunk_bits = 16, chunk_size = std::size_t{1} << chunk_bits;
constexpr std::size_t step = 64, largest = 1024, fine_step = 16, fine_largest = 256;
constexpr std::size_t classes = fine_largest / fine_step + largest / step;

struct Free {
  Free* next;
};
Free* free_blocks[classes + 1];
/// The class of the blocks in each chunk of the address space; 0 where malloc's memory is.
std::uint8_t class_of_chunk[std::size_t{1} << (32 - chunk_bits)];

constexpr std::size_t class_of(std::size_t size) {
  if (size <= fine_largest) return size == 0 ? 1 : (size + fine_step - 1) / fine_step;
  return fine_largest / fine_step + (size + step - 1) / step;
}
constexpr std::size_t size_of_class(std::size_t c) {
  return c <= fine_largest / fine_step ? c * fine_step : (c - fine_largest / fine_step) * step;
}

/// A chunk cut into blocks of a class; gives one of them, or null where there is no memory.
[[gnu::noinline]] void* cut_chunk(std::size_t c) {
  auto* chunk = static_cast<char*>(std::aligned_alloc(chunk_size, chunk_size));
  if (!chunk) return nullptr;
  class_of_chunk[reinterpret_cast<std::uintptr_t>(chunk) >> chunk_bits] = static_cast<std::uint8_t>(c);
  const std::size_t size = size_of_class(c);
  for (std::size_t at = size; at + size <= chunk_size; at += size) {
    auto* block = reinterpret_cast<Free*>(chunk + at);
    block->next = free_blocks[c];
    free_blocks[c] = block;
  }
  return chunk;
}

void* allocate(std::size_t size) {
  if (size > largest) return std::malloc(size);
  const std::size_t c = class_of(size);
  Free* block = free_blocks[c];
  if (!block) return cut_chunk(c);
  free_blocks[c] = block->next;
  return block;
}

void release(void* block) {
  const std::size_t c = class_of_chunk[reinterpret_cast<std::uintptr_t>(block) >> chunk_bits];
  if (c == 0) return std::free(block);
  auto* freed = static_cast<Free*>(block);
  freed->next = free_blocks[c];
  free_blocks[c] = freed;
}

} // namespace

void* operator new(std::size_t size) {
  void* block = allocate(size);
  if (!block) throw NoMemory(size);
  return block;
}
/// Sizes that are multiples of 64 give blocks aligned so.
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto bytes = static_cast<std::size_t>(alignment);
  void* block = bytes <= step && size <= largest ? allocate((size + step - 1) / step * step)
                                                 : std::aligned_alloc(bytes, (size + bytes - 1) / bytes * bytes);
  if (!block) throw NoMemory(size);
  return block;
}
void operator delete(void* block) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete(void* block, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { release(block); }

#endif
