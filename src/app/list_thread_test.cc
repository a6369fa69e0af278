#include "app/list_thread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::chrono::seconds kPatience{30};

core::Command changes(std::uint64_t sequence, const std::string& agent = "") {
  core::RowsChanged changed;
  changed.sequence = sequence;
  if (!agent.empty()) {
    queue::Agent row;
    row.id = base::AgentId{sequence};
    row.name = agent;
    changed.rows.agents.push_back(row);
  }
  return changed;
}

core::Command all_rows(std::uint64_t sequence, const std::string& agent) {
  auto command = changes(sequence, agent);
  std::get<core::RowsChanged>(command).extent = core::RowsChanged::Extent::AllRows;
  return command;
}

core::Command question(std::uint64_t sequence) {
  return core::ListAsked{.ticket = base::Ticket{1},
                         .command = "callcenter_config agent list",
                         .at = base::instant_ms(0),
                         .sequence = sequence};
}

core::Command event(const std::string& name) {
  core::Publish order;
  order.event.name = name;
  return order;
}

// A thread of lists, what it says, and a way to keep it from going on.
class ListThreadTest : public ::testing::Test {
 protected:
  ~ListThreadTest() override {
    go_on();
    lists_.reset();
  }

  // The thread stops at what it says next.
  void hold_up() {
    const std::lock_guard lock(mutex_);
    is_held_up_ = true;
  }
  void go_on() {
    {
      const std::lock_guard lock(mutex_);
      is_held_up_ = false;
    }
    changed_.notify_all();
  }
  // Waits until it stands there.
  bool stands() {
    return wait([this] { return stands_; });
  }

  std::vector<std::string> said(std::size_t count) {
    wait([&] { return said_.size() >= count; });
    const std::lock_guard lock(mutex_);
    return said_;
  }
  std::size_t said_now() {
    const std::lock_guard lock(mutex_);
    return said_.size();
  }
  bool rows_are_asked_for(int times) {
    return wait([&] { return asked_for_rows_ >= times; });
  }

  ListThread& lists() { return *lists_; }

 private:
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, condition);
  }

  void speak(const core::Command& command) {
    std::unique_lock lock(mutex_);
    const bool is_list_thread = std::this_thread::get_id() != test_thread_;
    if (is_list_thread) {
      stands_ = is_held_up_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !is_held_up_; });
      stands_ = false;
    }
    if (const auto* reply = std::get_if<core::ApiReply>(&command)) said_.push_back(reply->text);
    if (const auto* order = std::get_if<core::Publish>(&command)) {
      said_.push_back(order->event.name);
    }
    lock.unlock();
    changed_.notify_all();
  }
  void ask() {
    {
      const std::lock_guard lock(mutex_);
      ++asked_for_rows_;
    }
    changed_.notify_all();
  }

  const std::thread::id test_thread_ = std::this_thread::get_id();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_held_up_ = false;
  bool stands_ = false;
  std::vector<std::string> said_;
  int asked_for_rows_ = 0;
  std::optional<ListThread> lists_{
      std::in_place, ListThread::Outlets{.speak = [this](core::Command said) { speak(said); },
                                         .ask_for_rows = [this] { ask(); }}};
};

TEST_F(ListThreadTest, WhatIsSaidWhileNothingIsAskedDoesNotWait) {
  lists().carry_out(changes(1, "ann"));
  lists().carry_out(event("ONE"));

  EXPECT_EQ(said_now(), 1u);
}

TEST_F(ListThreadTest, AListShowsWhatWasChangedBefore) {
  lists().carry_out(changes(1, "ann"));
  lists().carry_out(question(1));
  lists().carry_out(changes(2, "bob"));

  EXPECT_THAT(said(1), ElementsAre(HasSubstr("\nann|")));
  EXPECT_THAT(said(1)[0], ::testing::Not(HasSubstr("bob")));
}

TEST_F(ListThreadTest, NothingOvertakesAList) {
  hold_up();
  lists().carry_out(question(0));
  ASSERT_TRUE(stands());

  lists().carry_out(event("ONE"));
  lists().carry_out(core::ApiReply{base::Ticket{2}, "+OK later\n"});
  EXPECT_EQ(said_now(), 0u);
  go_on();

  EXPECT_THAT(said(3), ElementsAre("+OK\n", "ONE", "+OK later\n"));
}

TEST_F(ListThreadTest, AllRowsAreAskedForWhenChangesAreMissing) {
  lists().carry_out(changes(5, "bob"));
  ASSERT_TRUE(rows_are_asked_for(1));
  lists().carry_out(question(5));
  lists().carry_out(event("ONE"));
  lists().carry_out(all_rows(5, "ann"));

  EXPECT_THAT(said(2), ElementsAre(HasSubstr("\nann|"), "ONE"));
}

TEST_F(ListThreadTest, AListWaitsForRowsThatNobodyHasHandedOutYet) {
  lists().carry_out(question(7));
  ASSERT_TRUE(rows_are_asked_for(1));
  EXPECT_EQ(said_now(), 0u);

  lists().carry_out(all_rows(7, "ann"));

  EXPECT_THAT(said(1), ElementsAre(HasSubstr("\nann|")));
}

TEST_F(ListThreadTest, AFullInboxRefusesListsAndIsGivenAllRowsLater) {
  hold_up();
  lists().carry_out(question(0));
  ASSERT_TRUE(stands());
  std::uint64_t sequence = 0;
  for (std::size_t i = 0; i < ListThread::kInboxCapacity; ++i) {
    lists().carry_out(changes(++sequence));
  }

  lists().carry_out(changes(++sequence, "ann"));
  lists().carry_out(question(sequence));
  lists().carry_out(event("ONE"));
  EXPECT_EQ(said_now(), 2u);
  go_on();
  said(3);
  // What is missing shows when something follows.
  lists().carry_out(changes(++sequence, "bob"));
  lists().carry_out(question(sequence));
  ASSERT_TRUE(rows_are_asked_for(1));
  lists().carry_out(all_rows(sequence, "eve"));

  EXPECT_THAT(said(4),
              ElementsAre("-ERR overloaded, try again\n", "ONE", "+OK\n", HasSubstr("\neve|")));
}

TEST_F(ListThreadTest, RowsThatFoundNoRoomAreAskedForAgain) {
  lists().carry_out(changes(5));
  ASSERT_TRUE(rows_are_asked_for(1));
  lists().carry_out(all_rows(5, "ann"));
  hold_up();
  lists().carry_out(question(5));
  ASSERT_TRUE(stands());
  // One is missing, and all rows find no room.
  for (std::size_t i = 0; i < ListThread::kInboxCapacity; ++i) lists().carry_out(changes(7 + i));
  lists().carry_out(all_rows(100'000, "bob"));
  go_on();

  ASSERT_TRUE(rows_are_asked_for(2));
  lists().carry_out(question(100'000));
  lists().carry_out(all_rows(100'000, "eve"));

  EXPECT_THAT(said(2), ElementsAre(HasSubstr("\nann|"), HasSubstr("\neve|")));
}

}  // namespace
}  // namespace app
