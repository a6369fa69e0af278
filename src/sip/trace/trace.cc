#include "sip/trace/trace.h"

#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "sip/trace/masking.h"

namespace sip::trace {

void Trace::take(Message message) {
  message.text = masked(std::move(message.text));
  if (is_printed(message.profile)) write_to_log(message);
  const auto collector = collectors_.find(message.profile);
  if (collector != collectors_.end()) collector->second.send(message);
  ring_.add(std::make_shared<const Message>(std::move(message)));
}

void Trace::learn(const std::string& call_id, base::LegId leg) {
  const std::lock_guard lock(mutex_);
  if (!legs_.insert_or_assign(call_id, leg).second) return;
  learnt_.push_back(call_id);
  if (learnt_.size() <= kDialogsMax) return;
  legs_.erase(learnt_.front());
  learnt_.pop_front();
}

void Trace::send_to(Collector collector, const std::string& profile) {
  collectors_.insert_or_assign(profile, std::move(collector));
}

Messages Trace::select(const Selection& selection) const {
  return trace::select(ring_.copy(), names(), selection);
}

void Trace::print(const std::string& profile, Printing printing) {
  const std::lock_guard lock(mutex_);
  if (!profile.empty()) {
    printing_[profile] = printing;
    return;
  }
  all_ = printing;
  printing_.clear();
}

bool Trace::is_printed(const std::string& profile) const {
  const std::lock_guard lock(mutex_);
  const auto found = printing_.find(profile);
  return (found == printing_.end() ? all_ : found->second) == Printing::On;
}

// Line by line: what stands in one line of the log cannot break out of it.
void Trace::write_to_log(const Message& message) const {
  const base::LegId leg = leg_of(message.call_id).value_or(base::LegId{});
  const bool sent = message.direction == Direction::Sent;
  base::log_info(base::LogSubject{base::LogArea::Sip, leg},
                 "leg {}: SIP profile {}: {} {} bytes {} {}/[{}]:{}:", leg.value, message.profile,
                 sent ? "sent" : "received", message.text.size(), sent ? "to" : "from",
                 message.transport, message.remote.host, message.remote.port);
  for (const std::string& line : base::split(message.text, '\n')) {
    base::log_info(base::LogSubject{base::LogArea::Sip}, "   {}", base::trim(line));
  }
}

std::optional<base::LegId> Trace::leg_of(const std::string& call_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = legs_.find(call_id);
  if (found == legs_.end()) return std::nullopt;
  return found->second;
}

Names Trace::names() const {
  const std::lock_guard lock(mutex_);
  Names names;
  for (const auto& [call_id, leg] : legs_) {
    if (auto name = base::call_names().find(leg)) names.emplace(call_id, std::move(*name));
  }
  return names;
}

}  // namespace sip::trace
