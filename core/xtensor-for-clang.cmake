# Run in xtensor 0.25.0's source: Clang 19 and newer match template template arguments as GCC does, so they need the
# workaround that xtensor gives to GCC only. Debian's package carries the same change.
foreach(header xutils xstorage xexpression_traits)
  set(path include/xtensor/${header}.hpp)
  file(READ ${path} text)
  string(REPLACE "#if defined(__GNUC__) && __GNUC__ > 6 && !defined(__clang__) && __cplusplus >= 201703L"
    "#ifdef __cpp_template_template_args" text "${text}")
  string(REPLACE "#if __cplusplus == 201703L" "#ifdef __cpp_template_template_args" text "${text}")
  file(WRITE ${path} "${text}")
endforeach()
