#include "call/sound_line.h"

#include <iterator>
#include <utility>

#include "call/sounds.h"

namespace call {
namespace {

void play_next(Turn& turn, Leg& leg, SoundLine& line) {
  line.playback = {};
  if (line.waiting.empty()) return;
  const std::string sound = std::move(line.waiting.front());
  line.waiting.erase(line.waiting.begin());
  line.playback = play_sound(turn, leg, sound, Repeat::Once);
}

std::string digit_file(std::int64_t number) {
  return "digits/" + std::to_string(number) + ".wav";
}

void append(Sounds& sounds, Sounds more) {
  sounds.insert(sounds.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

void say_below_thousand(Sounds& sounds, std::int64_t number) {
  if (number >= 100) {
    sounds.push_back(digit_file(number / 100));
    sounds.emplace_back("digits/hundred.wav");
    number %= 100;
    if (number == 0) return;
  }
  if (number > 20 && number % 10 != 0) {
    sounds.push_back(digit_file(number / 10 * 10));
    number %= 10;
  }
  sounds.push_back(digit_file(number));
}

}  // namespace

void play_line(Turn& turn, Leg& leg, SoundLine& line, Sounds sounds) {
  stop_line(turn, leg, line);
  line.waiting = std::move(sounds);
  play_next(turn, leg, line);
}

bool line_goes_on(Turn& turn, Leg& leg, SoundLine& line, base::PlaybackId ended) {
  if (line_is_over(line) || line.playback != ended) return false;
  play_next(turn, leg, line);
  return true;
}

void stop_line(Turn& turn, Leg& leg, SoundLine& line) {
  line.waiting.clear();
  if (line_is_over(line)) return;
  line.playback = {};
  stop_sound(turn, leg);
}

SoundLine* line_of(Leg& leg) {
  auto& running = leg.execution.running;
  if (auto* leaving = std::get_if<LeavingMessage>(&running)) return &leaving->line;
  if (auto* checking = std::get_if<CheckingMailbox>(&running)) return &checking->line;
  return nullptr;
}

Sounds spoken_number(std::int64_t number) {
  Sounds sounds;
  if (number >= 1000) {
    say_below_thousand(sounds, number / 1000 % 1000);
    sounds.emplace_back("digits/thousand.wav");
    number %= 1000;
    if (number == 0) return sounds;
  }
  say_below_thousand(sounds, number);
  return sounds;
}

Sounds spoken_digits(std::string_view text) {
  Sounds sounds;
  for (const char c : text) {
    if (c >= '0' && c <= '9') sounds.push_back(digit_file(c - '0'));
  }
  return sounds;
}

std::string spoken_key(std::string_view key) {
  if (key == "#") return "digits/pound.wav";
  if (key == "*") return "digits/star.wav";
  return "digits/" + std::string(key) + ".wav";
}

Sounds spoken_time(const dialplan::LocalTime& time, const dialplan::LocalTime& now) {
  Sounds sounds;
  const bool same_year = time.year == now.year;
  if (same_year && time.yday == now.yday) {
    sounds.emplace_back("time/today.wav");
  } else if (same_year && time.yday + 1 == now.yday) {
    sounds.emplace_back("time/yesterday.wav");
  } else {
    // Days of the week are numbered from Sunday, months from January, both from 0.
    sounds.push_back("time/day-" + std::to_string(time.wday - 1) + ".wav");
    sounds.push_back("time/mon-" + std::to_string(time.mon - 1) + ".wav");
    append(sounds, {"digits/h-" + std::to_string(time.mday) + ".wav"});
  }
  sounds.emplace_back("time/at.wav");
  append(sounds, spoken_number(time.hour % 12 == 0 ? 12 : time.hour % 12));
  if (time.minute == 0) {
    sounds.emplace_back("time/oclock.wav");
  } else {
    if (time.minute < 10) sounds.emplace_back("time/oh.wav");
    append(sounds, spoken_number(time.minute));
  }
  sounds.emplace_back(time.hour < 12 ? "time/a-m.wav" : "time/p-m.wav");
  return sounds;
}

}  // namespace call
