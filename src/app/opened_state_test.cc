#include "app/opened_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

namespace app {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

const core::Founded kFounded = {.seed = 7, .unix_ms_at_origin = 1'700'000'000'000};

core::Configured configured() {
  core::Configuration configuration;
  configuration.call_center.queues.resize(1);
  configuration.call_center.queues[0].name = "support@default";
  configuration.profiles.emplace_back().name = "internal";
  configuration.directory.add({.id = "1001",
                               .domain = "default",
                               .password = "x",
                               .a1_hash = {},
                               .dial_string = {},
                               .variables = {}});
  return {.configuration = configuration};
}

core::ApiRequested command(const std::string& text) {
  return {.ticket = {}, .command = text, .job_uuid = ""};
}

core::Input registration() {
  call::RegistrationReceived received;
  received.profile = "internal";
  received.user = "1001";
  received.domain = "default";
  received.contacts = {{"sip:1001@192.0.2.9:5060", 120}};
  received.source = "192.0.2.1:5071";
  received.cseq = 1;
  return received;
}

class OpenedStateTest : public testing::Test {
 protected:
  OpenedStateTest() {
    std::string pattern = (fs::temp_directory_path() / "state_XXXXXX").string();
    data_ = mkdtemp(pattern.data());
  }
  ~OpenedStateTest() override { fs::remove_all(data_); }

  // Appends these to the journal; with a snapshot of what they lead to when it is wanted.
  enum class Snapshot { No, Yes };
  void write(const std::vector<core::Input>& inputs, Snapshot snapshot = Snapshot::No) {
    auto journal = *store::SqliteJournal::open((data_ / "journal.db").string(), {}, {});
    std::uint64_t number = journal->take_recovered().last_number();
    std::vector<store::JournalRecord> records;
    core::Core core;  // Only of a journal that was empty.
    core::Commands ignored;
    for (const auto& input : inputs) {
      records.push_back({.number = ++number, .instant_ms = 1'000, .body = encode(input)});
      if (snapshot == Snapshot::Yes) core.handle(input, base::instant_ms(1'000), ignored);
    }
    journal->append(std::move(records));
    if (snapshot == Snapshot::Yes) {
      journal->save_snapshot({.number = number, .instant_ms = 1'000, .body = encode(core)});
    }
    ASSERT_TRUE(journal->flush());
  }
  void write_body(const std::string& body) {
    auto journal = *store::SqliteJournal::open((data_ / "journal.db").string(), {}, {});
    const std::uint64_t number = journal->take_recovered().last_number() + 1;
    journal->append({{.number = number, .instant_ms = 1'000, .body = body}});
    ASSERT_TRUE(journal->flush());
  }

  // What a start does, and dies of.
  void start() const { static_cast<void>(open_state(data_, {}, {})); }
  std::size_t quarantined() const {
    if (!fs::exists(data_ / "quarantine")) return 0;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(data_ / "quarantine"), {}));
  }

  fs::path data_;
};
using OpenedStateDeathTest = OpenedStateTest;

TEST_F(OpenedStateDeathTest, ARecordThatKilledTwoRecoveriesIsSetAsideAndItsLegEnds) {
  write({kFounded, configured(), command("callcenter_config agent add before callback")});
  // A second founding breaks an invariant; the rest of the text is what a leg's record has.
  write_body(R"({"kind":"Founded","value":{"seed":1,"unix_ms_at_origin":2,"leg":77}})");
  write({command("callcenter_config agent add after callback")});

  EXPECT_DEATH(start(), "is_founded");
  EXPECT_DEATH(start(), "is_founded");
  auto state = open_state(data_, {}, {});

  ASSERT_TRUE(state) << state.error();
  EXPECT_EQ(state->recovered.last_number, 5U);
  EXPECT_EQ(state->inputs_replayed, 4U);
  EXPECT_TRUE(fs::exists(data_ / "quarantine" / "record-4.json"));
  ASSERT_THAT(state->amends, SizeIs(1));
  EXPECT_EQ(std::get<call::LegHungUp>(state->amends[0]).leg, base::LegId{77});
  EXPECT_THAT(state->people, IsEmpty());
}

TEST_F(OpenedStateDeathTest, AStateThatKillsOnIsMovedAwayAndItsPeopleStay) {
  write({kFounded, configured(), command("callcenter_config agent add ann callback"),
         command("callcenter_config agent set contact ann '{a=\\'b c\\'}user/1001'"),
         command("callcenter_config agent set status ann On Break"),
         command("callcenter_config tier add support@default ann 2 3"), registration()},
        Snapshot::Yes);
  write_body(R"({"kind":"Founded","value":{}})");
  write_body(R"({"kind":"Founded","value":{}})");

  EXPECT_DEATH(start(), "is_founded");
  EXPECT_DEATH(start(), "is_founded");
  EXPECT_DEATH(start(), "is_founded");  // At the next one, without the first.
  auto state = open_state(data_, {}, {});

  ASSERT_TRUE(state) << state.error();
  EXPECT_TRUE(state->is_new);
  EXPECT_GE(quarantined(), 1U);
  core::Core core;
  core::Commands out;
  core.handle(kFounded, base::instant_ms(1), out);
  core.handle(configured(), base::instant_ms(1), out);
  for (const auto& input : state->people) core.handle(input, base::instant_ms(1), out);
  const queue::Engine& engine = core.engine();
  ASSERT_THAT(engine.agents(), SizeIs(1));
  EXPECT_EQ(engine.agents()[0]->contact, "{a='b c'}user/1001");
  EXPECT_EQ(engine.agents()[0]->status, queue::AgentStatus::OnBreak);
  ASSERT_THAT(engine.tiers(), SizeIs(1));
  EXPECT_EQ(engine.tiers()[0]->level, 2);
  const auto phones = core.registrations().find("1001", "default");
  ASSERT_THAT(phones, SizeIs(1));
  EXPECT_EQ(phones[0]->uri, "sip:1001@192.0.2.9:5060");
  EXPECT_EQ(phones[0]->source, "192.0.2.1:5071");
}

TEST_F(OpenedStateTest, ARecordThatCannotBeReadIsSetAsideAtOnce) {
  write({kFounded, configured()});
  write_body(R"({"kind":"SomethingNew","value":{}})");

  const auto state = open_state(data_, {}, {});

  ASSERT_TRUE(state) << state.error();
  EXPECT_EQ(state->inputs_replayed, 2U);
  EXPECT_TRUE(fs::exists(data_ / "quarantine" / "record-3.json"));
}

TEST_F(OpenedStateTest, AStateOfWhichTooMuchCannotBeReadIsMovedAway) {
  write({kFounded, configured()});
  for (std::size_t i = 0; i <= kUnreadableMax; ++i) write_body("no record");

  const auto state = open_state(data_, {}, {});

  ASSERT_TRUE(state) << state.error();
  EXPECT_TRUE(state->is_new);
  EXPECT_GE(quarantined(), 1U);
}

TEST_F(OpenedStateTest, ASoundStateNeedsNothing) {
  write({kFounded, configured()});

  const auto state = open_state(data_, {}, {});

  ASSERT_TRUE(state) << state.error();
  EXPECT_FALSE(state->is_new);
  EXPECT_THAT(state->amends, IsEmpty());
  EXPECT_THAT(state->people, IsEmpty());
  EXPECT_EQ(quarantined(), 0U);
}

}  // namespace
}  // namespace app
