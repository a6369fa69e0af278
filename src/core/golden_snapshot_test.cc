// States that released versions wrote down are read by this one, with the records after them.
//
//   tests/snapshots/VERSION/state.json   a snapshot's body
//   tests/snapshots/VERSION/tail.txt     records: "INSTANT-IN-MS BODY", one a line
//   tests/snapshots/VERSION/holds.txt    what they lead to, in words
//
// RINGMASTER_WRITE_SNAPSHOT=VERSION core_tests --gtest_filter='GoldenSnapshots.*' adds one
// (docs/recovery.md). Those of released versions are never written again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/json_archive.h"
#include "core/rehearsal.h"

namespace core {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::Not;

// Beside the build tree, wherever the test was started.
fs::path snapshots_folder() {
  const fs::path program = fs::read_symlink("/proc/self/exe");
  return program.parent_path().parent_path().parent_path() / "tests/snapshots";
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

struct Record {
  base::Instant at;
  Input input;
};

std::string line_of(const Record& record) {
  return std::to_string(base::to_ms(record.at)) + " " + base::to_json(record.input) + "\n";
}

std::vector<Record> records_of(const std::string& text) {
  std::vector<Record> records;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t blank = line.find(' ');
    records.push_back({base::instant_ms(std::stoll(line.substr(0, blank))),
                       base::from_json<Input>(line.substr(blank + 1))});
  }
  return records;
}

std::string reply_of(Core& core, base::Instant now, const std::string& command) {
  Commands out;
  core.handle(ApiRequested{.ticket = {1}, .command = command, .job_uuid = ""}, now, out);
  for (const Command& made : out) {
    if (const auto* reply = std::get_if<ApiReply>(&made)) return reply->text;
  }
  return "no reply";
}

// What must not be lost, in words that outlive changes of lists and columns.
std::string holds(Core& core, base::Instant now) {
  std::ostringstream text;
  const queue::Engine& engine = core.engine();
  for (const queue::Agent* agent : engine.agents()) {
    text << "agent " << agent->name << ": " << to_text(agent->status) << ", "
         << to_text(agent->state) << ", " << agent->calls_answered << " answered"
         << (agent->offer ? ", in an offer" : "");
    if (const auto rest = engine.rests_until(agent->id)) {
      text << ", rests until " << base::to_ms(*rest) << " ms";
    }
    text << "\n";
  }
  for (const queue::Tier* tier : engine.tiers()) {
    text << "tier of " << engine.agent(tier->agent)->name << " in "
         << engine.queue(tier->queue)->settings.name << ": level " << tier->level << ", position "
         << tier->position << "\n";
  }
  for (const queue::Member* member : engine.members()) {
    text << "member " << member->cid_number << " of " << member->queue_name << ": "
         << to_text(member->state) << ", joined at " << base::to_ms(member->joined_at)
         << " ms, score " << member->base_score << ", agent \"" << member->serving_agent << "\", "
         << member->uuid << "\n";
  }
  const Floor floor = core.floor(now);
  text << "floor: " << floor.waiting << " waiting, " << floor.talking << " talking, " << floor.legs
       << " legs, " << floor.calls_served << " served\n"
       << "phone of 1001: " << reply_of(core, now, "sofia_contact */1001@default") << "\n"
       << "next leg: " << core.next_inbound_leg().value << "\n";
  return text.str();
}

// Two talk, one phone rings, one agent wraps up, one is away; three wait (one of them with a
// credit), one went and may come back; a phone is registered.
class Floor1 {
 public:
  Floor1() : stage_(configuration()) {
    registers("1001");
    const base::LegId first = stage_.call("q-support", "6001");
    const base::LegId bob = last_leg();
    stage_.answer(bob);
    stage_.wait(seconds(20));
    stage_.hang_up(first);
    stage_.call("q-support", "6002");
    const base::LegId ann = last_leg();
    stage_.answer(ann);
    stage_.wait(seconds(5));
    stage_.call("q-support", "6003");  // Cat's phone rings.
    stage_.call("q-sales", "6004");
    stage_.wait(seconds(3));
    stage_.call("q-sales", "6005");
    const base::LegId gone = stage_.call("q-sales", "6006");
    stage_.wait(seconds(2));
    stage_.hang_up(gone);
    stage_.api("callcenter_config agent set status dan 'On Break'");
  }

  Rehearsal& stage() { return stage_; }

  // What happens after the snapshot.
  std::vector<Record> tail() {
    std::vector<Record> records;
    const auto feed = [&](const Input& input) {
      records.push_back({stage_.now(), input});
      stage_.feed(input);
    };
    const base::LegId cat = last_leg();
    stage_.wait(seconds(1));
    feed(ApiRequested{.ticket = {1},
                      .command = "callcenter_config agent set status eve Available",
                      .job_uuid = ""});
    feed(call::LegRefused{cat, 486, std::nullopt});
    return records;
  }

