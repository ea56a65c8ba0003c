#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

#include "callbacks.h"
#include "row.h"

// The functions that JavaScript calls: one call for every op, with arguments and results in buffers of doubles.

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>
#include <emscripten/em_macros.h>
#define UNROLL_EXPORT extern "C" EMSCRIPTEN_KEEPALIVE

// clang-format off
EM_JS(int, outside_call, (int id, const double* values, int count), {
  return Module['outside'].call(id, ...HEAPF64.subarray(values / 8, values / 8 + count));
});
EM_JS(void, outside_release, (int id), { Module['outside'].release(id); });
// clang-format on
#else
#define UNROLL_EXPORT extern "C"
#endif

namespace unroll::table {

namespace {

std::vector<double> arguments(64);
Results results;

const char* kind_name(ErrorKind kind) {
  constexpr const char* names[] = {"RuntimeError", "IndexError",          "ValueError",
                                   "TypeError",    "NotImplementedError", "MemoryError"};
  return names[static_cast<int>(kind)];
}

/// Leaves the error as "Kind\nmessage" in the text.
int failed(ErrorKind kind, const char* message) {
  results.values.clear();
  results.wide.clear();
  results.text = std::string(kind_name(kind)) + "\n" + message;
  return -1;
}

/// Functions outside are released between calls; what they run must not reach the results of the call before. What a release
/// lets go of is released by the loop that runs already: a chain of functions must not end in nested calls.
void release_outside() {
  static bool releasing = false;
  if (std::exchange(releasing, true)) return;
  const Results kept = results;
  release_callbacks();
  results = kept;
  releasing = false;
}

int run(int op, int count) {
  results.values.clear();
  results.wide.clear();
  try {
    check(op >= 0 && op < static_cast<int>(rows().size()), "[call] got op ", op, ", the table has ", rows().size());
    rows()[static_cast<std::size_t>(op)].call(arguments.data(), static_cast<std::size_t>(count), results);
    return static_cast<int>(results.values.size());
  } catch (const Error& error) {
    return failed(error.kind(), error.what());
  } catch (const CallbackFailed&) {
    results.values.clear();
    results.text = "Callback\n";
    return -1;
  } catch (const std::bad_alloc& error) {
    return failed(ErrorKind::Runtime, error.what());
  } catch (const std::length_error&) {
    return failed(ErrorKind::Runtime, no_memory);
  } catch (const std::exception& error) {
    return failed(ErrorKind::Runtime, error.what());
  }
}

} // namespace

/// The argument buffer, with room for `count` doubles.
UNROLL_EXPORT double* unroll_arguments(int count) {
  if (static_cast<std::size_t>(count) > arguments.size()) arguments.resize(static_cast<std::size_t>(count) * 2);
  return arguments.data();
}

/// Runs op over the first `count` arguments. Returns the number of results, of which the first takes the place of the first
/// argument, or -1 with the error in unroll_text.
UNROLL_EXPORT int unroll_call(int op, int count) {
  const int found = run(op, count);
  wide_arguments().clear();
  if (callbacks_wait()) [[unlikely]]
    release_outside();
  // Most callers want nothing but the first result: it lies where the arguments were.
  if (!results.values.empty()) arguments[0] = results.values[0];
  return found;
}

/// Says what argument `place` of the next call is exactly: an integer beyond 2^53, in two halves.
UNROLL_EXPORT void unroll_wide_argument(int place, int high, unsigned low) {
  wide_arguments().push_back({static_cast<std::size_t>(place), static_cast<std::int64_t>(high) * (1LL << 32) + low});
}

/// Where result i of the last call is exactly, or null where its double is exact.
UNROLL_EXPORT const std::int64_t* unroll_wide_result(int i) {
  for (const WideInteger& wide : results.wide)
    if (wide.place == static_cast<std::size_t>(i)) return &wide.value;
  return nullptr;
}

/// Result i of the last call.
UNROLL_EXPORT double unroll_result(int i) {
  return static_cast<std::size_t>(i) < results.values.size() ? results.values[static_cast<std::size_t>(i)] : 0;
}

/// The text of the last call that left one, or its error; ends with a zero.
UNROLL_EXPORT const char* unroll_text() { return results.text.c_str(); }

/// Lets the module's `outside` object take calls: {call(id, ...numbers), release(id)}.
UNROLL_EXPORT void unroll_connect_outside() {
#ifdef __EMSCRIPTEN__
  outside() = {outside_call, outside_release};
#endif
}

/// The op table as JSON.
UNROLL_EXPORT const char* unroll_table() {
  static const std::string json = rows_json();
  return json.c_str();
}

} // namespace unroll::table
