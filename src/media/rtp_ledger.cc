#include "media/rtp_ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <new>
#include <span>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace media {

// The layout of the file, in this machine's byte order: it never leaves the machine.
struct RtpLedger::Header {
  std::uint64_t magic;
  std::uint32_t version;
  std::uint32_t slots;
  std::uint64_t reserved[2];
};

struct RtpLedger::Slot {
  std::uint64_t leg;  // 0: free.
  std::int64_t at_ms;
  std::uint32_t ssrc;
  std::uint32_t sequence;
  std::uint32_t timestamp;
  std::uint32_t port;
};

namespace {

constexpr std::uint64_t kMagic = 0x72'6d'2d'72'74'70'0d'0aULL;  // "rm-rtp" with a line end.
constexpr std::uint32_t kVersion = 1;

// The process may die between any two of these, and the next one reads what was written: the
// stores must neither be torn nor dropped.
template <class T>
void store(T& place, T value) {
  std::atomic_ref(place).store(value, std::memory_order_relaxed);
}

std::string reason(int error) {
  return std::generic_category().message(error);
}

// Makes the file this large. Space is reserved now: a full disk would otherwise kill the process
// with SIGBUS at a store. Returns: the system's error, or 0.
int reserve(int fd, off_t bytes) {
  struct stat facts {};
  ::fstat(fd, &facts);
  if (facts.st_size != bytes && ::ftruncate(fd, bytes) != 0) return errno;
  return ::posix_fallocate(fd, 0, bytes);
}

}  // namespace

// The bytes, in a file or in memory only.
class RtpLedger::Mapping {
 public:
  static std::size_t bytes_of(std::uint32_t slots) { return sizeof(Header) + slots * sizeof(Slot); }

  // Takes over `fd`; a negative one maps memory only.
  enum class Stores { InFile, InMemory };
  Mapping(int fd, std::uint32_t slots, Stores stores = Stores::InFile)
      : fd_(fd), bytes_(bytes_of(slots)) {
    const int shared = stores == Stores::InFile ? MAP_SHARED : MAP_PRIVATE;
    const int flags = fd_ < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : shared;
    data_ = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, flags, fd_, 0);
  }
  ~Mapping() {
    if (mapped()) ::munmap(data_, bytes_);
    if (fd_ >= 0) ::close(fd_);  // Frees the lock.
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  bool mapped() const { return data_ != MAP_FAILED; }
  Header& header() { return *static_cast<Header*>(data_); }
  std::span<Slot> slots() {
    auto* first = static_cast<std::byte*>(data_) + sizeof(Header);
    return {std::launder(reinterpret_cast<Slot*>(first)), (bytes_ - sizeof(Header)) / sizeof(Slot)};
  }

  void copy_from(const Mapping& other) { std::memcpy(data_, other.data_, bytes_); }

  bool is_ours() {
    return header().magic == kMagic && header().version == kVersion &&
           header().slots == slots().size();
  }
  // The magic comes last: a header is either whole or not ours.
  void clear() {
    std::memset(data_, 0, bytes_);
    header().version = kVersion;
    header().slots = static_cast<std::uint32_t>(slots().size());
    store(header().magic, kMagic);
  }

 private:
  int fd_;
  std::size_t bytes_;
  void* data_ = MAP_FAILED;
};

// What stands in a file that cannot be written, to go on from in memory; none when that is nothing.
std::unique_ptr<RtpLedger::Mapping> RtpLedger::read(const std::filesystem::path& path,
                                                    std::uint32_t slots) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  struct stat facts {};
  const bool is_whole =
      ::fstat(fd, &facts) == 0 && facts.st_size == static_cast<off_t>(Mapping::bytes_of(slots));
  auto mapping = std::make_unique<Mapping>(is_whole ? fd : -1, slots, Mapping::Stores::InMemory);
  if (!is_whole) ::close(fd);
  const bool is_usable = is_whole && mapping->mapped() && mapping->is_ours();
  return is_usable ? std::move(mapping) : nullptr;
}

base::Result<std::unique_ptr<RtpLedger>> RtpLedger::open(const std::filesystem::path& path,
                                                         std::uint32_t slots) {
  const auto in_memory = [&] {
    auto mapping = std::make_unique<Mapping>(-1, slots);
    CHECK(mapping->mapped());
    mapping->clear();
    return std::unique_ptr<RtpLedger>(new RtpLedger(std::move(mapping)));
  };
  const auto unprotected = [&](std::string_view why) {
    base::log_warning(base::LogSubject{base::LogArea::Media},
                      "RTP ledger {}: {}; sequence numbers will not survive a restart",
                      path.string(), why);
    return in_memory();
  };
  if (path.empty()) return in_memory();

  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    const int error = errno;
    auto found = error == EROFS ? read(path, slots) : nullptr;
    auto ledger = unprotected(reason(error));
    if (found) ledger = std::unique_ptr<RtpLedger>(new RtpLedger(std::move(found)));
    if (error == EROFS) ledger->missing_file_ = path;
    return ledger;
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return base::failure(fmt::format("{}: in use by another process", path.string()));
  }
  struct stat facts {};
  ::fstat(fd, &facts);
  const auto bytes = static_cast<off_t>(Mapping::bytes_of(slots));
  const bool right_size = facts.st_size == bytes;
  if (const int error = reserve(fd, bytes); error != 0) {
    ::close(fd);
    return unprotected(reason(error));
  }

  auto mapping = std::make_unique<Mapping>(fd, slots);
  if (!mapping->mapped()) return unprotected(reason(errno));
  if (!right_size || !mapping->is_ours()) {
    if (facts.st_size > 0) {
      base::log_warning(base::LogSubject{base::LogArea::Media},
                        "RTP ledger {}: not one of this version, starting anew", path.string());
    }
    mapping->clear();
  }
  return std::unique_ptr<RtpLedger>(new RtpLedger(std::move(mapping)));
}

