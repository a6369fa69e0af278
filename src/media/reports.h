// What the plane has to say to the core, kept while the core's inbox is full. Worker's thread only.
#pragma once

#include <deque>
#include <functional>
#include <utility>

#include "call/media_messages.h"
#include "media/counters.h"

namespace media {

class Reports {
 public:
  // Takes a report; false when there is no room for it now.
  using Sink = std::function<bool(call::MediaReport)>;
  // A few reports for each leg that fits into the port range; what comes on top is lost, counted.
  static constexpr std::size_t kWaitingMax = 65536;

  Reports(Sink sink, MediaCounters& counters) : sink_(std::move(sink)), counters_(counters) {}

  void send(call::MediaReport report) {
    retry();
    if (waiting_.empty() && sink_(report)) return;
    if (waiting_.size() >= kWaitingMax) {
      MediaCounters::add(counters_.lost_reports);
      return;
    }
    waiting_.push_back(std::move(report));
  }

  // Reports are never overtaken: the first that is refused holds up the rest.
  void retry() {
    while (!waiting_.empty() && sink_(waiting_.front())) waiting_.pop_front();
  }

 private:
  const Sink sink_;
  MediaCounters& counters_;
  std::deque<call::MediaReport> waiting_;
};

}  // namespace media
