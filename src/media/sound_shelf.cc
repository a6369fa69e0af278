#include "media/sound_shelf.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "media/silence_source.h"
#include "media/tone_source.h"

namespace media {

base::Result<std::shared_ptr<SoundStream>> SoundShelf::stream_of(const std::string& text,
                                                                 Ending ending) {
  forget_unheard();
  auto sound = parse_sound(text);
  if (!sound) return base::failure(sound.error());
  if (ending == Ending::Stops && !is_endless(*sound)) return make(std::move(*sound), ending);

  if (const auto found = shared_.find(text); found != shared_.end()) {
    // One that failed or whose file was bad is tried again: the file may be there by now.
    auto stream = found->second.lock();
    if (stream && stream->state() != SoundStream::State::Failed) return stream;
  }
  auto stream = make(std::move(*sound), Ending::StartsOver);
  if (stream) shared_[text] = *stream;
  return stream;
}

base::Result<std::shared_ptr<SoundStream>> SoundShelf::make(Sound sound, Ending ending) {
  auto stream = std::make_shared<SoundStream>(counters_);
  if (auto* tone = std::get_if<ToneSound>(&sound)) {
    stream->begin(std::make_unique<ToneSource>(std::move(tone->script), ending));
  } else if (const auto* silence = std::get_if<SilenceSound>(&sound)) {
    const bool endless = ending == Ending::StartsOver;
    stream->begin(std::make_unique<SilenceSource>(endless ? std::nullopt : silence->samples));
  } else {
    const std::string& name = std::get<FileSound>(sound).name;
    // Never more answers outstanding than the worker's inbox for them holds.
    const bool room = waiting_.size() < ClipLoader::kRequestsMax;
    if (!room || !load_({.number = ++last_request_, .name = name})) {
      return base::failure(fmt::format("{}: too many files are being opened", name));
    }
    waiting_[last_request_] = Waiting{.stream = stream, .ending = ending};
  }
  return stream;
}

void SoundShelf::loaded(ClipAnswer answer) {
  const auto found = waiting_.find(answer.number);
  if (found == waiting_.end()) return;
  const Waiting waiting = std::move(found->second);
  waiting_.erase(found);
  const auto stream = waiting.stream.lock();
  if (!stream) return;
  if (answer.clip) {
    stream->begin(std::make_unique<ClipSource>(std::move(*answer.clip), waiting.ending));
  } else {
    stream->fail(std::move(answer.clip.error()));
  }
}

std::size_t SoundShelf::shared_streams() const {
  return static_cast<std::size_t>(std::count_if(
      shared_.begin(), shared_.end(), [](const auto& entry) { return !entry.second.expired(); }));
}

void SoundShelf::forget_unheard() {
  std::erase_if(shared_, [](const auto& entry) { return entry.second.expired(); });
}

}  // namespace media
