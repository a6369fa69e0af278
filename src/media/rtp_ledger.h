// The places of all legs in their RTP streams, in a memory-mapped file that outlives the process.
//
// A page written to a shared mapping belongs to the kernel, so SIGKILL loses none of it; nothing is
// ever flushed, and a power cut may lose it all: a caller does not outlive that either. One slot
// per leg: its SSRC, and the sequence number and timestamp it sent last. The next process takes
// over the slot of each leg that comes back and goes on behind it. Slots of legs that never come
// back stay until the free ones run out; then the one written longest ago is given away first.
//
// The file is a cache of facts, not a contract: missing, torn, foreign or of another version, it
// is replaced by an empty one with a warning, and without any file (no space, no right to write)
// the plane works on memory that does not survive. Used by one thread; a lock on the file keeps a
// second process out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "media/frame.h"

namespace media {

// A leg's place in what it sends: the last packet's numbers, and when it went.
struct RtpPosition {
  std::uint32_t ssrc = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::int64_t at_ms = 0;  // Of the monotonic clock, which a restart of the process leaves alone.
  std::uint16_t port = 0;  // The leg's own.

  bool operator==(const RtpPosition&) const = default;
};

class RtpLedger {
 public:
  // Twice the legs of the default port range, so that leftovers are not soon overwritten.
  static constexpr std::uint32_t kSlots = 16384;

  // An empty path: memory only. Fails only when another process holds the file.
  static base::Result<std::unique_ptr<RtpLedger>> open(const std::filesystem::path& path,
                                                       std::uint32_t slots = kSlots);
  ~RtpLedger();
  RtpLedger(const RtpLedger&) = delete;
  RtpLedger& operator=(const RtpLedger&) = delete;

  // What the former process wrote of a leg, and the leg is ours from now on; nullopt when it wrote
  // nothing.
  std::optional<RtpPosition> take_over(base::LegId leg);

  // Writes a leg's place, into the slot it has or a new one. Requires: the leg is not none.
  // Returns: false when every slot is in use by a living leg; the leg then goes on without.
  bool write(base::LegId leg, const RtpPosition& position);

  void free(base::LegId leg);

  // On a disk that was read-only at the start there was no file to write to: looks whether there
  // can be one now, and goes on in it. To be called now and then; costs nothing when there is a
  // file.
  void find_file();

  // Whether a leg of the former process, which may yet come back, had this port.
  bool awaits(std::uint16_t port) const { return awaited_.contains(port); }

  std::size_t legs() const { return slot_of_.size(); }

 private:
  struct Header;
  struct Slot;
  class Mapping;
  // Where a leg's slot is, and whether the leg lives in this process.
  struct Entry {
    std::uint32_t slot = 0;
    bool living = false;
  };

  explicit RtpLedger(std::unique_ptr<Mapping> mapping);
  static std::unique_ptr<Mapping> read(const std::filesystem::path& path, std::uint32_t slots);
  void read_slots();
  void make_living(Entry& entry);
  std::optional<std::uint32_t> free_slot();

  std::unique_ptr<Mapping> mapping_;
  std::filesystem::path missing_file_;  // Empty: nothing is missing.
  std::map<base::LegId, Entry> slot_of_;
  std::vector<std::uint32_t> free_;       // The next one last.
  std::multiset<std::uint16_t> awaited_;  // Ports of legs that do not live, or not yet.
};

}  // namespace media
