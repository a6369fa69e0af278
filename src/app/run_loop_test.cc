#include "app/run_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "app/list_thread.h"
#include "store/sqlite_journal.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

// Keeps what the loop orders, and has lists answered; tests wait for it.
class Recorder final : public CommandSink {
 public:
  enum class Lists { Prompt, Slow };

  // Lifetime: until end().
  void start(RunLoop& loop, Lists lists) {
    const auto speak = [this, lists](core::Command command) {
      for (int i = 0; lists == Lists::Slow && i < 100; ++i) std::this_thread::yield();
      note(std::move(command));
    };
    lists_.emplace(
        ListThread::Outlets{.speak = speak, .ask_for_rows = [&loop] { loop.want_all_rows(); }});
  }
  void end() { lists_.reset(); }

  void carry_out(core::Command command) override { lists_->carry_out(std::move(command)); }
  // As a sip that has lost all its legs.
  void look_for(std::vector<base::LegId> legs, Unknown tell) override { tell(legs); }

  // Waits until there are this many replies. Returns: all of them; fewer when it took too long.
  std::vector<std::string> wait_for_replies(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(20), [&] { return replies_.size() >= count; });
    return replies_;
  }

  std::string wait_for_reply_to(base::Ticket ticket) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return reply_to_.contains(ticket); });
    return reply_to_.contains(ticket) ? reply_to_[ticket] : "no reply";
  }

  // Waits for an event of this subclass. Returns: false when it took too long.
  bool wait_for_event(const std::string& subclass) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, std::chrono::seconds(30),
                             [&] { return subclasses_.contains(subclass); });
  }

 private:
  void note(core::Command command) {
    {
      const std::lock_guard lock(mutex_);
      if (auto* reply = std::get_if<core::ApiReply>(&command)) {
        replies_.push_back(reply->text);
        reply_to_[reply->ticket] = reply->text;
      } else if (const auto* made = std::get_if<core::Publish>(&command)) {
        subclasses_.insert(made->event.subclass);
      }
    }
    arrived_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::string> replies_;
  std::map<base::Ticket, std::string> reply_to_;
  std::set<std::string> subclasses_;
  std::optional<ListThread> lists_;
};

