// Which events one connection wants, and in which format.
//
// Pure. Subscriptions add up until `noevents`; filters, if there are any, let through only what one
// of them matches.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/esl_event.h"

namespace esl {

enum class EventFormat { Plain, Json, Xml };
std::string_view to_text(EventFormat format);

// A connection's limit on names, subclasses and filters each: a monitor of every agent needs some
// hundreds, and each costs a comparison per event.
inline constexpr std::size_t kSubscriptionsMax = 4096;

class Subscription {
 public:
  // The words after `event`: an optional format, then ALL, names, and CUSTOM with the subclasses
  // that follow it. Returns: false when none of them names an event.
  bool add(std::string_view words);
  // The words after `nixevent`, the same without a format.
  bool remove(std::string_view words);
  void clear();

  // Adds a filter on a header's value, any case. Returns: false when there are too many.
  bool add_filter(std::string_view header, std::string_view value);
  // Removes the filters on a header, with this value unless it is empty; header `all`: every one.
  void remove_filters(std::string_view header, std::string_view value);

  bool wants(const base::EslEvent& event) const;
  bool is_empty() const { return !all_ && names_.empty(); }
  EventFormat format() const { return format_; }

 private:
  bool is_subscribed(const base::EslEvent& event) const;
  bool passes_filters(const base::EslEvent& event) const;

  EventFormat format_ = EventFormat::Plain;
  bool all_ = false;
  // With all_: what is left out again; otherwise: what is wanted.
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> subclasses_;
  std::vector<std::pair<std::string, std::string>> filters_;
};

}  // namespace esl
