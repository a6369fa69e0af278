#include "sip/report_outbox.h"

#include <utility>

#include "base/log.h"
#include "sip/limits.h"

namespace sip {

ReportOutbox::Taken ReportOutbox::offer(call::SipReport report) {
  if (retry() == Taken::No) return Taken::No;
  return receiver_(std::move(report)) ? Taken::Yes : Taken::No;
}

void ReportOutbox::send(call::SipReport report) {
  // The receiver may consume what it refuses, so a copy is offered while the original waits.
  if (retry() == Taken::Yes && receiver_(report)) return;
  if (backlog_.size() >= kReportBacklogMax) {
    base::log_error(base::LogSubject{base::LogArea::Sip},
                    "sip: {} reports wait for the core; one more is lost", backlog_.size());
    return;
  }
  backlog_.push_back(std::move(report));
}

ReportOutbox::Taken ReportOutbox::retry() {
  while (!backlog_.empty()) {
    if (!receiver_(backlog_.front())) return Taken::No;
    backlog_.pop_front();
  }
  return Taken::Yes;
}

}  // namespace sip
