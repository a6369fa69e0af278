#include "media/plane.h"

#include <random>
#include <utility>

#include "media/port_range.h"
#include "media/rtp_ledger.h"
#include "media/worker.h"

namespace media {

base::Result<std::unique_ptr<Plane>> Plane::start(PlaneOptions options, Report report) {
  const auto ports = PortRange::make(options.first_port, options.last_port);
  if (!ports) return base::failure(ports.error());
  auto ledger = RtpLedger::open(options.ledger);
  if (!ledger) return base::failure(ledger.error());

  // RFC 3550 §5.1 wants SSRC and first numbers that nobody can guess.
  std::random_device device;
  const std::uint64_t random = std::uint64_t{device()} << 32 | device();
  auto worker = Worker::start({.ledger = std::move(*ledger),
                               .ports = *ports,
                               .sounds = std::move(options.sounds),
                               .report = std::move(report),
                               .random = random,
                               .report_interval = options.report_interval});
  if (!worker) return base::failure(worker.error());
  return std::unique_ptr<Plane>(new Plane(std::move(*worker)));
}

Plane::Plane(std::unique_ptr<Worker> worker) : worker_(std::move(worker)) {}
Plane::~Plane() = default;

bool Plane::post(call::MediaOrder order) {
  return worker_->post(std::move(order));
}

void Plane::use(SoundSettings settings) {
  worker_->use(std::move(settings));
}

MediaFigures Plane::figures() const {
  return worker_->figures();
}

}  // namespace media
