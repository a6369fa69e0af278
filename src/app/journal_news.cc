#include "app/journal_news.h"

#include <algorithm>
#include <utility>

namespace app {

store::JournalCallbacks JournalNews::callbacks() {
  store::JournalCallbacks callbacks;
  callbacks.acknowledged = [this](std::uint64_t number) {
    tell([number](News& news) { news.acknowledged = std::max(news.acknowledged, number); });
  };
  callbacks.saved = [this](std::uint64_t number) {
    tell([number](News& news) { news.saved = std::max(news.saved, number); });
  };
  callbacks.failed = [this](const std::string& reason, std::uint64_t) {
    tell([&reason](News& news) { news.failure = reason; });
  };
  return callbacks;
}

void JournalNews::wake_with(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

JournalNews::News JournalNews::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

void JournalNews::tell(const std::function<void(News&)>& change) {
  const std::lock_guard lock(mutex_);
  change(news_);
  if (wake_) wake_();
}

}  // namespace app
