/** What goes into the private prefix: Debian 13's packages, less what an installed system or a reader would need. */

export const libraries = ['libxtensor-dev', 'libxsimd-dev', 'nlohmann-json3-dev'];
export const native = ['clang-19', 'lld-19', 'libclang-rt-19-dev', 'libstdc++-14-dev', 'libc6-dev', 'clang-format-19'];
export const builders = ['cmake', 'ninja-build', 'ccache', 'patchelf'];
export const toWasm = ['emscripten'];

/** Dependencies that only matter to an installed system; Node is the one that runs this. */
export const unwanted = [
  /^nodejs$/,
  /^libnode/,
  /^node-(?!acorn)/,
  /^(dpkg|tar|tzdata|debconf|netbase|media-types|procps|python3|python3-minimal)$/,
  /^(init-system-helpers|rpcsvc-proto|libproc2-0|libpython3-stdlib|libc-dev-bin|readline-common|openssl-provider-legacy)$/,
  /^lib32/,
  /^libc6-i386$/,
  /^libclang1-/,
  /binutils/,
  /^lib(ctf|gprofng|sframe|objc|tsan|hwasan|lsan|itm|quadmath|gc1)/,
];

/** Never unpacked: what only people read, and Emscripten's libraries for threads, sanitizers and dynamic linking. */
export const leftOut = [
  './etc',
  './var',
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/lintian',
  './usr/share/perl5',
  './usr/share/vim',
  './usr/share/info',
  './usr/share/bash-completion',
  './usr/share/emscripten/test',
  './usr/share/emscripten/docs',
  './usr/share/emscripten/media',
  './usr/share/emscripten/ChangeLog*',
  '*/wasm32-emscripten/pic',
  '*/wasm32-emscripten/lto-pic',
  '*/wasm32-emscripten/*-mt*',
  '*/wasm32-emscripten/*-ww*',
  '*/wasm32-emscripten/*asan*',
  '*/wasm32-emscripten/*libwasmfs*',
  '*/wasm32-emscripten/*sanitizer*',
  '*/clang/19/lib/linux/*i386*',
  '*/clang/19/lib/linux/*[mt]san*',
  '*/clang/19/lib/linux/*memprof*',
  '*/clang/19/lib/linux/*fuzzer*',
  '*/clang/19/lib/linux/*dfsan*',
  '*/x86_64-linux-gnu/gconv',
  '*/lib/libc++*-pic*',
];
