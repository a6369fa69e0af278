#include "store/disk_space.h"

#include <sys/statvfs.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace store {

base::Result<std::uint64_t> free_bytes(const std::string& path) {
  struct statvfs facts {};
  if (::statvfs(path.c_str(), &facts) != 0) {
    return base::failure(path + ": " + std::error_code(errno, std::generic_category()).message());
  }
  return std::uint64_t{facts.f_bavail} * facts.f_frsize;
}

bool is_read_only(const std::string& path) {
  std::error_code ignored;
  auto place = std::filesystem::absolute(path, ignored);
  while (!std::filesystem::exists(place, ignored) && place.has_relative_path()) {
    place = place.parent_path();
  }
  struct statvfs facts {};
  return ::statvfs(place.c_str(), &facts) == 0 && (facts.f_flag & ST_RDONLY) != 0;
}

bool DiskReserve::has_room(std::uint64_t free_bytes) {
  const std::uint64_t wanted = has_room_ ? min_ : min_ + min_ / 4;
  has_room_ = free_bytes >= wanted;
  return has_room_;
}

}  // namespace store
