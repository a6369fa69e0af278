#include "lua/script_thread.h"

#include <utility>

#include "base/thread_name.h"

namespace lua {

ScriptThread::ScriptThread(Options options, base::Ticket first_ticket, Runner::Outlets outlets)
    : outlets_(outlets),
      runner_(std::move(options), first_ticket, listening(std::move(outlets))),
      thread_([this] { run(); }) {}

Runner::Outlets ScriptThread::listening(Runner::Outlets outlets) {
  outlets.listen = [this](bool wanted) { wants_events_ = wanted; };
  return outlets;
}

ScriptThread::~ScriptThread() {
  stop();
}

void ScriptThread::stop() {
  stopping_ = true;
  inbox_.interrupt();
  if (thread_.joinable()) thread_.join();
}

void ScriptThread::post(call::ScriptOrder order) {
  const auto* start = std::get_if<call::StartScript>(&order);
  const call::ScriptEnded unheard =
      start == nullptr ? call::ScriptEnded{} : call::ScriptEnded{start->leg, start->script};
  // A leg must not wait for a script that never began.
  if (!inbox_.put(std::move(order)) && unheard.leg) outlets_.report(unheard);
}

void ScriptThread::invoke(Invoked invoked) {
  const auto answer = invoked.answer;
  if (stopping_ || !inbox_.put(std::move(invoked))) answer("-ERR overloaded, try again\n");
}

void ScriptThread::reply(base::Ticket ticket, std::string text) {
  inbox_.put(Replied{ticket, std::move(text)});
}

void ScriptThread::publish(const Event& event) {
  // Replies always find room.
  if (!wants_events_ || inbox_.size() > kInboxCapacity / 2) return;
  inbox_.put(event);
}

void ScriptThread::run() {
  base::name_this_thread("lua");
  using Clock = std::chrono::steady_clock;
  while (!stopping_) {
    const auto next = runner_.next_run();
    const auto now = Clock::now();
    auto items = next && *next <= now ? inbox_.take_now()
                                      : inbox_.take(next.value_or(now + std::chrono::hours(1)));
    for (Item& item : items) take(item, Clock::now());
    runner_.run(Clock::now());
  }
}

void ScriptThread::take(Item& item, Runner::Time now) {
  if (auto* order = std::get_if<call::ScriptOrder>(&item)) {
    if (const auto* start = std::get_if<call::StartScript>(order)) return runner_.take(*start);
    if (const auto* left = std::get_if<call::LegLeftScript>(order)) {
      return runner_.take(*left, now);
    }
    return runner_.take(std::get<call::ScriptAnswered>(*order));
  }
  if (const auto* invoked = std::get_if<Invoked>(&item)) return runner_.take(*invoked);
  if (const auto* event = std::get_if<Event>(&item)) return runner_.publish(*event);
  auto& replied = std::get<Replied>(item);
  runner_.reply(replied.ticket, std::move(replied.text));
}

}  // namespace lua
