// A core's worth of state for tests of commands: a queue engine, calls without legs, and globals.
// Commands run one second apart.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "base/time.h"

namespace api {

class Desk : public testing::Test, public call::Surroundings {
 protected:
  Desk() { globals_["domain"] = "default"; }

  // Gives the engine these settings, and forgets the events that come of it.
  void configure(const queue::CallCenterSettings& settings) {
    engine_.configure(settings, now_, queue_out_);
    queue_out_.clear();
  }

  std::string run(std::string_view command) {
    now_ += std::chrono::seconds(1);
    return reply_to(command).text;
  }
  Reply reply_to(std::string_view command) {
    Targets targets{engine_, queue_out_, calls_, call_out_, *this, uptime_, schedule_, now_};
    return api::run(command, targets);
  }

  // CC-Action of the events so far.
  std::vector<std::string> actions() const {
    std::vector<std::string> found;
    for (const auto& command : queue_out_) {
      const auto* announce = std::get_if<queue::Announce>(&command);
      if (announce != nullptr) found.emplace_back(announce->event.get("CC-Action"));
    }
    return found;
  }

  // ---- call::Surroundings ----
  std::string run_api(std::string_view command) override { return reply_to(command).text; }
  const std::map<std::string, std::string>& globals() const override { return globals_; }
  const std::vector<call::SipProfile>& profiles() const override { return profiles_; }
  const call::Directory& directory() const override { return directory_; }
  const call::VoicemailProfiles& voicemail_profiles() const override { return voicemail_; }
  const dialplan::Dialplan& dialplan() const override { return dialplan_; }
  const queue::Agent* find_agent(std::string_view name) const override {
    return engine_.find_agent(name);
  }
  const queue::Queue* find_queue(std::string_view name) const override {
    return engine_.find_queue(name);
  }
  std::optional<std::size_t> place_in_line(base::MemberId) const override { return std::nullopt; }
  const call::Phrases& phrases() const override { return phrases_; }
  dialplan::LocalTime local_time() const override { return time_; }
  dialplan::LocalTime local_time_at(std::int64_t unix_seconds) const override {
    return {.year = 1970, .second = static_cast<int>(unix_seconds % 60)};
  }
  // Knows one zone, Here.
  std::optional<dialplan::LocalTime> local_time_in(std::string_view zone,
                                                   std::int64_t unix_seconds) const override {
    if (zone != "Here") return std::nullopt;
    return local_time_at(unix_seconds);
  }

  base::WallAnchor anchor_{.unix_ms_at_origin = 1'700'000'000'000};
  queue::Engine engine_{1, anchor_};
  call::Machine calls_{1, anchor_};
  queue::Commands queue_out_;
  call::Outputs call_out_;
  Uptime uptime_;
  Schedule schedule_;
  base::Instant now_ = base::instant_ms(0);

  std::map<std::string, std::string> globals_;
  std::vector<call::SipProfile> profiles_;
  call::Directory directory_;
  call::Phrases phrases_;
  call::VoicemailProfiles voicemail_;
  dialplan::Dialplan dialplan_;
  dialplan::LocalTime time_{.year = 2025, .mon = 7, .mday = 6, .hour = 21, .minute = 5};
};

}  // namespace api
