#include "dialplan/applications.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dialplan {
namespace {

constexpr std::array<std::string_view, 33> kRun = {"answer",
                                                   "bridge",
                                                   "callcenter",
                                                   "callcenter_track",
                                                   "eavesdrop",
                                                   "endless_playback",
                                                   "execute_extension",
                                                   "export",
                                                   "hangup",
                                                   "info",
                                                   "limit",
                                                   "limit_execute",
                                                   "limit_release",
                                                   "log",
                                                   "multiset",
                                                   "park",
                                                   "phrase",
                                                   "playback",
                                                   "pre_answer",
                                                   "record",
                                                   "record_session",
                                                   "ring_ready",
                                                   "say",
                                                   "sched_broadcast",
                                                   "sched_cancel",
                                                   "sched_hangup",
                                                   "sched_transfer",
                                                   "set",
                                                   "sleep",
                                                   "stop_record_session",
                                                   "transfer",
                                                   "unset",
                                                   "voicemail"};

constexpr std::array<std::string_view, 28> kNotYet = {"att_xfer",
                                                      "bind_digit_action",
                                                      "bind_meta_app",
                                                      "break",
                                                      "bridge_export",
                                                      "clear_digit_action",
                                                      "conference",
                                                      "db",
                                                      "deflect",
                                                      "digit_action_set_realm",
                                                      "displace_session",
                                                      "echo",
                                                      "event",
                                                      "fifo",
                                                      "flush_dtmf",
                                                      "gentones",
                                                      "group",
                                                      "hash",
                                                      "intercept",
                                                      "ivr",
                                                      "lua",
                                                      "play_and_get_digits",
                                                      "presence",
                                                      "privacy",
                                                      "read",
                                                      "redirect",
                                                      "respond",
                                                      "send_dtmf"};

constexpr std::array<std::string_view, 6> kAtOnce = {"export",   "info", "log",
                                                     "multiset", "set",  "unset"};

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