class Directory {
 public:
  Directory() {
    std::string pattern = (fs::temp_directory_path() / "run_loop_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { fs::remove_all(path_); }
  std::string journal() const { return (path_ / "journal.db").string(); }

 private:
  fs::path path_;
};

// One life of a server without adapters: recovers, runs on a thread, stops at the end.
class Life {
 public:
  using Lists = Recorder::Lists;

  explicit Life(const Directory& directory, const store::SqliteJournalOptions& options = {},
                Lists lists = Lists::Prompt)
      : journal_(*store::SqliteJournal::open(directory.journal(), options, news_.callbacks())) {
    const auto found = journal_->take_recovered();
    auto recovered = *recover(found);
    was_new_ = recovered.is_new;
    const auto reading = read_clock();
    auto clock = was_new_ ? CoreClock::found(reading)
                          : CoreClock::resume(reading, found.values, recovered.last_instant);
    for (const auto& [key, text] : clock.values()) journal_->set_value(key, text);
    loop_ = std::make_unique<RunLoop>(std::move(recovered), clock, *journal_, news_);
    if (was_new_) {
      loop_->apply(core::Founded{.seed = 7, .unix_ms_at_origin = clock.anchor().unix_ms_at_origin});
    } else {
      loop_->apply(core::Restarted{});
    }
    loop_->apply(core::Configured{configuration()});
    recorder_.start(*loop_, lists);
    thread_ = std::thread([this] { loop_->run(recorder_); });
  }
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;
  ~Life() {
    loop_->stop();
    thread_.join();
    recorder_.end();
    loop_.reset();
  }

  // Asks and waits for the answer.
  std::string api(const std::string& command) {
    loop_->put(core::ApiRequested{.ticket = {++asked_}, .command = command, .job_uuid = ""});
    const auto replies = recorder_.wait_for_replies(asked_);
    return replies.size() < asked_ ? "no reply" : replies[asked_ - 1];
  }

  // The same for several threads at once; not together with api().
  std::string ask(const std::string& command) {
    const base::Ticket ticket{++asked_};
    loop_->put(core::ApiRequested{.ticket = ticket, .command = command, .job_uuid = ""});
    return recorder_.wait_for_reply_to(ticket);
  }

  bool sees_event(const std::string& subclass) { return recorder_.wait_for_event(subclass); }

  bool was_new() const { return was_new_; }
  RunLoop& loop() { return *loop_; }

 private:
  // One queue, and an extension that parks whoever calls.
  static core::Configuration configuration() {
    core::Configuration made;
    made.call_center.queues.resize(1);
    made.call_center.queues[0].name = "support@default";
    made.profiles.resize(1);
    made.profiles[0].name = "internal";
    dialplan::Condition anybody;
    anybody.actions.emplace_back().application = "park";
    made.dialplan.contexts.resize(1);
    made.dialplan.contexts[0].name = made.profiles[0].context;
    made.dialplan.contexts[0].extensions.emplace_back().conditions.push_back(anybody);
    return made;
  }

  JournalNews news_;
  std::unique_ptr<store::SqliteJournal> journal_;
  std::unique_ptr<RunLoop> loop_;
  Recorder recorder_;
  std::thread thread_;
  bool was_new_ = false;
  std::atomic<std::size_t> asked_ = 0;
};

TEST(RunLoop, AnswersWhenTheJournalHasTheQuestion) {
  const Directory directory;
  Life life(directory);

  EXPECT_TRUE(life.was_new());
  EXPECT_EQ(life.api("callcenter_config agent add ann callback"), "+OK\n");
  EXPECT_EQ(life.api("callcenter_config agent get status ann"), "Logged Out");
}

TEST(RunLoop, WhatWasDoneIsThereInTheNextLife) {
  const Directory directory;
  std::string before;
  {
    Life life(directory);
    life.api("callcenter_config agent add ann callback");
    life.api("callcenter_config agent set status ann Available");
    life.api("callcenter_config tier add support@default ann 2 3");
    before = life.api("callcenter_config agent list");
  }

  Life life(directory);

  EXPECT_FALSE(life.was_new());
  EXPECT_EQ(life.api("callcenter_config agent list"), before);
  EXPECT_EQ(life.api("callcenter_config tier list"),
            "queue|agent|state|level|position\nsupport@default|ann|Ready|2|3\n+OK\n");
}

TEST(RunLoop, EndsALegThatSipDoesNotKnow) {
  const Directory directory;
  Life life(directory);
  const base::LegId leg{1};
  call::LegInvited invited;
  invited.leg = leg;
  invited.profile = "internal";
  invited.request_user = "7000";
  life.loop().put(invited);
  life.loop().put(call::MediaOpened{.leg = leg, .port = 16384});

  EXPECT_TRUE(life.sees_event("ringmaster::violation"));
  EXPECT_EQ(life.api("status").find("\n1 session(s) now"), std::string::npos);
}

TEST(RunLoop, AStopLeavesASnapshotOfAllAndNoRecordAfterIt) {
  const Directory directory;
  {
    Life life(directory);
    life.api("callcenter_config agent add ann callback");
  }

  const auto journal = *store::SqliteJournal::open(directory.journal(), {}, {});
  const store::Recovered found = journal->take_recovered();
  ASSERT_TRUE(found.snapshot.has_value());
  EXPECT_THAT(found.tail, IsEmpty());
  EXPECT_NE(recover(found)->core.engine().find_agent("ann"), nullptr);
}

// Two clients change and list again and again, each its own agent, while the thread of the lists
// gives way before every reply.
TEST(RunLoop, EveryClientFindsInAListWhatItChangedBefore) {
  constexpr int kRounds = 150;
  const Directory directory;
  Life life(directory, {}, Life::Lists::Slow);
  const auto play = [&life](const std::string& agent) {
    life.ask("callcenter_config agent add " + agent + " callback");
    int missed = 0;
    for (int i = 0; i < kRounds; ++i) {
      const std::string contact = "user/" + agent + "-" + std::to_string(i);
      life.ask("callcenter_config agent set contact " + agent + " " + contact);
      const std::string list = life.ask("callcenter_config agent list");
      if (list.find("|" + contact + "|") == std::string::npos) ++missed;
    }
    return missed;
  };

  auto other = std::async(std::launch::async, play, "bob");
  EXPECT_EQ(play("ann"), 0);
  EXPECT_EQ(other.get(), 0);
}

TEST(RunLoop, AFullDiskStopsNobody) {
  const Directory directory;
  // Some 200 KiB: full after a few hundred records.
  Life life(directory, {.pages_max = 50});

  bool unprotected = false;
  for (int i = 0; i < 3000 && !unprotected; ++i) {
    ASSERT_EQ(life.api("callcenter_config agent add agent-" + std::to_string(i) + " callback"),
              "+OK\n");
    unprotected = i % 100 == 99 && !life.loop().status().is_protected;
  }

  EXPECT_TRUE(unprotected);
}

}  // namespace
}  // namespace app