 private:
  static Configuration configuration() {
    Configuration configuration = stage_configuration();
    configuration.directory.add({.id = "1001",
                                 .domain = "default",
                                 .password = "x",
                                 .a1_hash = {},
                                 .dial_string = {},
                                 .variables = {}});
    for (const char* name : {"ann", "bob", "cat", "dan"}) add_stage_agent(configuration, name);
    add_stage_agent(configuration, "eve", "sales@default");
    for (queue::AgentSettings& agent : configuration.call_center.agents) {
      agent.wrap_up_seconds = 30;
      if (agent.name == "eve") agent.status = queue::AgentStatus::LoggedOut;
    }
    for (queue::QueueSettings& queue : configuration.call_center.queues) {
      queue.abandoned_resume_allowed = true;
    }
    return configuration;
  }
  base::LegId last_leg() const { return stage_.last<call::InviteLeg>()->leg; }
  void registers(const std::string& user) {
    call::RegistrationReceived registration;
    registration.ticket = base::Ticket{4};
    registration.profile = "internal";
    registration.user = user;
    registration.domain = "default";
    registration.contacts = {{"sip:" + user + "@127.0.0.1:5071", 3600}};
    registration.source = "127.0.0.1:5071";
    registration.call_id = user;
    registration.cseq = 1;
    stage_.feed(registration);
  }

  Rehearsal stage_;
};

struct Read {
  Core core;
  base::Instant now{};
};

Read read(const std::string& state, const std::vector<Record>& tail) {
  Read out;
  base::JsonReader reader(state);
  reader.item(out.core);
  Commands ignored;
  for (const Record& record : tail) {
    out.core.handle(record.input, record.at, ignored);
    out.now = record.at;
  }
  return out;
}

TEST(GoldenSnapshots, OneIsAddedWhenItIsAskedFor) {
  const char* version = std::getenv("RINGMASTER_WRITE_SNAPSHOT");
  if (version == nullptr) GTEST_SKIP() << "RINGMASTER_WRITE_SNAPSHOT is not set";
  const fs::path folder = snapshots_folder() / version;
  Floor1 floor;
  const std::string state = floor.stage().saved();
  const std::vector<Record> tail = floor.tail();
  std::string lines;
  for (const Record& record : tail) lines += line_of(record);
  Read again = read(state, tail);

  fs::create_directories(folder);
  write(folder / "state.json", state + "\n");
  write(folder / "tail.txt", lines);
  write(folder / "holds.txt", holds(again.core, again.now));
}

TEST(GoldenSnapshots, EveryOneIsReadAndHoldsWhatItHeld) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(snapshots_folder())) {
    if (!entry.is_directory()) continue;
    SCOPED_TRACE(entry.path().filename().string());
    ++count;
    Read found =
        read(text_of(entry.path() / "state.json"), records_of(text_of(entry.path() / "tail.txt")));

    found.core.check_invariants(found.now);
    EXPECT_EQ(holds(found.core, found.now), text_of(entry.path() / "holds.txt"));

    // What this version writes down of it, it reads again.
    const std::string saved = base::to_json(found.core);
    Read again = read(saved, {});
    EXPECT_EQ(base::to_json(again.core), saved);
  }
  EXPECT_GT(count, 0u);
}

TEST(GoldenSnapshots, CallsOfEveryOneGoOnAfterAStart) {
  for (const auto& entry : fs::directory_iterator(snapshots_folder())) {
    if (!entry.is_directory()) continue;
    SCOPED_TRACE(entry.path().filename().string());
    Read found =
        read(text_of(entry.path() / "state.json"), records_of(text_of(entry.path() / "tail.txt")));
    const Floor before = found.core.floor(found.now);
    Commands made;

    found.core.handle(Restarted{}, found.now, made);

    found.core.check_invariants(found.now);
    const Floor after = found.core.floor(found.now);
    EXPECT_EQ(after.talking, before.talking);
    EXPECT_EQ(after.waiting, before.waiting);
    std::vector<base::LegId> restored;
    for (const Command& command : made) {
      const auto* order = std::get_if<call::SipOrder>(&command);
      if (order == nullptr) continue;
      if (const auto* dialog = std::get_if<call::RestoreDialog>(order)) {
        restored.push_back(dialog->leg);
      }
    }
    EXPECT_THAT(restored, Not(IsEmpty()));
  }
}

}  // namespace
}  // namespace core
