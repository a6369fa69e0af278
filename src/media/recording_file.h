// One file of a recording: 16-bit sound at 8 kHz, written as it comes. Blocks; the writer's thread
// only.
//
// The kind of file is told by its name: wav, flac, ogg, mp3, au, aiff, or raw G.711 and samples;
// anything else is wav. What is in a wav file can be read while it grows, and after the process
// died.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "call/recording_messages.h"

struct sf_private_tag;

namespace media {

class RecordingFile {
 public:
  // Which file it is, whatever its name.
  struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const Identity&) const = default;
  };
  // Makes the folders that are missing, and the file for its owner and group only. Links and what
  // is no file are refused, and so is a file that is being written: two recordings in one would be
  // noise.
  static base::Result<std::unique_ptr<RecordingFile>> open(const call::StartRecording& order,
                                                           std::span<const Identity> being_written);
  ~RecordingFile();
  RecordingFile(const RecordingFile&) = delete;
  RecordingFile& operator=(const RecordingFile&) = delete;

  int channels() const { return channels_; }
  const Identity& identity() const { return identity_; }
  // Of each channel, so far, by this order.
  std::int64_t samples() const { return samples_; }

  // Sound of both channels in turn. Returns: why not, when the disk is full; the file then holds
  // what came before.
  base::Result<void> write(std::span<const std::int16_t> sound);
  base::Result<void> write_silence(std::int64_t samples);

  // Takes the file away, unless it was there before.
  void discard();

 private:
  struct Close {
    void operator()(sf_private_tag* file) const;
  };
  RecordingFile() = default;

  std::unique_ptr<sf_private_tag, Close> file_;
  std::filesystem::path path_;
  Identity identity_;
  int channels_ = 1;
  std::int64_t samples_ = 0;
  std::int64_t header_at_ = 0;  // samples_ when the header was brought up to date.
  bool was_there_ = false;
  bool has_header_ = false;  // One that says how much there is.
};

}  // namespace media
