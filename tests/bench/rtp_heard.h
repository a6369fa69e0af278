// What one RTP port heard since it was opened: how many streams, whether their numbers went on, who
// spoke last. For proofs that sound goes on over the death of a server; delays are measured
// elsewhere (rtp_probe.cc).
#pragma once

#include <algorithm>
#include <cstdint>

class Heard {
 public:
  // A packet came. `speaker`: the port whose sound it is, 0: music.
  void note(std::uint32_t ssrc, std::uint16_t sequence, std::uint16_t speaker, std::int64_t at) {
    if (packets_ == 0 || ssrc != ssrc_) {
      ++streams_;
    } else {
      const auto step = static_cast<std::int16_t>(sequence - sequence_);
      if (step <= 0) ++backwards_;
      largest_step_ = std::max<int>(largest_step_, step);
    }
    if (marked_at_ != 0 && first_after_mark_ == 0 && at >= marked_at_) first_after_mark_ = at;
    ssrc_ = ssrc;
    sequence_ = sequence;
    speaker_ = speaker;
    ++packets_;
  }

  // From now on the first packet is waited for.
  void mark(std::int64_t at) {
    marked_at_ = at;
    first_after_mark_ = 0;
  }

  std::uint64_t packets() const { return packets_; }
  int streams() const { return streams_; }
  // Packets whose number was not above the one before.
  int backwards() const { return backwards_; }
  // The most by which a number was above the one before: 1 when none was left out.
  int largest_step() const { return largest_step_; }
  std::uint16_t speaker() const { return speaker_; }
  // Nanoseconds from the mark to the first packet behind it; -1: none came.
  std::int64_t silence() const {
    return first_after_mark_ == 0 ? -1 : first_after_mark_ - marked_at_;
  }

 private:
  std::uint64_t packets_ = 0;
  std::uint32_t ssrc_ = 0;
  std::uint16_t sequence_ = 0;
  std::uint16_t speaker_ = 0;
  int streams_ = 0;
  int backwards_ = 0;
  int largest_step_ = 0;
  std::int64_t marked_at_ = 0;
  std::int64_t first_after_mark_ = 0;
};
