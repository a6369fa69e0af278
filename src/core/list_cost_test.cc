// What a list costs the loop: its part is Core::handle(), and what that allocates is counted by the
// sanitizers, which know of every allocation. Rows that are looked at for a list would be in it.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "core/rehearsal.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RINGMASTER_COUNTS_ALLOCATIONS
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RINGMASTER_COUNTS_ALLOCATIONS
#endif

#ifdef RINGMASTER_COUNTS_ALLOCATIONS
// Of the sanitizers' run-time library; g++ brings no header for it.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*,
                                                                           std::size_t),
                                                         void (*on_free)(const volatile void*));

namespace core {
namespace {

struct Allocated {
  std::size_t times = 0;
  std::size_t bytes = 0;
  bool operator==(const Allocated&) const = default;
};
Allocated allocated;

void note_allocation(const volatile void*, std::size_t size) {
  ++allocated.times;
  allocated.bytes += size;
}
void note_nothing(const volatile void*) {}

// A core with so many agents, all in one queue, in which somebody waits.
class BigCentre {
 public:
  explicit BigCentre(int agents) {
    Configuration configuration = stage_configuration();
    for (int i = 0; i < agents; ++i) add_stage_agent(configuration, "a" + std::to_string(i));
    Commands ignored;
    core_.handle(Founded{.seed = 1, .unix_ms_at_origin = 0}, base::instant_ms(0), ignored);
    core_.handle(Configured{.configuration = configuration}, base::instant_ms(0), ignored);
  }

  Allocated cost_of(const std::string& command, const std::string& job) {
    const ApiRequested request{.ticket = base::Ticket{1}, .command = command, .job_uuid = job};
    const Allocated before = allocated;
    Commands out;
    core_.handle(request, base::instant_ms(1), out);
    const Allocated cost{allocated.times - before.times, allocated.bytes - before.bytes};
    EXPECT_EQ(out.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<ListAsked>(out.at(0))) << command;
    return cost;
  }

 private:
  Core core_;
};

TEST(ListCost, TenThousandAgentsCostTheLoopWhatTenDo) {
  static const int kInstalled =
      __sanitizer_install_malloc_and_free_hooks(note_allocation, note_nothing);
  ASSERT_NE(kInstalled, 0);
  BigCentre small(10);
  BigCentre large(10'000);

  for (const char* list :
       {"agent list", "tier list", "queue list", "queue count", "queue list members",
        "queue list agents support@default", "queue count agents support@default Available",
        "queue list tiers support@default"}) {
    const std::string command = std::string("callcenter_config ") + list;
    for (const char* job : {"", "7f4db78a-17d7-11dd-b7a0-db4edd065621"}) {
      const Allocated cost = small.cost_of(command, job);
      EXPECT_GT(cost.times, 0u) << command;
      EXPECT_EQ(large.cost_of(command, job), cost) << command;
    }
  }
  const std::string json =
      R"(json {"command":"callcenter_config","data":{"arguments":"agent list"}})";
  EXPECT_EQ(large.cost_of(json, ""), small.cost_of(json, ""));
}

}  // namespace
}  // namespace core

#endif
