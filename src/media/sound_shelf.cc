#include "media/sound_shelf.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/log.h"
#include "media/silence_source.h"
#include "media/tone_source.h"

namespace media {
namespace {

// Names that a warning is kept for; a dialplan that makes up new ones gets no more.
constexpr std::size_t kUnknownMax = 1000;

}  // namespace

base::Result<SoundShelf::Stream> SoundShelf::stream_of(const Wanted& wanted) {
  forget_unheard();
  auto sound = parse_sound(wanted.text);
  if (!sound) return base::failure(sound.error());
  if (const auto* local = std::get_if<LocalStreamSound>(&*sound)) return local_stream(local->name);

  const bool is_shared = wanted.ending == Ending::StartsOver || is_endless(*sound);
  SoundRequest request{.sound = std::move(*sound),
                       .ending = is_shared ? Ending::StartsOver : Ending::Stops,
                       .prefix = wanted.prefix,
                       .settings = settings_};
  if (!is_shared) return make(std::move(request));

  const std::string key = wanted.text + '\n' + wanted.prefix.string();
  if (const auto found = shared_.find(key); found != shared_.end()) {
    // One that failed or whose file was bad is tried again: the file may be there by now.
    auto stream = found->second.lock();
    if (stream && stream->state() != SoundStream::State::Failed) return stream;
  }
  auto stream = make(std::move(request));
  if (stream) shared_[key] = *stream;
  return stream;
}

base::Result<SoundShelf::Stream> SoundShelf::local_stream(const std::string& name) {
  const call::LocalStream* entry = find_stream(*settings_, name);
  if (entry == nullptr) {
    if (unknown_.size() < kUnknownMax && unknown_.insert(name).second) {
      base::log_warning(base::LogSubject{.area = base::LogArea::Media},
                        "local_stream://{}: local_stream.conf has no such stream and no default; "
                        "silence",
                        name);
    }
    return silence();
  }
  if (const auto found = local_streams_.find(entry->name); found != local_streams_.end()) {
    if (auto stream = found->second.stream.lock()) return stream;
  }
  auto stream =
      make({.sound = LocalStreamSound{entry->name, Naming::Entry}, .settings = settings_});
  if (stream) local_streams_[entry->name] = {.stream = *stream, .settings = *entry};
  return stream;
}

base::Result<SoundShelf::Stream> SoundShelf::make(SoundRequest request) {
  auto stream = std::make_shared<SoundStream>(counters_);
  if (auto* tone = std::get_if<ToneSound>(&request.sound)) {
    stream->begin(std::make_unique<ToneSource>(std::move(tone->script), request.ending));
  } else if (const auto* silence = std::get_if<SilenceSound>(&request.sound)) {
    const bool endless = request.ending == Ending::StartsOver;
    stream->begin(std::make_unique<SilenceSource>(endless ? std::nullopt : silence->samples));
  } else if (!ask(stream, std::move(request))) {
    return base::failure(std::string("too many sounds are being opened"));
  }
  return stream;
}

bool SoundShelf::ask(const Stream& stream, SoundRequest request) {
  // Never more answers outstanding than the worker's inbox for them holds.
  if (waiting_.size() >= SoundLoader::kRequestsMax) return false;
  request.number = ++last_request_;
  if (!load_(std::move(request))) return false;
  waiting_[last_request_] = stream;
  return true;
}

SoundShelf::Stream SoundShelf::silence() {
  auto stream = std::make_shared<SoundStream>(counters_);
  stream->begin(std::make_unique<SilenceSource>(std::nullopt));
  return stream;
}

void SoundShelf::loaded(SoundAnswer answer) {
  const auto found = waiting_.find(answer.number);
  if (found == waiting_.end()) return;
  const auto stream = found->second.lock();
  waiting_.erase(found);
  if (!stream) return;
  const bool is_new = stream->state() == SoundStream::State::Loading;
  if (answer.source && is_new) {
    stream->begin(std::move(*answer.source));
  } else if (answer.source && stream->state() == SoundStream::State::Playing) {
    stream->change(std::move(*answer.source));
  } else if (is_new) {
    stream->fail(std::move(answer.source.error()));
  }
}

void SoundShelf::use(SoundSettings settings) {
  settings_ = std::make_shared<const SoundSettings>(std::move(settings));
  unknown_.clear();
  forget_unheard();
  for (auto& [name, heard] : local_streams_) change(name, heard);
}

// An entry that is gone becomes what its listeners would hear now.
void SoundShelf::change(const std::string& name, Heard& heard) {
  const auto stream = heard.stream.lock();
  const call::LocalStream* entry = find_entry(*settings_, name);
  if (entry == nullptr) entry = find_stream(*settings_, name.substr(0, name.rfind('/')));
  if (!stream || (entry != nullptr && *entry == heard.settings)) return;
  if (entry == nullptr) {
    if (stream->state() == SoundStream::State::Playing) {
      stream->change(std::make_unique<SilenceSource>(std::nullopt));
    }
    base::log_warning(base::LogSubject{.area = base::LogArea::Media},
                      "local stream {} is gone from local_stream.conf; its listeners hear silence",
                      name);
    heard.settings = {};
    return;
  }
  heard.settings = *entry;
  ask(stream, {.sound = LocalStreamSound{entry->name, Naming::Entry}, .settings = settings_});
}

std::size_t SoundShelf::shared_streams() const {
  const auto heard = [](const auto& entry) { return !entry.second.expired(); };
  const auto local = [](const auto& entry) { return !entry.second.stream.expired(); };
  return static_cast<std::size_t>(
      std::count_if(shared_.begin(), shared_.end(), heard) +
      std::count_if(local_streams_.begin(), local_streams_.end(), local));
}

void SoundShelf::forget_unheard() {
  std::erase_if(shared_, [](const auto& entry) { return entry.second.expired(); });
  std::erase_if(local_streams_, [](const auto& entry) { return entry.second.stream.expired(); });
}

}  // namespace media
