// One event as outside programs see it: ordered headers and an optional body.
//
// The core fills in what follows from its state; the event socket adds what belongs to the machine
// (Core-UUID, host name, dates) when it prints the event (spec/06 §1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/archive.h"

namespace base {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct EslEvent {
  std::string name;      // Event-Name: CUSTOM, CHANNEL_HANGUP_COMPLETE …
  std::string subclass;  // Event-Subclass of CUSTOM events, otherwise empty.
  Headers headers;       // In the order in which they are sent; never with an empty value.
  std::string body;
  std::uint64_t sequence = 0;  // Event-Sequence: gapless, over restarts too.
  std::int64_t unix_us = 0;    // Event-Date-Timestamp.

  // Adds a header. One with an empty value is left out (spec/06 §1).
  void add(std::string_view header, std::string_view value) {
    if (!value.empty()) headers.emplace_back(header, value);
  }
  // The value of a header, or an empty text.
  std::string_view get(std::string_view header) const {
    for (const auto& [name_, value] : headers) {
      if (name_ == header) return value;
    }
    return {};
  }
};

inline void describe(Archive& archive, EslEvent& event) {
  archive.field("name", event.name);
  archive.field("subclass", event.subclass);
  archive.field("headers", event.headers);
  archive.field("body", event.body);
  archive.field("sequence", event.sequence);
  archive.field("unix_us", event.unix_us);
}

}  // namespace base
