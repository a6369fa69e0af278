// A busy minute, and a crash after each single record of it: whoever waited waits in the same
// place, whoever talked talks, and nobody is left behind afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "base/text.h"
#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::IsEmpty;

// Callers who come faster than three agents can serve them; some give up, some phones refuse or do
// not answer, people hold, an agent takes a break, and supervisors listen.
class BusyMinute {
 public:
  explicit BusyMinute(std::uint64_t seed) : random_(seed), stage_(configuration(), {}, seed) {}

  Rehearsal& stage() { return stage_; }
  void play() {
    const base::Instant end = stage_.now() + seconds(60);
    while (stage_.now() < end) {
      if (random_.below(3) != 0) {
        const char* number = random_.below(3) == 0 ? "after-support" : "q-support";
        callers_.push_back(stage_.call(number, std::to_string(6000 + ++calls_)));
      }
      answer_phones();
      something_else();
      stage_.forget();
      stage_.wait(milliseconds(500 + random_.below(3000)));
    }
  }

 private:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    for (const char* name : {"ann", "bob", "cid"}) add_stage_agent(made, name);
    made.call_center.agents[1].wrap_up_seconds = 3;
    made.call_center.agents[2].reject_delay_seconds = 2;
    add_extension(made, "^spy-(.+)$", {{"answer", ""}, {"eavesdrop", "$1"}});
    return made;
  }

  void answer_phones() {
    for (const auto& invite : stage_.all<call::InviteLeg>()) ringing_.push_back(invite.leg);
    while (!ringing_.empty()) {
      const base::LegId phone = ringing_.back();
      ringing_.pop_back();
      const auto dice = random_.below(6);
      if (dice == 0) stage_.refuse(phone, 486);
      if (dice > 1) stage_.answer(phone);  // Else it rings on.
      if (dice > 1) talking_.push_back(phone);
    }
  }
  void something_else() {
    switch (random_.below(7)) {
      case 0:
        return leave(callers_);
      case 1:
      case 2:
        return leave(talking_);
      case 3:
        return hold();
      case 4:
        return listen();
      case 5:
        stage_.api("callcenter_config agent set status ann 'On Break'");
        return;
      default:
        stage_.api("callcenter_config agent set status ann Available");
    }
  }
  void leave(std::vector<base::LegId>& legs) {
    if (legs.empty()) return;
    const std::size_t index = random_.below(legs.size());
    stage_.hang_up(legs[index]);
    legs.erase(legs.begin() + static_cast<std::ptrdiff_t>(index));
  }
  // To whoever is there, who may be listening too; then it is refused.
  void listen() {
    const auto lines = base::split(stage_.api("show channels"), '\n');
    const std::string& line = lines[random_.below(lines.size())];
    const std::string uuid = line.substr(0, line.find(','));
    const base::LegId leg = stage_.call("spy-" + uuid, "1001");
    if (random_.below(2) == 0) stage_.press(leg, "3");
  }
  void hold() {
    if (talking_.empty()) return;
    call::MediaDescription media;
    media.address = "127.0.0.1";
    media.port = 4002;
    media.codecs = {call::Codec{0, "PCMU", 8000, {}}};
    media.direction = call::MediaDirection::SendOnly;
    stage_.feed(call::LegReinvited{talking_.back(), media});
  }

  base::Random random_;
  Rehearsal stage_;
  std::uint64_t calls_ = 0;
  std::vector<base::LegId> callers_;
  std::vector<base::LegId> ringing_;
  std::vector<base::LegId> talking_;
};

// uuid and joined time of those who wait, in their order.
std::vector<std::string> line_of(const Rehearsal& stage) {
  const ListAsked asked{{},
                        "callcenter_config queue list members support@default",
                        stage.now(),
                        stage.projection().sequence()};
  std::vector<std::string> line;
  for (const std::string& row : base::split(stage.projection().answer(asked), '\n')) {
    const auto columns = base::split(row, '|');
    // queue|instance_id|uuid|session_uuid|cid_number|cid_name|system_epoch|joined_epoch|… and
    // state|score at the end.
    if (columns.size() < 17) continue;
    const std::string& state = columns[15];
    if (state == "Waiting" || state == "Trying") line.push_back(columns[2] + " " + columns[7]);
  }
  return line;
}

// Every phone that rings is answered and hangs up, until nobody waits any more.
void serve_all(Rehearsal& stage) {
  stage.api("callcenter_config agent set status ann Available");
  for (int round = 0; round < 100 && stage.core().floor(stage.now()).waiting > 0; ++round) {
    const auto rings = stage.all<call::InviteLeg>();
    stage.forget();
    for (const auto& invite : rings) {
      stage.answer(invite.leg);
      stage.hang_up(invite.leg);
    }
    stage.wait(seconds(5));
  }
}

void expect_rest(Rehearsal& stage) {
  stage.api("hupall");
  stage.wait(seconds(40));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
  EXPECT_THAT(line_of(stage), IsEmpty());
  const std::string agents = stage.api("callcenter_config agent list");
  EXPECT_EQ(agents.find("Receiving"), std::string::npos) << agents;
  EXPECT_EQ(agents.find("In a queue call"), std::string::npos) << agents;
}

TEST(CrashAnywhere, LosesNobodyAndLeavesNobodyBehind) {
  BusyMinute minute(7);
  std::size_t records = 0;
  std::size_t waited = 0;
  std::size_t talked = 0;
  std::size_t listened = 0;
  minute.stage().watch([&](const Rehearsal& dead) {
    SCOPED_TRACE(records);
    ++records;
    const Floor before = dead.core().floor(dead.now());
    Rehearsal after = dead.taken_over();

    EXPECT_EQ(line_of(after), line_of(dead));
    EXPECT_EQ(after.core().floor(after.now()).talking, before.talking);
    waited += before.waiting;
    talked += before.talking;
    listened += after.all<call::StartEavesdropping>().size();
    // Every moment has been seen above; what follows is long and the same for most of them.
    if (records % 16 == 0) expect_rest(after);
    if (records % 16 != 1) return;
    serve_all(after);
    EXPECT_EQ(after.core().floor(after.now()).waiting, 0u);
  });

  minute.play();

  EXPECT_GT(records, 150u);
  EXPECT_GT(waited, records);
  EXPECT_GT(talked, records / 2);
  EXPECT_GT(listened, records / 20);
}

}  // namespace
}  // namespace core
