#include "app/retention_thread.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include "app/retention.h"
#include "base/log.h"
#include "base/thread_name.h"

namespace app {
namespace {

// A bound of days needs no more, and a folder that fills faster is for the alarm of the disk.
constexpr std::chrono::minutes kInterval{10};

void look_after(const KeptFolder& folder) {
  const Swept swept =
      sweep(folder.path, folder.keep, std::filesystem::file_time_type::clock::now());
  if (swept.files > 0) {
    base::log_info("{}: {} files with {} bytes were beyond their bounds and are removed",
                   folder.name, swept.files, swept.bytes);
  }
  for (const std::string& problem : swept.problems) {
    base::log_warning("{}: {}", folder.name, problem);
  }
}

void run(const std::stop_token& stop, const std::vector<KeptFolder>& folders) {
  base::name_this_thread("retention");
  std::mutex mutex;
  std::condition_variable_any ended;
  while (!stop.stop_requested()) {
    for (const KeptFolder& folder : folders) {
      const bool is_bounded = folder.keep.age.count() > 0 || folder.keep.bytes > 0;
      if (is_bounded) look_after(folder);
    }
    std::unique_lock lock(mutex);
    ended.wait_for(lock, stop, kInterval, [] { return false; });
  }
}

}  // namespace

RetentionThread::RetentionThread(std::vector<KeptFolder> folders)
    : thread_([folders = std::move(folders)](const std::stop_token& stop) { run(stop, folders); }) {
}

}  // namespace app