void RtpLedger::find_file() {
  if (missing_file_.empty()) return;
  const int fd = ::open(missing_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;
  const auto slots = static_cast<std::uint32_t>(mapping_->slots().size());
  const bool is_usable = ::flock(fd, LOCK_EX | LOCK_NB) == 0 &&
                         reserve(fd, static_cast<off_t>(Mapping::bytes_of(slots))) == 0;
  if (!is_usable) {
    ::close(fd);
    return;
  }
  auto mapping = std::make_unique<Mapping>(fd, slots);
  if (!mapping->mapped()) return;
  mapping->copy_from(*mapping_);
  mapping_ = std::move(mapping);
  missing_file_.clear();
  base::log_info(base::LogSubject{base::LogArea::Media},
                 "the RTP ledger is written again: sequence numbers survive a restart");
}

RtpLedger::RtpLedger(std::unique_ptr<Mapping> mapping) : mapping_(std::move(mapping)) {
  read_slots();
}

RtpLedger::~RtpLedger() = default;

void RtpLedger::read_slots() {
  const auto slots = mapping_->slots();
  for (auto index = static_cast<std::uint32_t>(slots.size()); index-- > 0;) {
    Slot& slot = slots[index];
    const bool whole = slot.leg != 0 && slot.sequence <= 0xffff && slot.port <= 0xffff;
    if (whole && slot_of_.emplace(base::LegId{slot.leg}, Entry{.slot = index}).second) {
      awaited_.insert(static_cast<std::uint16_t>(slot.port));
    } else {
      store<std::uint64_t>(slot.leg, 0);
      free_.push_back(index);
    }
  }
}

std::optional<RtpPosition> RtpLedger::take_over(base::LegId leg) {
  const auto found = slot_of_.find(leg);
  if (found == slot_of_.end()) return std::nullopt;
  make_living(found->second);
  const Slot& slot = mapping_->slots()[found->second.slot];
  return RtpPosition{.ssrc = slot.ssrc,
                     .sequence = static_cast<std::uint16_t>(slot.sequence),
                     .timestamp = slot.timestamp,
                     .at_ms = slot.at_ms,
                     .port = static_cast<std::uint16_t>(slot.port)};
}

// The leg is ours from now on; its port is then in use, not awaited.
void RtpLedger::make_living(Entry& entry) {
  if (std::exchange(entry.living, true)) return;
  const auto port = static_cast<std::uint16_t>(mapping_->slots()[entry.slot].port);
  if (const auto found = awaited_.find(port); found != awaited_.end()) awaited_.erase(found);
}

bool RtpLedger::write(base::LegId leg, const RtpPosition& position) {
  CHECK(leg);
  auto found = slot_of_.find(leg);
  if (found == slot_of_.end()) {
    const auto index = free_slot();
    if (!index) return false;
    found = slot_of_.emplace(leg, Entry{.slot = *index, .living = true}).first;
  }
  make_living(found->second);

  // The sequence number first: dying behind it costs one number, dying before it nothing. The leg
  // last, so that a slot is never believed before it is whole.
  Slot& slot = mapping_->slots()[found->second.slot];
  store(slot.ssrc, position.ssrc);
  store<std::uint32_t>(slot.sequence, position.sequence);
  store(slot.timestamp, position.timestamp);
  store(slot.at_ms, position.at_ms);
  store<std::uint32_t>(slot.port, position.port);
  store(slot.leg, leg.value);
  return true;
}

void RtpLedger::free(base::LegId leg) {
  const auto found = slot_of_.find(leg);
  if (found == slot_of_.end()) return;
  make_living(found->second);
  store<std::uint64_t>(mapping_->slots()[found->second.slot].leg, 0);
  free_.push_back(found->second.slot);
  slot_of_.erase(found);
}

std::optional<std::uint32_t> RtpLedger::free_slot() {
  if (free_.empty()) {
    const auto slots = mapping_->slots();
    const auto oldest =
        std::min_element(slot_of_.begin(), slot_of_.end(), [&](const auto& a, const auto& b) {
          if (a.second.living != b.second.living) return b.second.living;
          return slots[a.second.slot].at_ms < slots[b.second.slot].at_ms;
        });
    if (oldest == slot_of_.end() || oldest->second.living) return std::nullopt;
    free(base::LegId{oldest->first});
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  return index;
}

}  // namespace media
