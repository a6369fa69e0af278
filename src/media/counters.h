// What the plane has done, for metrics: written by its threads, read by any.
#pragma once

#include <atomic>
#include <cstdint>

namespace media {

// One moment's values.
struct MediaFigures {
  std::uint64_t packets_in = 0;
  std::uint64_t packets_out = 0;
  // Dropped packets, by why.
  std::uint64_t dropped_malformed = 0;        // Not RTP, too short or too large.
  std::uint64_t dropped_unknown_payload = 0;  // A payload type that was not agreed.
  std::uint64_t dropped_stranger = 0;         // Not from the peer.
  std::uint64_t dropped_unwanted = 0;         // On hold, not connected, or later than its place.
  std::uint64_t dropped_unsent = 0;           // The kernel did not take it.
  // Payloads made of sound: one per stream and codec and frame, however many listen.
  std::uint64_t encoded_frames = 0;
  std::uint64_t decoded_frames = 0;      // Frames read from sounds: one per stream and frame.
  std::uint64_t late_ticks = 0;          // Frames that were sent late after a stall …
  std::uint64_t skipped_ticks = 0;       // … or not at all.
  std::uint64_t refused_orders = 0;      // The worker's inbox was full.
  std::uint64_t lost_reports = 0;        // Nobody took them in time.
  std::uint64_t unrecorded_samples = 0;  // A disk was too slow; silence stands in their place.
};

// The same, shared between threads. Values are independent of each other: no order is promised.
struct MediaCounters {
  using Counter = std::atomic<std::uint64_t>;
  Counter packets_in{0};
  Counter packets_out{0};
  Counter dropped_malformed{0};
  Counter dropped_unknown_payload{0};
  Counter dropped_stranger{0};
  Counter dropped_unwanted{0};
  Counter dropped_unsent{0};
  Counter encoded_frames{0};
  Counter decoded_frames{0};
  Counter late_ticks{0};
  Counter skipped_ticks{0};
  Counter refused_orders{0};
  Counter lost_reports{0};
  Counter unrecorded_samples{0};

  static void add(Counter& counter, std::uint64_t count = 1) {
    counter.fetch_add(count, std::memory_order_relaxed);
  }
  MediaFigures figures() const {
    const auto value = [](const Counter& c) { return c.load(std::memory_order_relaxed); };
    return {.packets_in = value(packets_in),
            .packets_out = value(packets_out),
            .dropped_malformed = value(dropped_malformed),
            .dropped_unknown_payload = value(dropped_unknown_payload),
            .dropped_stranger = value(dropped_stranger),
            .dropped_unwanted = value(dropped_unwanted),
            .dropped_unsent = value(dropped_unsent),
            .encoded_frames = value(encoded_frames),
            .decoded_frames = value(decoded_frames),
            .late_ticks = value(late_ticks),
            .skipped_ticks = value(skipped_ticks),
            .refused_orders = value(refused_orders),
            .lost_reports = value(lost_reports),
            .unrecorded_samples = value(unrecorded_samples)};
  }
};

}  // namespace media
