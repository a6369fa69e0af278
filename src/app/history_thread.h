// Copies what the journal will forget to DATA/history every few seconds (store/history_keeper.h),
// on a thread of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <thread>

namespace app {

class HistoryThread {
 public:
  // With less than `free_bytes_min` free on the disk it pauses: calls come first.
  HistoryThread(const std::filesystem::path& data, std::uint64_t free_bytes_min);

 private:
  std::jthread thread_;
};

}  // namespace app
