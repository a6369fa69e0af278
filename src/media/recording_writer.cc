#include "media/recording_writer.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "base/thread_name.h"
#include "media/frame.h"

namespace media {
namespace {

std::int64_t milliseconds_of(std::int64_t samples) {
  return samples / kSamplesPerMs;
}

}  // namespace

RecordingWriter::RecordingWriter(Ended ended)
    : ended_(std::move(ended)), items_(kItemsMax), thread_([this] { run(); }) {}

RecordingWriter::~RecordingWriter() {
  stopping_ = true;
  items_.interrupt();
  thread_.join();
}

void RecordingWriter::open(const call::StartRecording& order) {
  if (items_.put(order)) return;
  ended_({.leg = order.leg,
          .recording = order.recording,
          .how = call::RecordingEnded::How::Failed,
          .why = order.path + ": too many recordings wait for the disk"});
}

bool RecordingWriter::write(Sound sound) {
  const std::size_t bytes = bytes_of(sound);
  if (waiting_bytes_ + bytes > kWaitingBytesMax) return false;
  waiting_bytes_ += bytes;
  if (items_.put(std::move(sound))) return true;
  waiting_bytes_ -= bytes;
  return false;
}

void RecordingWriter::close(call::RecordingId recording, call::RecordingEnded::How how,
                            std::int64_t silence) {
  items_.put(Closing{recording, how, silence});
}

void RecordingWriter::run() {
  base::name_this_thread("recordings");
  // The wait has no purpose of its own; interrupt() ends it.
  constexpr std::chrono::hours kWait{1};
  while (true) {
    const bool is_last = stopping_;
    const auto items =
        is_last ? items_.take_now() : items_.take(std::chrono::steady_clock::now() + kWait);
    for (const Item& item : items) {
      std::visit([this](const auto& some) { this->carry_out(some); }, item);
    }
    if (is_last) return open_.clear();
  }
}

void RecordingWriter::carry_out(const call::StartRecording& order) {
  std::vector<RecordingFile::Identity> being_written;
  for (const auto& [recording, open] : open_) being_written.push_back(open.file->identity());
  std::string why;
  try {
    auto file = RecordingFile::open(order, being_written);
    if (file) {
      open_[order.recording] = Open{order, std::move(*file)};
      return;
    }
    why = file.error();
  } catch (const std::exception& failure) {
    // Names that the file system's library cannot bear: this recording is none, the calls go on.
    why = failure.what();
  }
  ended_({.leg = order.leg,
          .recording = order.recording,
          .how = call::RecordingEnded::How::Failed,
          .why = why});
}

void RecordingWriter::carry_out(const Sound& sound) {
  waiting_bytes_ -= bytes_of(sound);
  const auto found = open_.find(sound.recording);
  if (found == open_.end()) return;
  RecordingFile& file = *found->second.file;
  auto written = file.write_silence(sound.silence);
  if (written) written = file.write(sound.samples);
  if (!written) fail(sound.recording, written.error());
}

void RecordingWriter::carry_out(const Closing& closing) {
  const auto found = open_.find(closing.recording);
  if (found == open_.end()) return;
  const auto padded = found->second.file->write_silence(closing.silence);
  if (!padded) return fail(closing.recording, padded.error());
  Open open = std::move(found->second);
  open_.erase(found);
  call::RecordingEnded report{.leg = open.order.leg,
                              .recording = closing.recording,
                              .how = closing.how,
                              .milliseconds = milliseconds_of(open.file->samples())};
  if (report.milliseconds < open.order.milliseconds_min) {
    report.how = call::RecordingEnded::How::TooShort;
    open.file->discard();
  }
  // Told when the file is complete, so it is closed first.
  open.file.reset();
  ended_(std::move(report));
}

void RecordingWriter::carry_out(const call::RemoveRecording& order) {
  if (::unlink(order.path.c_str()) == 0 || errno == ENOENT) return;
  base::log_warning(base::LogSubject{base::LogArea::Media}, "{} cannot be removed: {}", order.path,
                    std::generic_category().message(errno));
}

// What the file holds by now stays.
void RecordingWriter::fail(call::RecordingId recording, const std::string& why) {
  const auto found = open_.find(recording);
  Open open = std::move(found->second);
  open_.erase(found);
  const std::int64_t milliseconds = milliseconds_of(open.file->samples());
  open.file.reset();
  ended_({.leg = open.order.leg,
          .recording = recording,
          .how = call::RecordingEnded::How::Failed,
          .why = why,
          .milliseconds = milliseconds});
}

}  // namespace media
