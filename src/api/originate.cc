#include "api/originate.h"

#include <optional>
#include <string>
#include <vector>

#include "api/words.h"
#include "base/text.h"
#include "call/applications.h"
#include "call/origination.h"

namespace api {
namespace {

constexpr std::string_view kUsage =
    "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] "
    "[<cid_name>] [<cid_num>] [<timeout_sec>]\n";
constexpr std::size_t kWordsMax = 7;
// As the queue's own offers ring at most.
constexpr std::int64_t kSecondsMax = 3600;
constexpr int kSeconds = 60;

// &NAME(DATA) or &NAME. nullopt: there is no such application.
std::optional<call::Origination> application_of(std::string_view word) {
  word.remove_prefix(1);
  const std::size_t open = word.find('(');
  call::Origination then;
  then.application = base::trim(word.substr(0, open));
  if (open != std::string_view::npos) {
    then.data = word.substr(open + 1, word.rfind(')') - open - 1);
  }
  if (call::find_application(then.application) == nullptr) return std::nullopt;
  return then;
}

// "&playback(a b)" may be written without quotes: its words belong together up to the bracket.
void join_application(std::vector<std::string>& words) {
  while (words.size() > 2 && words[1].front() == '&' && words[1].find('(') != std::string::npos &&
         words[1].back() != ')') {
    words[1] += " " + words[2];
    words.erase(words.begin() + 2);
  }
}

// "undef" stands for a word that is left out, as in the original.
std::string word_at(const std::vector<std::string>& words, std::size_t index) {
  return index < words.size() && words[index] != "undef" ? words[index] : std::string();
}

int seconds_of(const std::string& word) {
  const std::int64_t seconds = base::lenient_integer(word);
  return seconds <= 0 || seconds > kSecondsMax ? kSeconds : static_cast<int>(seconds);
}

}  // namespace

Reply originate(std::string_view arguments, Targets& targets) {
  // Of an application's words any number may come before the others.
  auto words = split_words(arguments, 100);
  if (words.size() < 2 || words[0].empty() || words[1].empty())
    return {.text = std::string(kUsage)};
  join_application(words);
  if (words.size() > kWordsMax) return {.text = std::string(kUsage)};
  call::OriginateWanted wanted;
  wanted.dial_string = words[0];
  if (words[1].front() == '&') {
    const auto then = application_of(words[1]);
    if (!then) return {.text = "-ERR unknown application " + words[1].substr(1, 80) + "\n"};
    wanted.then = *then;
  } else {
    wanted.then = {"transfer", words[1] + " XML " + word_at(words, 3)};
  }
  wanted.cid_name = word_at(words, 4);
  wanted.cid_number = word_at(words, 5);
  wanted.timeout_seconds = seconds_of(word_at(words, 6));
  const base::OfferId call = targets.calls.originate(wanted, targets.moment());
  return {.text = {}, .kind = Reply::Kind::Later, .profile = {}, .call = call};
}

}  // namespace api
