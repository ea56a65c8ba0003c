#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "unroll/nn.h"

/// Tensors in a file as a table and raw bytes, which PyTorch, the panel and others read:
///   8 bytes   N, the length of the table, little-endian
///   N bytes   the table in JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, …}, and texts that
///             go along under "__metadata__"; padded with spaces to a multiple of 8
///   the rest  the values, row-major and little-endian, without gaps
/// [github.com/huggingface/safetensors]
namespace unroll::safetensors {

using Metadata = std::map<std::string, std::string>;

struct File {
  StateDict tensors; ///< in the order of their bytes
  Metadata metadata;
};

/// The bytes of a file, the same as the safetensors library writes. Throws RuntimeError where a name is there twice.
std::vector<std::byte> save(const StateDict& tensors, const Metadata& metadata = {});
/// What is in the bytes of a file. Throws RuntimeError that says what was got and what was expected.
File load(std::span<const std::byte> bytes);

/// Writes save(tensors) to a file. Throws RuntimeError where that cannot be written.
void save_file(const StateDict& tensors, const std::string& path, const Metadata& metadata = {});
/// The tensors of a file. Throws RuntimeError with the path where it cannot be read or is no such file.
StateDict load_file(const std::string& path);

} // namespace unroll::safetensors
