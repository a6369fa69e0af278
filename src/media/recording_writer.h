// Writes recordings to their files on a thread of its own, so that no packet waits for a disk.
//
// open(), write() and close() are for the worker's thread and never wait: when a disk hangs and
// too much sound waits, what comes is refused, and becomes silence of the same length later. How
// each recording ended is told by the writer's thread, once, when its file is complete.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <variant>
#include <vector>

#include "base/inbox.h"
#include "call/recording_messages.h"
#include "media/recording_file.h"

namespace media {

class RecordingWriter {
 public:
  // Waiting sound: half a minute of a hundred conversations.
  static constexpr std::size_t kWaitingBytesMax = std::size_t{48} * 1024 * 1024;

  using Ended = std::function<void(call::RecordingEnded)>;
  explicit RecordingWriter(Ended ended);
  // Writes what waits, and closes the files.
  ~RecordingWriter();
  RecordingWriter(const RecordingWriter&) = delete;
  RecordingWriter& operator=(const RecordingWriter&) = delete;

  // A file that cannot be made has ended at once.
  void open(const call::StartRecording& order);
  // Takes a complete file away.
  void remove(const call::RemoveRecording& order) { items_.put(order); }
  // Sound as the file has it (both channels in turn), behind so many samples of silence.
  struct Sound {
    call::RecordingId recording;
    std::int64_t silence = 0;
    std::vector<std::int16_t> samples;
  };
  // Returns: false when too much waits; nothing was taken.
  bool write(Sound sound);
  // Behind so many samples of silence.
  void close(call::RecordingId recording, call::RecordingEnded::How how, std::int64_t silence);

 private:
  // More items than sound can be: a few orders for each leg of a full port range.
  static constexpr std::size_t kItemsMax = 262'144;

  struct Closing {
    call::RecordingId recording;
    call::RecordingEnded::How how;
    std::int64_t silence = 0;
  };
  using Item = std::variant<call::StartRecording, Sound, Closing, call::RemoveRecording>;
  struct Open {
    call::StartRecording order;
    std::unique_ptr<RecordingFile> file;
  };

  void run();
  void carry_out(const call::StartRecording& order);
  void carry_out(const Sound& sound);
  void carry_out(const Closing& closing);
  static void carry_out(const call::RemoveRecording& order);
  void fail(call::RecordingId recording, const std::string& why);
  static std::size_t bytes_of(const Sound& sound) {
    return sound.samples.size() * sizeof(std::int16_t);
  }

  const Ended ended_;
  base::Inbox<Item> items_;
  std::atomic<std::size_t> waiting_bytes_{0};
  std::map<call::RecordingId, Open> open_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace media
