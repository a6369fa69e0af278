#include "esl/subscription.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "esl/event_names.h"

namespace esl {
namespace {

constexpr std::string_view kCustom = "CUSTOM";

std::optional<EventFormat> format_of(std::string_view word) {
  for (const EventFormat format : {EventFormat::Plain, EventFormat::Json, EventFormat::Xml}) {
    if (base::equal_ignoring_case(word, to_text(format))) return format;
  }
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words = base::split(text, ' ');
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

// What a list of words names. After CUSTOM all words are subclasses (spec/08 §4).
struct Named {
  bool all = false;
  std::vector<std::string> names;
  std::vector<std::string> subclasses;

  bool is_empty() const { return !all && names.empty(); }
};

Named named_by(const std::vector<std::string>& words) {
  Named out;
  bool custom = false;
  for (const std::string& word : words) {
    if (custom) {
      out.subclasses.push_back(word);
    } else if (base::equal_ignoring_case(word, "ALL")) {
      out.all = true;
    } else if (const auto name = known_event(word); !name.empty()) {
      out.names.emplace_back(name);
      custom = name == kCustom;
    }
  }
  return out;
}

template <class Set>
void insert_bounded(Set& set, const std::vector<std::string>& items) {
  for (const std::string& item : items) {
    if (set.size() < kSubscriptionsMax) set.insert(item);
  }
}

template <class Set>
void erase_each(Set& set, const std::vector<std::string>& items) {
  for (const std::string& item : items) set.erase(item);
}

// A header's value as the client sees it, those that the rendering adds included.
std::string value_of(const base::EslEvent& event, std::string_view header) {
  if (base::equal_ignoring_case(header, "Event-Name")) return event.name;
  if (base::equal_ignoring_case(header, "Event-Subclass")) return event.subclass;
  for (const auto& [name, value] : event.headers) {
    if (base::equal_ignoring_case(name, header)) return value;
  }
  return {};
}

}  // namespace

std::string_view to_text(EventFormat format) {
  switch (format) {
    case EventFormat::Json:
      return "json";
    case EventFormat::Xml:
      return "xml";
    case EventFormat::Plain:
      break;
  }
  return "plain";
}

bool Subscription::add(std::string_view text) {
  std::vector<std::string> words = words_of(text);
  if (!words.empty()) {
    if (const auto format = format_of(words.front())) {
      format_ = *format;
      words.erase(words.begin());
    }
  }
  const Named named = named_by(words);
  if (named.is_empty()) return false;
  if (named.all) {
    clear();
    all_ = true;
  } else if (all_) {
    erase_each(names_, named.names);
    erase_each(subclasses_, named.subclasses);
  } else {
    insert_bounded(names_, named.names);
    insert_bounded(subclasses_, named.subclasses);
  }
  return true;
}

bool Subscription::remove(std::string_view text) {
  const Named named = named_by(words_of(text));
  if (named.is_empty()) return false;
  if (named.all) {
    clear();
    return true;
  }
  // `nixevent CUSTOM a` is about the subclass alone.
  std::vector<std::string> names = named.names;
  if (!named.subclasses.empty()) std::erase(names, kCustom);
  if (all_) {
    insert_bounded(names_, names);
    insert_bounded(subclasses_, named.subclasses);
  } else {
    erase_each(names_, names);
    erase_each(subclasses_, named.subclasses);
  }
  return true;
}

void Subscription::clear() {
  all_ = false;
  names_.clear();
  subclasses_.clear();
}

bool Subscription::add_filter(std::string_view header, std::string_view value) {
  if (filters_.size() >= kSubscriptionsMax) return false;
  filters_.emplace_back(header, value);
  return true;
}

void Subscription::remove_filters(std::string_view header, std::string_view value) {
  const bool all = base::equal_ignoring_case(header, "all") && value.empty();
  std::erase_if(filters_, [&](const auto& filter) {
    const bool same_header = base::equal_ignoring_case(filter.first, header);
    return all || (same_header && (value.empty() || filter.second == value));
  });
}

bool Subscription::wants(const base::EslEvent& event) const {
  return is_subscribed(event) && passes_filters(event);
}

bool Subscription::is_subscribed(const base::EslEvent& event) const {
  if (all_) return !names_.contains(event.name) && !subclasses_.contains(event.subclass);
  if (!names_.contains(event.name)) return false;
  return event.subclass.empty() || subclasses_.contains(event.subclass);
}

bool Subscription::passes_filters(const base::EslEvent& event) const {
  if (filters_.empty()) return true;
  return std::ranges::any_of(filters_, [&](const auto& filter) {
    return base::equal_ignoring_case(value_of(event, filter.first), filter.second);
  });
}

}  // namespace esl
