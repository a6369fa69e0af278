// What the calls may look at while they handle something: the configuration and the commands.
//
// Lent by the core for one call of the machine; nothing of it is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/directory.h"
#include "call/phrases.h"
#include "call/sip_profile.h"
#include "call/voicemail_profile.h"
#include "dialplan/dialplan.h"
#include "dialplan/local_time.h"
#include "queue/records.h"

namespace call {

struct Surroundings {
  Surroundings() = default;
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;
  virtual ~Surroundings() = default;

  // Runs an API command, as ${command(arguments)} asks for. It may change the queue engine and the
  // legs, the one that is being handled included.
  virtual std::string run_api(std::string_view command) = 0;

  virtual const std::map<std::string, std::string>& globals() const = 0;
  virtual const std::vector<SipProfile>& profiles() const = 0;
  virtual const Directory& directory() const = 0;
  virtual const dialplan::Dialplan& dialplan() const = 0;
  virtual const VoicemailProfiles& voicemail_profiles() const = 0;
  // What the call centre knows of an agent; nullptr: there is none of that name. Lifetime: until
  // something else is asked of the machine or the engine.
  virtual const queue::Agent* find_agent(std::string_view name) const = 0;
  // The same of a queue.
  virtual const queue::Queue* find_queue(std::string_view name) const = 0;
  // How many stand before this member in its queue, and itself. nullopt: it waits no more, or an
  // agent has taken its call. Looks at all members.
  virtual std::optional<std::size_t> place_in_line(base::MemberId member) const = 0;
  virtual const Phrases& phrases() const = 0;
  // The wall clock at this instant, for time conditions.
  virtual dialplan::LocalTime local_time() const = 0;
  // The same at another Unix second. Requires: it lies in the years 1970 to 9999.
  virtual dialplan::LocalTime local_time_at(std::int64_t unix_seconds) const = 0;
  // The same in a time zone, by its name or as a POSIX rule. nullopt: no such zone is known.
  virtual std::optional<dialplan::LocalTime> local_time_in(std::string_view zone,
                                                           std::int64_t unix_seconds) const = 0;

  // nullptr when there is no profile of that name. Lifetime: this turn.
  const SipProfile* find_profile(std::string_view name) const {
    for (const SipProfile& profile : profiles()) {
      if (profile.name == name) return &profile;
    }
    return nullptr;
  }
};

}  // namespace call
