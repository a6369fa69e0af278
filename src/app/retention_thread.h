// Sweeps folders now and then (retention.h) on a thread of its own, and says in the log what went.
#pragma once

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "app/bounds.h"

namespace app {

struct KeptFolder {
  std::string name;  // For the log.
  std::filesystem::path path;
  KeepBounds keep;
};

class RetentionThread {
 public:
  // The first time at once. Folders without bounds are left alone.
  explicit RetentionThread(std::vector<KeptFolder> folders);

 private:
  std::jthread thread_;
};

}  // namespace app
