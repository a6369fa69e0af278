// Remembers over the death of the process which record a recovery was reading, so that a record
// that kills the server cannot do so for ever.
//
//   a recovery dies twice at one record      the record is set aside: not applied any more
//   it dies again, or all over the place     the state is given up (Verdict::GiveUp)
//
// A small file, written before every record. It is a cache of facts: missing, torn or foreign, it
// is begun anew. Used by one thread.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/result.h"

namespace app {

class RecoveryMarker {
 public:
  // Stands for all that is done between the last record and the first call that is taken.
  static constexpr std::uint64_t kStarting = ~std::uint64_t{0};
  // Deaths at this many different places are no single record's fault.
  static constexpr std::uint64_t kDeathsMax = 4;
  static constexpr std::size_t kSetAsideMax = 8;

  static base::Result<RecoveryMarker> open(const std::filesystem::path& path);
  RecoveryMarker(RecoveryMarker&& other) noexcept;
  RecoveryMarker& operator=(RecoveryMarker&&) = delete;
  ~RecoveryMarker();

  enum class Verdict { Replay, GiveUp };
  // Once, before the first record: what follows from the deaths so far. Records up to `snapshot`
  // are read no more and may be forgotten.
  Verdict judge(std::uint64_t snapshot);

  // About to apply this record, or kStarting. Returns: false when it has been set aside.
  bool may_apply(std::uint64_t number);
  // Recovered, or ended in good order: earlier deaths count no more.
  void finished();

  // Where the recovery before this one died; 0: it did not.
  std::uint64_t died_at() const { return facts_.died_at; }
  std::vector<std::uint64_t> set_aside() const;

 private:
  // As in the file, in this machine's byte order: it never leaves the machine.
  struct Facts {
    std::uint64_t magic = 0;
    std::uint64_t reading = 0;  // 0: no recovery is under way.
    std::uint64_t died_at = 0;
    std::uint64_t deaths_there = 0;
    std::uint64_t deaths = 0;
    std::uint64_t has_tried_without = 0;  // Since the last recovery that succeeded.
    std::array<std::uint64_t, kSetAsideMax> set_aside{};
  };

  explicit RecoveryMarker(int descriptor) : descriptor_(descriptor) {}
  Verdict verdict();
  void write();

  int descriptor_;
  Facts facts_;
};

}  // namespace app
