// Callers, called and standby agents, holds, announcements, keys, transfers and restarts in random
// order: whatever happens when, the invariants hold after every input, and nobody is left behind.
#include <gtest/gtest.h>

#include <deque>

#include "base/random.h"
#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Churn {
 public:
  Churn(std::uint64_t seed, Persistence persistence)
      : random_(seed), stage_(configuration(), persistence, seed) {}

  void step() {
    act();
    collect();
  }
  void restart() { stage_.restart(); }
  std::uint64_t conversations() const { return stage_.core().floor(stage_.now()).calls_served; }
  // Everybody goes, and the last events come.
  std::size_t legs_after_the_end() {
    stage_.api("hupall");
    stage_.wait(seconds(2));
    return stage_.core().floor(stage_.now()).legs;
  }

 private:
  void act() {
    switch (random_.below(14)) {
      case 0:
      case 1:
        return note(stage_.call(one_of({"q-support", "after-support", "told", "exit-sales"}),
                                std::to_string(6000 + random_.below(5))));
      case 2:
        return note(stage_.call(one_of({"standby-ann", "return-bob", "standby-bob"}), "7001"));
      case 3:
      case 4:
        return stage_.answer(rings_);
      case 5:
        return stage_.hang_up(some_leg());
      case 6:
      case 7:
        return end_a_sound();
      case 8:
        return reinvite(some_leg());
      case 9:
        return press(some_leg());
      case 10:
        return command();
      case 11:
        return stage_.hang_up(rings_);
      case 12:
        return end_a_sound();
      default:
        return stage_.wait(milliseconds(random_.below(4000)));
    }
  }

  static Configuration configuration() {
    Configuration made = stage_configuration();
    for (const char* name : {"ann", "bob", "cid"}) add_stage_agent(made, name);
    for (const char* name : {"ann", "bob"}) {
      made.call_center.tiers.push_back({"sales@default", name, 1, 1});
    }
    made.call_center.agents[0].type = "uuid-standby";
    made.call_center.agents[1].type = "uuid-standby";
    made.call_center.queues[0].strategy = "ring-all";
    const auto place = [&](const char* expression, const char* afterwards) {
      add_extension(made, expression,
                    {{"set", "res=${callcenter_config(agent set uuid $1 ${uuid})}"},
                     {"set", "res=${callcenter_config(agent set status $1 Available)}"},
                     {"set", afterwards},
                     {"set", "cc_warning_tone=ARRAY::one.wav::two.wav"},
                     {"answer", ""},
                     {"sleep", "500"},
                     {"playback", "own.wav"},
                     {"park", ""}});
    };
    place("^standby-(.+)$", "park_after_bridge=true");
    place("^return-(.+)$", "transfer_after_bridge=return-$1:XML:default");
    add_extension(made, "^told$",
                  {{"set", "cc_outbound_announce=told.wav"},
                   {"set", "cc_bridge_failed_outbound_announce=gone.wav"},
                   {"callcenter", "support@default"}});
    return made;
  }

  std::string_view one_of(std::initializer_list<std::string_view> texts) {
    return *(texts.begin() + random_.below(texts.size()));
  }
  void note(base::LegId leg) { legs_.push_back(leg); }
  // Who is there to be rung, ended and named in commands.
  void collect() {
    for (const auto& invite : stage_.all<call::InviteLeg>()) {
      rings_ = invite.leg;
      legs_.push_back(invite.leg);
    }
    for (const auto& publish : stage_.all<Publish>()) {
      const auto& event = publish.event;
      if (event.name == "CHANNEL_CREATE") uuids_.emplace_back(event.get("Unique-ID"));
    }
    stage_.forget();
    while (legs_.size() > 12) legs_.pop_front();
    while (uuids_.size() > 12) uuids_.pop_front();
  }
  base::LegId some_leg() {
    return legs_.empty() ? base::LegId{9999} : legs_[random_.below(legs_.size())];
  }
  void end_a_sound() {
    for (const base::LegId leg : legs_) {
      const std::string hears = stage_.hears(leg);
      if (hears.find(".wav") == std::string::npos || random_.below(2) == 0) continue;
      return stage_.sound_ends(leg);
    }
  }
  void reinvite(base::LegId leg) {
    call::MediaDescription media;
    media.address = "127.0.0.1";
    media.port = 4002;
    media.codecs = {call::Codec{0, "PCMU", 8000, {}}};
    media.direction =
        random_.below(2) == 0 ? call::MediaDirection::SendOnly : call::MediaDirection::SendReceive;
    stage_.feed(call::LegReinvited{leg, media});
  }
  void press(base::LegId leg) {
    if (random_.below(2) == 0) return stage_.press(leg, "5");
    stage_.feed(call::DigitSignalled{leg, "7"});
  }
  void command() {
    if (uuids_.empty()) return;
    const std::string uuid = uuids_[random_.below(uuids_.size())];
    std::string text(one_of(
        {"uuid_transfer @ after-sales XML default", "uuid_transfer @ -both sleepy XML default",
         "uuid_broadcast @ hint.wav both", "uuid_break @ all", "callcenter_break agent @",
         "uuid_kill @", "callcenter_config agent set status ann 'On Break'",
         "callcenter_config agent set status ann Available",
         "callcenter_config agent set status cid 'Logged Out'",
         "callcenter_config agent set status cid Available"}));
    const std::size_t at = text.find('@');
    if (at != std::string::npos) text.replace(at, 1, uuid);
    stage_.api(text);
  }

  base::Random random_;
  Rehearsal stage_;
  std::deque<base::LegId> legs_;
  base::LegId rings_{9999};  // Who was called last.
  std::deque<std::string> uuids_;
};

class ConversationChurn : public ::testing::TestWithParam<Persistence> {};

INSTANTIATE_TEST_SUITE_P(, ConversationChurn, both_persistences(), name_of_persistence);

TEST_P(ConversationChurn, KeepsTheInvariantsAndLeavesNobodyBehind) {
  // Each input of the second kind saves and loads everything.
  const bool is_saved = GetParam() == Persistence::SavedEachTime;
  std::uint64_t conversations = 0;
  for (std::uint64_t seed = 1; seed <= (is_saved ? 1u : 4u); ++seed) {
    SCOPED_TRACE(seed);
    Churn churn(seed, GetParam());

    for (int n = 1; n <= (is_saved ? 100 : 300); ++n) {
      churn.step();
      if (n % 97 == 0) churn.restart();
    }

    conversations += churn.conversations();
    EXPECT_EQ(churn.legs_after_the_end(), 0u);
  }
  EXPECT_GT(conversations, is_saved ? 0u : 10u);
}

}  // namespace
}  // namespace core
