#include "media/prefetch.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>

namespace media {
namespace {

TEST(Prefetch, GivesWhatWasWrittenAndSilenceForWhatIsLate) {
  Prefetch prefetch;
  prefetch.write(std::vector<std::int16_t>{1, 2, 3});

  std::vector<std::int16_t> out(5, 9);
  EXPECT_EQ(prefetch.read(out), 5u);

  EXPECT_EQ(out, (std::vector<std::int16_t>{1, 2, 3, 0, 0}));
  EXPECT_EQ(prefetch.late(), 2u);
}

TEST(Prefetch, EndsBehindItsLastSample) {
  Prefetch prefetch;
  prefetch.write(std::vector<std::int16_t>{1, 2, 3});
  prefetch.finish();

  std::vector<std::int16_t> out(2);
  EXPECT_EQ(prefetch.read(out), 2u);
  EXPECT_EQ(prefetch.read(out), 1u);
  EXPECT_EQ(prefetch.read(out), 0u);
}

TEST(Prefetch, PassesAllFromOneThreadToAnother) {
  constexpr int kAll = 500'000;
  Prefetch prefetch;
  std::thread loader([&] {
    for (int next = 0; next < kAll;) {
      std::vector<std::int16_t> some;
      while (some.size() < std::min<std::size_t>(prefetch.room(), 777) && next < kAll) {
        some.push_back(static_cast<std::int16_t>(next++ % 30'000 + 1));
      }
      prefetch.write(some);
      if (some.empty()) std::this_thread::yield();
    }
    prefetch.finish();
  });

  int next = 0;
  std::vector<std::int16_t> out(160);
  for (bool ended = false; !ended;) {
    const std::size_t got = prefetch.read(out);
    ended = got < out.size();
    for (std::size_t index = 0; index < got; ++index) {
      // Silence stands for what is late.
      if (out[index] == 0) continue;
      ASSERT_EQ(out[index], next % 30'000 + 1);
      ++next;
    }
  }
  loader.join();

  EXPECT_EQ(next, kAll);
}

}  // namespace
}  // namespace media
