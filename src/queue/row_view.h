// What lists ask about the rows of the call centre: of the engine itself, or of a copy.
//
// Nothing else goes through here: who decides asks the engine. Lifetime of what is pointed to:
// until the rows change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "queue/records.h"

namespace queue {

class RowView {
 public:
  virtual ~RowView() = default;

  virtual std::vector<const Agent*> agents() const = 0;    // In the order they were added.
  virtual std::vector<const Queue*> queues() const = 0;    // In the order they were loaded.
  virtual std::vector<const Tier*> tiers() const = 0;      // By level, position, as added.
  virtual std::vector<const Member*> members() const = 0;  // As they joined.

  virtual const Queue* find_queue(std::string_view name) const = 0;  // Loaded; any case.
  virtual const Agent* agent(base::AgentId id) const = 0;
  virtual const Queue* queue(base::QueueId id) const = 0;

  // cc-instance-id, which members are shown with.
  virtual const std::string& instance_id() const = 0;
  virtual const base::WallAnchor& anchor() const = 0;

  // Whole seconds, as lists show it (spec/03 §2).
  std::int64_t score(const Member& member, base::Instant now) const;

 protected:
  RowView() = default;
  RowView(const RowView&) = default;
  RowView(RowView&&) = default;
  RowView& operator=(const RowView&) = default;
  RowView& operator=(RowView&&) = default;
};

// The order in which tiers are listed.
bool is_listed_before(const Tier& a, const Tier& b);

}  // namespace queue
