// Text of strangers as UTF-8, which JSON and XML require.
#pragma once

#include <string>
#include <string_view>

namespace base {

// `text` with each byte that is not part of well-formed UTF-8 (RFC 3629 §4) replaced by U+FFFD.
std::string well_formed(std::string_view text);

}  // namespace base
