#include "media/sound_opener.h"

#include <fmt/format.h>

#include <exception>
#include <utility>
#include <variant>

#include "media/file_source.h"
#include "media/sequence_source.h"
#include "media/silence_source.h"
#include "media/sound_file.h"
#include "media/sound_path.h"
#include "media/sound_reader.h"
#include "media/tone_source.h"

namespace media {
namespace {

// A folder that plays to its listeners and stays here when they are gone.
class HeardFolder : public SampleSource {
 public:
  explicit HeardFolder(std::shared_ptr<FolderSource> folder) : folder_(std::move(folder)) {}
  std::size_t read(std::span<std::int16_t> out) override { return folder_->read(out); }

 private:
  std::shared_ptr<FolderSource> folder_;
};

std::filesystem::path prefix_of(const SoundRequest& request) {
  const std::filesystem::path& usual = request.settings->sound_prefix;
  // operator/ leaves an absolute prefix as it is.
  return request.prefix.empty() ? usual : usual / request.prefix;
}

}  // namespace

base::Result<SoundOpener::Opened> SoundOpener::open(const SoundRequest& request) {
  if (const auto* tone = std::get_if<ToneSound>(&request.sound)) {
    return Opened{std::make_unique<ToneSource>(tone->script, request.ending)};
  }
  if (const auto* silence = std::get_if<SilenceSound>(&request.sound)) {
    return Opened{std::make_unique<SilenceSource>(
        request.ending == Ending::StartsOver ? std::nullopt : silence->samples)};
  }
  if (const auto* file = std::get_if<FileSound>(&request.sound)) {
    return open_file(file->name, request);
  }
  if (const auto* sequence = std::get_if<SequenceSound>(&request.sound)) {
    return open_sequence(*sequence, request);
  }
  return open_folder(std::get<LocalStreamSound>(request.sound), request);
}

base::Result<SoundOpener::Opened> SoundOpener::open_file(const std::string& name,
                                                         const SoundRequest& request) {
  auto path = find_sound(prefix_of(request), name);
  if (!path && !request.prefix.empty()) {
    // A leg's own voice need not know every prompt.
    if (auto usual = find_sound(request.settings->sound_prefix, name)) path = std::move(usual);
  }
  if (!path) return base::failure(path.error());
  try {
    auto opened = open_path(*path, request.ending);
    if (!opened) return base::failure(fmt::format("{}: {}", path->string(), opened.error()));
    return opened;
  } catch (const std::exception& failure) {
    // Out of memory, most likely: this sound is not played, the calls go on.
    return base::failure(fmt::format("{}: {}", path->string(), failure.what()));
  }
}

base::Result<SoundOpener::Opened> SoundOpener::open_path(const std::filesystem::path& path,
                                                         Ending ending) {
  if (auto clip = clips_.find(path)) {
    return Opened{std::make_unique<ClipSource>(std::move(clip), ending)};
  }
  auto reader = SoundReader::open(path);
  if (!reader) return base::failure(reader.error());
  if ((*reader)->samples_promised() <= kClipSamplesMax) {
    auto clip = read_sound_file(**reader, kClipSamplesMax);
    if (clip) {
      return Opened{std::make_unique<ClipSource>(clips_.keep(path, std::move(*clip)), ending)};
    }
    // One that is longer than it says is decoded while it plays, as others of its length.
    if (!(*reader)->has_read_any() || !(*reader)->rewind()) return base::failure(clip.error());
  }
  return Opened{std::make_unique<FileSource>(std::move(*reader), path.string(), ending), true};
}

base::Result<SoundOpener::Opened> SoundOpener::open_sequence(const SequenceSound& sound,
                                                             const SoundRequest& request) {
  SoundRequest part = request;
  part.ending = Ending::Stops;
  return Opened{
      std::make_unique<SequenceSource>(
          sound.parts, [this, part](const std::string& text) { return open_part(text, part); },
          request.ending),
      true};
}

base::Result<SoundOpener::Opened> SoundOpener::open_folder(const LocalStreamSound& sound,
                                                           const SoundRequest& request) {
  const call::LocalStream* stream = sound.naming == Naming::Entry
                                        ? find_entry(*request.settings, sound.name)
                                        : find_stream(*request.settings, sound.name);
  if (stream == nullptr) {
    return base::failure(fmt::format("local_stream://{}: there is no such stream", sound.name));
  }
  std::shared_ptr<FolderSource>& kept = folders_[stream->name];
  // Two who read the same would each get half of it.
  const bool is_free = kept && kept.use_count() == 1 && kept->settings() == *stream;
  if (!is_free) {
    SoundRequest part = request;
    part.ending = Ending::Stops;
    part.prefix.clear();
    kept = std::make_shared<FolderSource>(
        *stream, [this, part](const std::string& text) { return open_part(text, part); }, warn_,
        random_.next());
  }
  return Opened{std::make_unique<HeardFolder>(kept), true};
}

base::Result<SoundOpener::Source> SoundOpener::open_part(const std::string& text,
                                                         const SoundRequest& request) {
  auto sound = parse_sound(text);
  if (!sound) return base::failure(sound.error());
  SoundRequest part = request;
  part.sound = std::move(*sound);
  auto opened = open(part);
  if (!opened) return base::failure(opened.error());
  return std::move(opened->source);
}

}  // namespace media
