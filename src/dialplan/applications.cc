#include "dialplan/applications.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dialplan {
namespace {

constexpr auto kRun = std::to_array<std::string_view>({
    "answer",
    "bind_digit_action",
    "break",
    "bridge",
    "callcenter",
    "callcenter_track",
    "clear_digit_action",
    "digit_action_set_realm",
    "eavesdrop",
    "endless_playback",
    "execute_extension",
    "export",
    "fifo",
    "flush_dtmf",
    "gentones",
    "hangup",
    "info",
    "limit",
    "limit_execute",
    "limit_release",
    "log",
    "lua",
    "multiset",
    "park",
    "phrase",
    "play_and_get_digits",
    "playback",
    "pre_answer",
    "read",
    "record",
    "record_session",
    "ring_ready",
    "say",
    "sched_broadcast",
    "sched_cancel",
    "sched_hangup",
    "sched_transfer",
    "send_dtmf",
    "set",
    "sleep",
    "stop_record_session",
    "transfer",
    "unset",
    "voicemail",
});

constexpr auto kNotYet = std::to_array<std::string_view>({
    "att_xfer",
    "bind_meta_app",
    "bridge_export",
    "conference",
    "db",
    "deflect",
    "displace_session",
    "echo",
    "event",
    "group",
    "hash",
    "intercept",
    "ivr",
    "presence",
    "privacy",
    "redirect",
    "respond",
});

constexpr auto kAtOnce = std::to_array<std::string_view>({
    "export",
    "info",
    "log",
    "multiset",
    "set",
    "unset",
});

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view known) {
    return base::equal_ignoring_case(known, name);
  });
}

}  // namespace

std::optional<ApplicationSupport> application_support(std::string_view name) {
  if (holds(kRun, name)) return ApplicationSupport::Runs;
  if (holds(kNotYet, name)) return ApplicationSupport::NotYet;
  return std::nullopt;
}

bool can_run_at_once(std::string_view name) {
  return holds(kAtOnce, name);
}

std::vector<std::string_view> application_names() {
  std::vector<std::string_view> names(kRun.begin(), kRun.end());
  names.insert(names.end(), kNotYet.begin(), kNotYet.end());
  return names;
}

}  // namespace dialplan
