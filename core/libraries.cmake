# xtl, xtensor, xsimd and nlohmann_json: the installed ones where CMake finds them, otherwise these releases.
include(FetchContent)

set(XTENSOR_USE_XSIMD ON)
FetchContent_Declare(xtl GIT_REPOSITORY https://github.com/xtensor-stack/xtl.git GIT_TAG 0.7.7 GIT_SHALLOW ON SYSTEM
  FIND_PACKAGE_ARGS 0.7.5)
FetchContent_Declare(xsimd GIT_REPOSITORY https://github.com/xtensor-stack/xsimd.git GIT_TAG 13.2.0 GIT_SHALLOW ON SYSTEM
  FIND_PACKAGE_ARGS 13)
FetchContent_Declare(xtensor GIT_REPOSITORY https://github.com/xtensor-stack/xtensor.git GIT_TAG 0.25.0 GIT_SHALLOW ON SYSTEM
  PATCH_COMMAND ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_LIST_DIR}/xtensor-for-clang.cmake
  FIND_PACKAGE_ARGS 0.25)
FetchContent_Declare(nlohmann_json GIT_REPOSITORY https://github.com/nlohmann/json.git GIT_TAG v3.11.3 GIT_SHALLOW ON SYSTEM
  FIND_PACKAGE_ARGS 3.11)
FetchContent_MakeAvailable(xtl xsimd xtensor nlohmann_json)
