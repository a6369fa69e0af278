// The legs of one worker and what happens to them: orders, packets and the passing of frames.
//
// Knows sockets but neither waits for them nor reads a clock: the worker says what is readable,
// which tick it is and what time. Worker's thread only. Two legs of a bridge belong to one set.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/ids.h"
#include "base/random.h"
#include "call/media_messages.h"
#include "media/counters.h"
#include "media/leg.h"
#include "media/port_range.h"
#include "media/reports.h"
#include "media/rtp_ledger.h"
#include "media/sound_shelf.h"

namespace media {

class LegSet {
 public:
  // What the set works with; outlives it.
  struct Surroundings {
    int epoll_fd = -1;  // Where sockets are registered, with the leg's id as data.
    RtpLedger& ledger;
    SoundShelf& sounds;
    Reports& reports;
    MediaCounters& counters;
  };
  // `random` begins the streams of new legs: unpredictable outside of tests.
  LegSet(const Surroundings& with, PortRange ports, std::uint64_t random);

  // The time of what follows. Ticks never go back.
  void set_time(TimePoint now, Tick tick);

  void apply(const call::MediaOrder& order);
  // Packets wait at this leg's socket.
  void receive(base::LegId leg);
  // Sends the present tick's frame to every leg that hears a sound.
  void play();

  std::size_t size() const { return legs_.size(); }

 private:
  // leg_set_orders.cc
  void carry_out(const call::OpenMedia& order);
  void carry_out(const call::ConnectMedia& order);
  void carry_out(const call::PlaySound& order);
  void carry_out(const call::StopSound& order);
  void carry_out(const call::BridgeMedia& order);
  void carry_out(const call::UnbridgeMedia& order);
  void carry_out(const call::CloseMedia& order);
  base::Result<UdpSocket> bind(const call::OpenMedia& order, std::uint16_t& port);
  base::Result<UdpSocket> bind_any(const std::string& address, std::uint16_t& port);
  RtpCursor cursor_of(const call::OpenMedia& order);
  void separate(Leg& leg);
  Leg* find(base::LegId leg);

  // leg_set_packets.cc
  void take_packet(Leg& leg, std::span<std::uint8_t> datagram, const Endpoint& from);
  void take_digit(Leg& leg, const RtpPacket& packet, std::span<const std::uint8_t> payload);
  void relay(Leg& from, const RtpPacket& packet, std::span<std::uint8_t> datagram);
  void flush(base::LegId to);

  // leg_set_sounds.cc
  void play_to(Leg& leg);
  void send_frame(Leg& leg, SoundStream& stream);
  void record(const Leg& leg);

  const Surroundings with_;
  PortRange ports_;
  base::Random random_;
  TimePoint now_{};
  Tick tick_ = 0;
  std::map<base::LegId, Leg> legs_;
  ReceiveBatch received_;
  SendBatch relayed_;
};

}  // namespace media
