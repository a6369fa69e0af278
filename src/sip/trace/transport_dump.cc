#include "sip/trace/transport_dump.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sip::trace {
namespace {

// A flood between two readings; what is beyond is lost for the trace.
constexpr std::size_t kReadMax = std::size_t{64} << 20;

}  // namespace

TransportDump::TransportDump() : descriptor_(memfd_create("sip-trace", MFD_CLOEXEC)) {
  if (descriptor_ < 0) return;
  std::string path = fmt::format("/proc/self/fd/{}", descriptor_);
  if (access(path.c_str(), W_OK) == 0) path_ = std::move(path);
}

TransportDump::~TransportDump() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::string TransportDump::read() {
  struct stat state {};
  if (descriptor_ < 0 || fstat(descriptor_, &state) != 0 || state.st_size <= 0) return {};
  std::string bytes(std::min(static_cast<std::size_t>(state.st_size), kReadMax), '\0');
  const ssize_t got = pread(descriptor_, bytes.data(), bytes.size(), 0);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  // The library appends, so its next record begins at the new end.
  if (ftruncate(descriptor_, 0) != 0) return {};
  return bytes;
}

}  // namespace sip::trace
