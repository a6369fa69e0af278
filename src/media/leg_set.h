// The legs of one worker and what happens to them: orders, packets and the passing of frames.
//
// Knows sockets but neither waits for them nor reads a clock: the worker says what is readable,
// which tick it is and what time. Worker's thread only. Two legs of a bridge belong to one set.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/random.h"
#include "call/media_messages.h"
#include "media/counters.h"
#include "media/leg.h"
#include "media/port_range.h"
#include "media/recording_writer.h"
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
    RecordingWriter& recordings;
    // How often a leg reports by RTCP.
    std::chrono::milliseconds report_interval{5000};
  };
  // `random` begins the streams of new legs: unpredictable outside of tests.
  // Epoll's data of a leg's RTCP socket has this bit beside the leg's id.
  static constexpr std::uint64_t kRtcpBit = std::uint64_t{1} << 62;
  LegSet(const Surroundings& with, PortRange ports, std::uint64_t random);

  // The time of what follows. Ticks never go back.
  void set_time(TimePoint now, Tick tick);

  void apply(const call::MediaOrder& order);
  // Packets wait at this leg's socket.
  void receive(base::LegId leg);
  void receive_rtcp(base::LegId leg);
  // Sends the RTCP reports that are due.
  void send_reports();
  // Tells of legs whose peers have been silent for too long.
  void watch_silence();
  // Sends the present tick's frame to every leg that hears a sound.
  void play();
  // The writer has told the end of a recording.
  void recording_ended(call::RecordingEnded report);
  // All of them, up to now: the process ends.
  void end_recordings();

  std::size_t size() const { return legs_.size(); }

 private:
  // leg_set_orders.cc
  void carry_out(const call::OpenMedia& order);
  void carry_out(const call::ConnectMedia& order);
  void carry_out(const call::PlaySound& order);
  void carry_out(const call::StopSound& order);
  void carry_out(const call::SendDigit& order);
  void carry_out(const call::BridgeMedia& order);
  void carry_out(const call::UnbridgeMedia& order);
  void carry_out(const call::CloseMedia& order);
  void carry_out(const call::StartRecording& order);
  void carry_out(const call::StopRecording& order);
  void carry_out(const call::MaskRecording& order);
  void carry_out(const call::RemoveRecording& order);
  void carry_out(const call::StartEavesdropping& order);
  void carry_out(const call::StopEavesdropping& order);
  // The two ports of a leg.
  struct Sockets {
    UdpSocket rtp;
    std::optional<UdpSocket> rtcp;
  };
  base::Result<Sockets> bind(const call::OpenMedia& order, std::uint16_t& port);
  base::Result<Sockets> bind_any(const call::OpenMedia& order, std::uint16_t& port);
  bool watch(const Sockets& sockets, base::LegId leg) const;
  RtpCursor cursor_of(const call::OpenMedia& order);
  void separate(Leg& leg);
  static void press(Leg& leg, char digit);
  static void cut_into(Leg& leg, int packet_ms);
  void forget_transcoding(Leg& leg);
  Leg* find(base::LegId leg);

  // leg_set_packets.cc
  void take_packet(Leg& leg, std::span<std::uint8_t> datagram, const Endpoint& from);
  void take_digit(Leg& leg, const RtpPacket& packet, std::span<const std::uint8_t> payload);
  void tell_key_tones(Leg& leg);
  struct Incoming {
    RtpHeader header;
    std::optional<AudioCodec> codec;  // nullopt: a key.
    std::span<std::uint8_t> payload;  // With room for our header in front of it.
  };
  void arrange_transcoding(const Leg& from, AudioCodec codec);
  void relay(Leg& from, const Incoming& packet);
  void relay_as_it_is(Leg& to, const Incoming& packet);
  void relay_recut(Leg& to, const Incoming& packet);
  void send_now(Leg& leg, const RtpHeader& header, std::span<const std::uint8_t> payload);
  static void write_header(const Leg& to, RtpHeader header,
                           std::span<std::uint8_t, kRtpHeaderBytes> bytes);
  void flush(base::LegId to);

  // leg_set_recordings.cc
  void end_recordings_of(Leg& leg) const;
  void advance_recordings(Leg& leg) const;
  void note_sent(Leg& leg, const RtpHeader& header, std::span<const std::uint8_t> sound) const;

  // leg_set_eavesdropping.cc
  // Who speaks into what each leg hears.
  using Speakers = std::map<base::LegId, std::vector<base::LegId>>;
  void arrange_listening();
  Speakers find_speakers();
  void set_taps(const Speakers& speakers);
  void set_mixed(const Speakers& speakers);
  void advance_taps();
  void send_mixture(Leg& leg);
  void send_watched(Leg& leg);
  void mix_speakers(Frame& sound, const Leg& leg, base::LegId but);

  // leg_set_rtcp.cc
  void take_report(Leg& leg, const RtcpReport& report, const Endpoint& from);
  void send_report(Leg& leg);
  static call::MediaStatistics statistics_of(const Leg& leg);

  // leg_set_sounds.cc
  bool is_playing(Leg& leg);
  void play_to(Leg& leg);
  void send_key(Leg& leg, const KeySender::Packet& packet);
  static bool can_be_sent_to(Leg& leg);
  void send_frame(Leg& leg, std::span<const std::uint8_t> frame);
  void send_mixed(Leg& leg, const Frame& sound);
  void send_sound(Leg& leg, const RtpPlace& place, std::span<const std::uint8_t> payload);
  void record(const Leg& leg);

  const Surroundings with_;
  PortRange ports_;
  base::Random random_;
  TimePoint now_{};
  Tick tick_ = 0;
  const Tick report_ticks_;
  std::map<base::LegId, Leg> legs_;
  std::set<base::LegId> listeners_;
  std::set<base::LegId> tapped_;
  std::set<base::LegId> mixed_;
  std::set<base::LegId> transcoded_;
  ReceiveBatch received_;
  SendBatch relayed_;
};

}  // namespace media
