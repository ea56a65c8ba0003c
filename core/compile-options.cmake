# Flags for everything that is compiled here: instruction sets, exceptions, sanitizers.
include(CheckCXXSourceRuns)

# Nothing reads errno after a math function, and without it loops over them vectorise. Results stay IEEE: no -ffast-math.
add_compile_options(-fno-math-errno)
# Without its time a precompiled header has the same bytes each time, which ccache goes by.
add_compile_options("$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")

if(EMSCRIPTEN)
  add_compile_options(-fwasm-exceptions -msimd128)
  add_link_options(-fwasm-exceptions -msimd128)
  if(UNROLL_RELAXED_SIMD)
    add_compile_options(-mrelaxed-simd)
    add_link_options(-mrelaxed-simd)
  endif()
elseif(UNROLL_NATIVE_ARCH AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  check_cxx_source_runs(
    "int main() { return __builtin_cpu_supports(\"avx2\") && __builtin_cpu_supports(\"fma\") ? 0 : 1; }" UNROLL_HAVE_AVX2_FMA)
  if(UNROLL_HAVE_AVX2_FMA)
    add_compile_options(-mavx2 -mfma)
  endif()
endif()

if(UNROLL_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
