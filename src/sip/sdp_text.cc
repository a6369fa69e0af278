#include "sip/sdp_text.h"

#include <fmt/format.h>
#include <sofia-sip/sdp.h>

#include <memory>
#include <optional>

#include "base/text.h"
#include "sip/library.h"
#include "sip/limits.h"
#include "sip/sdp_screen.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

struct ParserRelease {
  void operator()(sdp_parser_t* parser) const { sdp_parser_free(parser); }
};
using ParserPtr = std::unique_ptr<sdp_parser_t, ParserRelease>;

tl::unexpected<SdpProblem> problem(int status, std::string why) {
  return base::failure(SdpProblem{status, std::move(why)});
}

bool is_plain_audio(const sdp_media_t& line) {
  return line.m_type == sdp_media_audio && line.m_proto == sdp_proto_rtp;
}

// "video RTP/AVP 96 97": enough to refuse the line in the answer.
std::string line_text(const sdp_media_t& line) {
  std::string text = plain(line.m_type_name) + " " + plain(line.m_proto_name);
  const std::size_t bare = text.size();
  for (const sdp_rtpmap_t* map = line.m_rtpmaps; map != nullptr; map = map->rm_next) {
    text += " " + std::to_string(map->rm_pt);
  }
  for (const sdp_list_t* format = line.m_format; format != nullptr; format = format->l_next) {
    const std::string word = plain(format->l_text);
    if (!word.empty()) text += " " + word;
  }
  if (text.size() == bare) text += " 0";  // fmt is not optional, RFC 4566 §5.14
  return one_line(text);
}

std::vector<call::Codec> codecs_of(const sdp_media_t& line) {
  std::vector<call::Codec> codecs;
  for (const sdp_rtpmap_t* map = line.m_rtpmaps; map != nullptr; map = map->rm_next) {
    // A dynamic number without a=rtpmap says nothing.
    if (map->rm_encoding == nullptr || *map->rm_encoding == '\0') continue;
    if (codecs.size() == kCodecsMax) break;
    codecs.push_back({.payload_type = static_cast<int>(map->rm_pt),
                      .name = one_line(map->rm_encoding),
                      .clock_rate = static_cast<int>(std::min(map->rm_rate, 1'000'000UL)),
                      .parameters = one_line(plain(map->rm_fmtp))});
  }
  return codecs;
}

call::MediaDirection direction_of(const sdp_media_t& line) {
  switch (line.m_mode) {
    case sdp_sendonly:
      return call::MediaDirection::SendOnly;
    case sdp_recvonly:
      return call::MediaDirection::ReceiveOnly;
    case sdp_inactive:
      return call::MediaDirection::Inactive;
    default:
      return call::MediaDirection::SendReceive;
  }
}

// The milliseconds of an attribute; nullopt when it is missing or says nothing that is a time.
std::optional<int> milliseconds_of(const sdp_media_t& line, const char* name) {
  constexpr int kLongest = 1000;
  const sdp_attribute_t* attribute = sdp_attribute_find(line.m_attributes, name);
  if (attribute == nullptr) return std::nullopt;
  const auto value = base::parse_integer(base::trim(plain(attribute->a_value)));
  if (!value || *value <= 0 || *value > kLongest) return std::nullopt;
  return static_cast<int>(*value);
}

int packet_ms_of(const sdp_media_t& line) {
  constexpr int kDefault = 20;  // RFC 3551 §4.2
  const int value = milliseconds_of(line, "ptime").value_or(kDefault);
  return value >= 10 && value <= 60 ? value : kDefault;
}

base::Result<call::MediaDescription, SdpProblem> audio_of(const sdp_media_t& line) {
  call::MediaDescription media;
  const sdp_connection_t* connection = sdp_media_connections(&line);
  if (line.m_port != 0) {
    if (connection == nullptr) return problem(400, "no c= for the audio line");
    media.address = plain(connection->c_address);
    if (!is_ip_literal(media.address)) return problem(488, "c= is not an IP literal");
    if (line.m_port > 65535) return problem(400, "port of the audio line");
  }
  media.port = static_cast<std::uint16_t>(line.m_port);
  media.codecs = codecs_of(line);
  media.direction = direction_of(line);
  media.packet_ms = packet_ms_of(line);
  media.packet_ms_max = milliseconds_of(line, "maxptime").value_or(0);
  return media;
}

