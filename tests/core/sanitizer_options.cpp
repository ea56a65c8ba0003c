// Read by AddressSanitizer at its start: an allocation that is too large fails as it does without it, because tests ask
// for more memory than there is.
extern "C" const char* __asan_default_options();

extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1:detect_leaks=1"; }
