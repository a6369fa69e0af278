// The unit of sound in this folder: 20 ms of mono at 8 kHz, the one packet length we send.
//
// G.711 over RTP counts timestamps in samples at 8 kHz (RFC 3551 §4.5.14), so one frame advances a
// stream's timestamp by kFrameSamples.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace media {

inline constexpr int kSampleRate = 8000;
inline constexpr std::chrono::milliseconds kFrameLength{20};
inline constexpr std::size_t kFrameSamples = 160;
inline constexpr int kSamplesPerMs = kSampleRate / 1000;

using Frame = std::array<std::int16_t, kFrameSamples>;

// Monotonic time. Only the worker reads the clock; everything else is told what time it is.
using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

// How many frame lengths have passed since the worker started. Frames that a stall made us skip
// are counted too, so a difference of ticks is a difference of time.
using Tick = std::uint64_t;

}  // namespace media