std::string_view direction_text(call::MediaDirection direction) {
  switch (direction) {
    case call::MediaDirection::SendReceive:
      return "sendrecv";
    case call::MediaDirection::SendOnly:
      return "sendonly";
    case call::MediaDirection::ReceiveOnly:
      return "recvonly";
    case call::MediaDirection::Inactive:
      return "inactive";
  }
  return "sendrecv";
}

// RFC 7587 §7: Opus is always said to have two channels.
std::string_view channels_text(const call::Codec& codec) {
  return base::equal_ignoring_case(codec.name, "opus") ? "/2" : "";
}

std::string audio_text(const call::MediaDescription& media) {
  std::string formats;
  std::string attributes;
  for (const call::Codec& codec : media.codecs) {
    formats += fmt::format(" {}", codec.payload_type);
    attributes += fmt::format("a=rtpmap:{} {}/{}{}\r\n", codec.payload_type, one_line(codec.name),
                              codec.clock_rate, channels_text(codec));
    if (codec.parameters.empty()) continue;
    attributes += fmt::format("a=fmtp:{} {}\r\n", codec.payload_type, one_line(codec.parameters));
  }
  if (formats.empty()) formats = " 0";
  std::string text = fmt::format("m=audio {} RTP/AVP{}\r\n", media.port, formats);
  if (media.port == 0) return text;
  text += attributes + fmt::format("a=ptime:{}\r\n", media.packet_ms);
  if (media.packet_ms_max > 0) text += fmt::format("a=maxptime:{}\r\n", media.packet_ms_max);
  return text + fmt::format("a={}\r\n", direction_text(media.direction));
}

// "video RTP/AVP 96" → "m=video 0 RTP/AVP 96".
std::string refused_text(const std::string& line) {
  const std::size_t space = line.find(' ');
  if (space == std::string::npos) return {};
  return one_line("m=" + line.substr(0, space) + " 0" + line.substr(space)) + "\r\n";
}

}  // namespace

base::Result<ParsedSdp, SdpProblem> parse_sdp(std::string_view text) {
  const auto screened = screened_sdp(text);
  if (!screened) return problem(400, screened.error());
  const HomePtr home = make_home();
  // c=0.0.0.0 is the old way to hold (RFC 3264 §8.4).
  const ParserPtr parser(sdp_parse(home.get(), screened->data(),
                                   static_cast<issize_t>(screened->size()),
                                   sdp_f_mode_0000 | sdp_f_c_missing | sdp_f_anynet));
  const sdp_session_t* session = sdp_session(parser.get());
  if (session == nullptr) return problem(400, one_line(plain(sdp_parsing_error(parser.get()))));

  ParsedSdp parsed;
  bool found = false;
  for (const sdp_media_t* line = session->sdp_media; line != nullptr; line = line->m_next) {
    if (!found && is_plain_audio(*line)) {
      auto audio = audio_of(*line);
      if (!audio) return base::failure(audio.error());
      found = true;
      parsed.audio_line = parsed.media.other_lines.size();
      audio->other_lines = std::move(parsed.media.other_lines);
      parsed.media = std::move(*audio);
      continue;
    }
    if (parsed.media.other_lines.size() == kOtherLinesMax) {
      return problem(488, "too many media lines");
    }
    parsed.media.other_lines.push_back(line_text(*line));
  }
  if (session->sdp_origin != nullptr) {
    parsed.media.session_id = session->sdp_origin->o_id;
    parsed.media.session_version = session->sdp_origin->o_version;
  }
  return parsed;
}

std::string print_sdp(const call::MediaDescription& media, std::size_t audio_line) {
  const bool v6 = media.address.find(':') != std::string::npos;
  const std::string at = fmt::format("IN {} {}", v6 ? "IP6" : "IP4",
                                     media.address.empty() ? "0.0.0.0" : one_line(media.address));
  std::string text = fmt::format("v=0\r\no=- {} {} {}\r\ns=-\r\nc={}\r\nt=0 0\r\n",
                                 media.session_id, media.session_version, at, at);
  for (std::size_t i = 0; i < media.other_lines.size(); ++i) {
    if (i == audio_line) text += audio_text(media);
    text += refused_text(media.other_lines[i]);
  }
  if (audio_line >= media.other_lines.size()) text += audio_text(media);
  return text;
}

}  // namespace sip
