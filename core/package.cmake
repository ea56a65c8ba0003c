# cmake --install: headers, the library, and what find_package(unroll) reads.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/unroll)
set_target_properties(unroll_core PROPERTIES OUTPUT_NAME unroll EXPORT_NAME unroll)
install(TARGETS unroll_core EXPORT unrollTargets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT unrollTargets NAMESPACE unroll:: DESTINATION ${package_dir})
install(DIRECTORY include/unroll DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.h)
configure_package_config_file(unrollConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/unrollConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 another minor version may be another interface.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/unrollConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/unrollConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/unrollConfigVersion.cmake
  DESTINATION ${package_dir})
