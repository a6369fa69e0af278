#include "media/key_tones.h"

#include <spandsp.h>

#include <algorithm>
#include <optional>
#include <span>

#include "base/check.h"

namespace media {
namespace {

struct Free {
  void operator()(dtmf_rx_state_t* state) const { ::dtmf_rx_free(state); }
};

// What is given to the detector at once.
constexpr std::size_t kPiece = 10 * kSamplesPerMs;
// The detector finds a key 25 ms after its beginning; it is believed when it goes on. Keys last
// 40 ms or more (ITU-T Q.24), and voices seldom sing two such tones for as long.
constexpr int kLastsPieces = 1;
// A key that ends and begins again within this time was interrupted on its way: people and
// machines make longer pauses.
constexpr int kPausePieces = 4;

}  // namespace

struct KeyTones::Detector {
  Detector() : state(::dtmf_rx_init(nullptr, nullptr, nullptr)) {
    CHECK(state != nullptr);  // Of memory only.
    ::dtmf_rx_set_realtime_callback(
        state.get(),
        [](void* self, int key, int /*level*/, int /*delay*/) {
          static_cast<Detector*>(self)->change(static_cast<char>(key));
        },
        this);
  }

  // The tones of this key begin; 0: they end.
  void change(char key) {
    if (key == 0) {
      ended = now;
    } else if (key != last || now - ended >= kPausePieces) {
      pending = Pending{key, now};
    }
    last = key != 0 ? key : last;
    sounds = key != 0;
  }

  std::optional<char> take(std::span<const std::int16_t> piece) {
    ::dtmf_rx(state.get(), piece.data(), static_cast<int>(piece.size()));
    ++now;
    if (!pending) return std::nullopt;
    const Pending key = *pending;
    if (!sounds) pending.reset();
    if (!sounds || now - key.since <= kLastsPieces) return std::nullopt;
    pending.reset();
    return key.key;
  }

  struct Pending {
    char key = 0;
    std::int64_t since = 0;
  };
  std::unique_ptr<dtmf_rx_state_t, Free> state;
  std::int64_t now = 0;  // In pieces.
  std::int64_t ended = -kPausePieces;
  char last = 0;
  bool sounds = false;
  std::optional<Pending> pending;
};

KeyTones::KeyTones(Tick now) : began_(now), tick_(now), detector_(std::make_unique<Detector>()) {}

KeyTones::~KeyTones() = default;

std::string KeyTones::advance(Tick now) {
  std::string keys;
  for (; tick_ < now; ++tick_) {
    Frame frame;
    said_.next(frame);
    for (std::size_t at = 0; at < frame.size(); at += kPiece) {
      if (const auto key = detector_->take(std::span(frame).subspan(at, kPiece))) keys += *key;
    }
  }
  return keys;
}

}  // namespace media
