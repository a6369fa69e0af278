#include "media/sound_loader.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/thread_name.h"

namespace media {
namespace {

// What is decoded of one sound before the next one has its turn.
constexpr std::size_t kTurnSamples = Prefetch::kSamples / 4;
// How long all rings together may be left alone: far less than they hold.
constexpr std::chrono::milliseconds kRest{200};
// Without any, the wait has no purpose of its own; interrupt() ends it.
constexpr std::chrono::hours kIdle{1};

void warn(const std::string& line) {
  base::log_warning(base::LogSubject{.area = base::LogArea::Media}, "{}", line);
}

std::string name_of(const Sound& sound) {
  if (const auto* file = std::get_if<FileSound>(&sound)) return file->name;
  if (const auto* stream = std::get_if<LocalStreamSound>(&sound)) {
    return "local_stream://" + stream->name;
  }
  const auto* sequence = std::get_if<SequenceSound>(&sound);
  return sequence == nullptr ? std::string() : "file_string://" + sequence->parts.front() + "…";
}

}  // namespace

SoundLoader::SoundLoader(Answer answer, std::uint64_t random)
    : answer_(std::move(answer)),
      opener_(warn, random),
      requests_(kRequestsMax),
      thread_([this] { run(); }) {}

SoundLoader::~SoundLoader() {
  stopping_ = true;
  requests_.interrupt();
  thread_.join();
}

void SoundLoader::run() {
  base::name_this_thread("sounds");
  while (!stopping_) {
    const Fed fed = feed_all();
    auto until = std::chrono::steady_clock::now();
    if (fed != Fed::WantsMore) until += feeds_.empty() ? kIdle : kRest;
    for (const SoundRequest& request : requests_.take(until)) {
      if (stopping_) return;
      answer_({.number = request.number, .source = open(request)});
      // Those who hear something already are not kept waiting by many who ask.
      feed_all();
    }
  }
}

base::Result<std::unique_ptr<SampleSource>> SoundLoader::open(const SoundRequest& request) {
  auto opened = opener_.open(request);
  if (!opened) return base::failure(opened.error());
  if (!opened->blocks) return std::move(opened->source);
  if (feeds_.size() == kFeedsMax) {
    return base::failure(std::string("too many long sounds are being played"));
  }
  Feed made{.source = std::move(opened->source),
            .prefetch = std::make_shared<Prefetch>(),
            .name = name_of(request.sound)};
  const Fed fed = feed(made);
  const bool is_silent = made.prefetch->room() == Prefetch::kSamples;
  if (fed == Fed::Over && is_silent) {
    const std::string why = made.source->failure();
    return base::failure(why.empty() ? std::string("no sound in it") : why);
  }
  tell_failure(made);
  auto heard = std::make_unique<PrefetchedSource>(made.prefetch);
  if (fed != Fed::Over) feeds_.push_back(std::move(made));
  return heard;
}

SoundLoader::Fed SoundLoader::feed_all() {
  Fed all = Fed::Enough;
  for (Feed& one : feeds_) {
    // Nobody hears it any more.
    if (one.prefetch.use_count() == 1) {
      one.prefetch.reset();
      continue;
    }
    const Fed fed = feed(one);
    tell_failure(one);
    tell_if_late(one);
    if (fed == Fed::Over) one.prefetch.reset();
    if (fed == Fed::WantsMore) all = fed;
  }
  std::erase_if(feeds_, [](const Feed& one) { return one.prefetch == nullptr; });
  return all;
}

SoundLoader::Fed SoundLoader::feed(Feed& feed) {
  if (feed.prefetch->room() < kTurnSamples) return Fed::Enough;
  std::array<std::int16_t, kTurnSamples> samples{};
  std::size_t got = 0;
  try {
    got = feed.source->read(samples);
  } catch (const std::exception& failure) {
    // Out of memory, most likely: this sound ends, the calls go on.
    warn(failure.what());
  }
  feed.prefetch->write(std::span(samples).first(got));
  if (got == samples.size()) {
    return feed.prefetch->room() < kTurnSamples ? Fed::Enough : Fed::WantsMore;
  }
  feed.prefetch->finish();
  return Fed::Over;
}

void SoundLoader::tell_failure(Feed& feed) {
  std::string failure = feed.source->failure();
  if (failure == feed.told) return;
  warn(failure);
  feed.told = std::move(failure);
}

void SoundLoader::tell_if_late(Feed& feed) {
  if (feed.was_late || feed.prefetch->late() == 0) return;
  feed.was_late = true;
  warn(feed.name + ": its disk is too slow; there is silence in it");
}

}  // namespace media
