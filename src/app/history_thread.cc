#include "app/history_thread.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "base/log.h"
#include "base/thread_name.h"
#include "store/disk_space.h"
#include "store/history_keeper.h"

namespace app {
namespace {

// The journal keeps what it has for a minute at least, or for many thousand records.
constexpr std::chrono::seconds kInterval{5};

class Keeping {
 public:
  Keeping(const std::filesystem::path& data, std::uint64_t free_bytes_min)
      : folder_((data / "history").string()),
        data_(data.string()),
        keeper_((data / "journal.db").string(), data / "history", {}),
        reserve_(free_bytes_min) {}

  void run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any ended;
    while (!stop.stop_requested()) {
      copy_all(stop);
      std::unique_lock lock(mutex);
      ended.wait_for(lock, stop, kInterval, [] { return false; });
    }
    // What came last, so that nothing is missing after a stop.
    copy_all({});
  }

 private:
  void copy_all(const std::stop_token& stop) {
    const auto free = store::free_bytes(data_);
    if (free && !reserve_.has_room(*free)) return;
    auto more = keeper_.follow();
    while (more && *more && !stop.stop_requested()) more = keeper_.follow();
    std::string problem = more ? std::string() : more.error();
    if (problem != problem_ && !problem.empty()) {
      base::log_warning("the history in {} does not go on: {}", folder_, problem);
    }
    problem_ = std::move(problem);
  }

  const std::string folder_;
  const std::string data_;
  store::HistoryKeeper keeper_;
  store::DiskReserve reserve_;
  std::string problem_;  // As it was told; each is told once.
};

}  // namespace

HistoryThread::HistoryThread(const std::filesystem::path& data, std::uint64_t free_bytes_min)
    : thread_([data, free_bytes_min](const std::stop_token& stop) {
        base::name_this_thread("history");
        Keeping(data, free_bytes_min).run(stop);
      }) {}

}  // namespace app
