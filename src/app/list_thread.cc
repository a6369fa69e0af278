#include "app/list_thread.h"

#include <chrono>
#include <utility>
#include <variant>

#include "base/thread_name.h"
#include "core/projection.h"

namespace app {

ListThread::ListThread(Outlets outlets)
    : outlets_(std::move(outlets)),
      projection_(std::make_unique<core::Projection>()),
      thread_([this] { run(); }) {}

ListThread::~ListThread() {
  stopping_ = true;
  inbox_.interrupt();
  thread_.join();
}

void ListThread::carry_out(core::Command command) {
  const auto* rows = std::get_if<core::RowsChanged>(&command);
  const bool is_list = std::holds_alternative<core::ListAsked>(command);
  // Nothing is ahead of it: only this thread adds to the count.
  if (rows == nullptr && !is_list && unspoken_ == 0) return outlets_.speak(std::move(command));
  // Nobody else puts: there will be room.
  const bool has_room = inbox_.size() < inbox_.capacity();
  if (rows == nullptr) {
    if (!has_room) return refuse_or_speak(std::move(command));
    ++unspoken_;
  } else if (!has_room) {
    // The projection notices what is missing by the numbers.
    if (rows->extent == core::RowsChanged::Extent::AllRows) rows_are_asked_for_ = false;
    return;
  }
  inbox_.put(std::move(command));
}

void ListThread::run() {
  base::name_this_thread("lists");
  while (!stopping_) {
    auto commands = inbox_.take(std::chrono::steady_clock::now() + std::chrono::hours(1));
    for (auto& command : commands) take(std::move(command));
    if (!projection_->is_complete()) ask_for_rows();
  }
  for (auto& command : inbox_.take_now()) take(std::move(command));
}

void ListThread::take(core::Command command) {
  if (auto* rows = std::get_if<core::RowsChanged>(&command)) {
    const bool is_all = rows->extent == core::RowsChanged::Extent::AllRows;
    outlets_.pass_on(*rows);
    projection_->apply(std::move(*rows));
    if (is_all) rows_are_asked_for_ = false;
  } else {
    held_.push_back(std::move(command));
  }
  speak_held();
}

void ListThread::speak_held() {
  while (!held_.empty()) {
    core::Command& next = held_.front();
    if (auto* asked = std::get_if<core::ListAsked>(&next);
        asked == nullptr || held_.size() > kHeldMax) {
      refuse_or_speak(std::move(next));
    } else if (projection_->can_answer(*asked)) {
      std::string text = projection_->answer(*asked);
      answer(std::move(*asked), std::move(text));
    } else {
      return ask_for_rows();
    }
    held_.pop_front();
    --unspoken_;
  }
}

void ListThread::ask_for_rows() {
  if (!rows_are_asked_for_.exchange(true)) outlets_.ask_for_rows();
}

void ListThread::refuse_or_speak(core::Command command) {
  if (auto* asked = std::get_if<core::ListAsked>(&command)) {
    answer(std::move(*asked), "-ERR overloaded, try again\n");
  } else {
    outlets_.speak(std::move(command));
  }
}

void ListThread::answer(core::ListAsked asked, std::string text) {
  for (auto& reply : core::list_replies(std::move(asked), std::move(text))) {
    outlets_.speak(std::move(reply));
  }
}

}  // namespace app
