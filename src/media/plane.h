// The RTP plane: opens ports, plays sounds to legs, relays between bridged legs, hears keys.
//
// The only header of this folder that others include. Orders and reports are those of
// call/media_messages.h. All work is done on threads of its own; post() and figures() are for any
// thread, and the report function is called on the plane's.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "call/media_messages.h"
#include "media/counters.h"
#include "media/sound_settings.h"

namespace media {

class Worker;

struct PlaneOptions {
  // Ports for RTP, both ends included; only even ones are used.
  std::uint16_t first_port = 16384;
  std::uint16_t last_port = 32768;
  // The mapped file of RTP counters (rtp_ledger.h); empty: they do not survive the process.
  std::filesystem::path ledger = {};
  SoundSettings sounds = {};
  // How often a leg reports by RTCP; RFC 3550 §6.2 knows no shorter usual one.
  std::chrono::milliseconds report_interval{5000};
};

class Plane {
 public:
  // Takes a report; false when there is no room for it now. It is then offered again.
  using Report = std::function<bool(call::MediaReport)>;

  // Returns: why not, when the range holds no port or another process has the ledger.
  static base::Result<std::unique_ptr<Plane>> start(PlaneOptions options, Report report);
  // Stops at once. No report comes afterwards, and legs keep their place in the ledger for the
  // next process.
  ~Plane();
  Plane(const Plane&) = delete;
  Plane& operator=(const Plane&) = delete;

  // Orders of one thread are carried out in their order. Returns: false when so many orders wait
  // that this one was refused; it is lost, and counted.
  bool post(call::MediaOrder order);

  // By what sounds are found from now on; listeners of local streams hear those that changed.
  void use(SoundSettings settings);

  MediaFigures figures() const;
  // Payloads made of sound so far: does not grow with the number of listeners.
  std::uint64_t encoded_frames() const { return figures().encoded_frames; }

 private:
  explicit Plane(std::unique_ptr<Worker> worker);

  std::unique_ptr<Worker> worker_;
};

}  // namespace media
