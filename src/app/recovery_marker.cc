#include "app/recovery_marker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/log.h"

namespace app {
namespace {

constexpr std::uint64_t kMagic = 0x72'6d'2d'72'63'76'0d'01ULL;

}  // namespace

base::Result<RecoveryMarker> RecoveryMarker::open(const std::filesystem::path& path) {
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const bool is_read_only = descriptor < 0 && errno == EROFS;
  if (is_read_only) descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  // Where nothing can be written nothing can be noted, and perhaps nothing is known.
  if (descriptor < 0 && !is_read_only) {
    return base::failure(path.string() + ": " + std::generic_category().message(errno));
  }
  RecoveryMarker marker(descriptor);
  const auto bytes = ::pread(descriptor, &marker.facts_, sizeof(Facts), 0);
  if (bytes != sizeof(Facts) || marker.facts_.magic != kMagic) {
    marker.facts_ = Facts{};
    marker.facts_.magic = kMagic;
  }
  return marker;
}

RecoveryMarker::RecoveryMarker(RecoveryMarker&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), facts_(other.facts_) {}

RecoveryMarker::~RecoveryMarker() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RecoveryMarker::Verdict RecoveryMarker::judge(std::uint64_t snapshot) {
  for (std::uint64_t& number : facts_.set_aside) {
    if (number <= snapshot) number = 0;
  }
  const std::uint64_t reading = std::exchange(facts_.reading, 0);
  facts_.deaths_there = reading == facts_.died_at ? facts_.deaths_there + 1 : 1;
  facts_.died_at = reading;
  const Verdict verdict = reading == 0 ? Verdict::Replay : this->verdict();
  write();
  return verdict;
}

RecoveryMarker::Verdict RecoveryMarker::verdict() {
  ++facts_.deaths;
  if (facts_.has_tried_without != 0 || facts_.deaths >= kDeathsMax) return Verdict::GiveUp;
  if (facts_.deaths_there < 2) return Verdict::Replay;
  facts_.has_tried_without = 1;
  if (facts_.died_at == kStarting) return Verdict::Replay;
  const auto free = std::find(facts_.set_aside.begin(), facts_.set_aside.end(), 0U);
  if (free == facts_.set_aside.end()) return Verdict::GiveUp;
  *free = facts_.died_at;
  return Verdict::Replay;
}

bool RecoveryMarker::may_apply(std::uint64_t number) {
  if (std::find(facts_.set_aside.begin(), facts_.set_aside.end(), number) !=
      facts_.set_aside.end()) {
    return false;
  }
  facts_.reading = number;
  write();
  return true;
}

void RecoveryMarker::finished() {
  facts_.reading = facts_.died_at = facts_.deaths_there = facts_.deaths = 0;
  facts_.has_tried_without = 0;
  write();
}

std::vector<std::uint64_t> RecoveryMarker::set_aside() const {
  std::vector<std::uint64_t> numbers;
  std::copy_if(facts_.set_aside.begin(), facts_.set_aside.end(), std::back_inserter(numbers),
               [](std::uint64_t number) { return number != 0; });
  return numbers;
}

void RecoveryMarker::write() {
  // A disk that is full must not keep a server from its calls: the file has its size already, and
  // without it a record that kills is met again.
  const auto written = ::pwrite(descriptor_, &facts_, sizeof(Facts), 0);
  if (written != sizeof(Facts)) {
    base::log_debug("the progress of the recovery is not noted: {}",
                    std::generic_category().message(errno));
  }
}

}  // namespace app
