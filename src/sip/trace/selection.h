// Which messages of the ring somebody asks for.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/call_names.h"
#include "sip/trace/ring.h"

namespace sip::trace {

struct Selection {
  enum class By {
    All,
    Call,    // A Call-ID, or the uuid of a channel or of a member.
    Number,  // Who calls or is called, as the request URI, From or To name it.
  };
  By by = By::All;
  std::string value;
};

// What is known of the dialogs whose messages are in the ring, by Call-ID.
using Names = std::map<std::string, base::CallName, std::less<>>;

// The messages in their order. A call is chosen whole: with the legs of all who were offered it.
Messages select(const Messages& messages, const Names& names, const Selection& selection);

}  // namespace sip::trace
