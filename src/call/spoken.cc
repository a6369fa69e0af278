#include "call/spoken.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <utility>
#include <vector>

#include "base/text.h"
#include "dialplan/expression.h"

namespace call {
namespace {

using Names = std::vector<std::string>;

constexpr std::string_view kSay = "say:";
constexpr std::string_view kPhrase = "phrase:";
constexpr std::string_view kFiles = "file_string://";
// A macro of many inputs that all match ends here.
constexpr std::size_t kNamesMax = 300;

bool begins(std::string_view text, std::string_view with) {
  return base::equal_ignoring_case(text.substr(0, with.size()), with);
}

bool is_one_spoken(std::string_view source) {
  return begins(source, kSay) || begins(source, kPhrase);
}

// Takes the first word off the text.
std::string_view take_word(std::string_view& text, char separator) {
  if (separator == ' ') text = base::trim(text);
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool is_gender(std::string_view word) {
  constexpr std::array<std::string_view, 3> kGenders = {"feminine", "masculine", "neuter"};
  return std::any_of(kGenders.begin(), kGenders.end(), [&](std::string_view gender) {
    return base::equal_ignoring_case(gender, word);
  });
}

bool is_method(std::string_view word) {
  constexpr std::array<std::string_view, 5> kMethods = {"n/a", "pronounced", "iterated", "counted",
                                                        "pronounced_year"};
  return std::any_of(kMethods.begin(), kMethods.end(), [&](std::string_view method) {
    return base::equal_ignoring_case(method, word);
  });
}

base::Result<SayWanted> parse_say(std::string_view arguments) {
  std::string_view rest = base::trim(arguments);
  if (base::parse_integer(rest)) return SayWanted{"number", "pronounced", std::string(rest)};
  const char separator = rest.find(' ') == std::string_view::npos ? ':' : ' ';
  const std::string_view language = take_word(rest, separator);
  const std::string_view type = take_word(rest, separator);
  const std::string_view method = take_word(rest, separator);
  if (!is_say_type(type) || !is_method(method)) {
    return base::failure(std::string("there is no text to speech; expected `en TYPE METHOD TEXT`"));
  }
  if (!begins(language, "en")) {
    return base::failure("the language " + std::string(language.substr(0, 20)) +
                         " is not there, only en");
  }
  std::string_view behind = rest;
  if (is_gender(take_word(behind, separator))) rest = behind;
  return SayWanted{std::string(type), std::string(method), std::string(base::trim(rest))};
}

base::Result<Names> say_names(std::string_view arguments, const SayClock& clock) {
  auto wanted = parse_say(arguments);
  if (!wanted) return base::failure(wanted.error());
  return say(*wanted, clock);
}

// $1 … $9 and $0 in place; ${…} stays for the expansion behind it.
std::string with_groups(std::string_view text, const std::vector<std::string>& groups) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_group = text[at] == '$' && at + 1 < text.size() &&
                          std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0;
    if (!is_group) {
      out += text[at];
      continue;
    }
    const auto group = static_cast<std::size_t>(text[++at] - '0');
    if (group < groups.size()) out += groups[group];
  }
  return out;
}

// The text of an action with its variables first: what a group brings in from outside is never
// looked at again.
std::string data_of(const PhraseAction& action, const std::vector<std::string>& groups,
                    const Speech& speech) {
  return with_groups(dialplan::expand(action.data, speech.variables), groups);
}

std::string under(const std::string& prefix, std::string name) {
  const bool is_relative = !name.empty() && name.front() != '/' &&
                           name.find("://") == std::string::npos && !is_one_spoken(name);
  return prefix.empty() || !is_relative ? name : prefix + "/" + name;
}

void append(Names more, Names& names) {
  std::move(more.begin(), more.end(), std::back_inserter(names));
}

class Macro {
 public:
  Macro(const PhraseMacro& macro, const Speech& speech) : macro_(macro), speech_(speech) {}

  base::Result<Names> run(const std::string& data) {
    for (const PhraseInput& input : macro_.inputs) {
      const auto expression = dialplan::Expression::compile(input.pattern);
      if (!expression) return base::failure(expression.error());
      const dialplan::Matched matched = expression->match(data);
      for (const PhraseAction& action : matched ? input.match : input.nomatch) {
        // Without a match $1 is what was given.
        auto done = act(action, matched ? matched.groups : std::vector<std::string>{data, data});
        if (!done) return base::failure(done.error());
      }
      if (matched && input.ends_macro) break;
    }
    return std::move(names_);
  }

 private:
  base::Result<void> act(const PhraseAction& action, const std::vector<std::string>& groups) {
    if (names_.size() >= kNamesMax) return base::failure(std::string("it plays too many sounds"));
    const std::string text = data_of(action, groups, speech_);
    switch (action.kind) {
      case PhraseAction::Kind::PlayFile:
        if (!text.empty()) names_.push_back(under(macro_.sound_prefix, text));
        return {};
      case PhraseAction::Kind::Sleep:
        names_.push_back("silence_stream://" +
                         std::to_string(std::max<std::int64_t>(base::lenient_integer(text), 0)));
        return {};
      case PhraseAction::Kind::Say:
        break;
    }
    auto said = say({action.say_type, action.say_method, text}, speech_.clock);
    if (!said) return base::failure(said.error());
    for (std::string& name : *said) names_.push_back(under(macro_.sound_prefix, std::move(name)));
    return {};
  }

  const PhraseMacro& macro_;
  const Speech& speech_;
  Names names_;
};

std::string phrase_name(std::string_view text) {
  return std::string(base::trim(text.substr(0, text.find_first_of(":,"))));
}

std::string no_macro(const std::string& name) {
  return "there is no phrase macro \"" + name.substr(0, 80) + "\"";
}

// NAME[:DATA], or NAME,DATA as the application has it.
base::Result<Names> phrase_names(std::string_view text, const Speech& speech) {
  const std::size_t end = std::min(text.find_first_of(":,"), text.size());
  const std::string name = phrase_name(text);
  const auto found = speech.phrases.find(name);
  if (found == speech.phrases.end()) return base::failure(no_macro(name));
  const std::string data(text.substr(std::min(end + 1, text.size())));
  auto names = Macro(found->second, speech).run(data);
  if (names && names->empty()) {
    return base::failure("phrase macro " + name + " plays nothing for \"" + data.substr(0, 80) +
                         "\"");
  }
  return names;
}

base::Result<Names> names_of(std::string_view source, const Speech& speech) {
  if (begins(source, kSay)) return say_names(source.substr(kSay.size()), speech.clock);
  if (begins(source, kPhrase)) return phrase_names(source.substr(kPhrase.size()), speech);
  return Names{std::string(source)};
}

// The sounds of a file_string, or the one that stands alone.
Names parts_of(std::string_view source) {
  if (begins(source, kFiles)) return base::split(source.substr(kFiles.size()), '!');
  Names one;
  one.emplace_back(source);
  return one;
}

}  // namespace

bool is_spoken(std::string_view source) {
  const Names parts = parts_of(source);
  return std::any_of(parts.begin(), parts.end(), is_one_spoken);
}

base::Result<std::string> spell_out(std::string_view source, const Speech& speech) {
  Names names;
  for (const std::string& part : parts_of(source)) {
    auto more = names_of(part, speech);
    if (!more) return base::failure(more.error());
    append(std::move(*more), names);
  }
  if (names.size() == 1) return std::move(names.front());
  std::string list(kFiles);
  for (const std::string& name : names) {
    if (list.size() > kFiles.size()) list += '!';
    list += name;
  }
  return list;
}

std::string problem_of_spoken(std::string_view source, const Phrases& phrases) {
  if (begins(source, kSay)) {
    const auto wanted = parse_say(source.substr(kSay.size()));
    return wanted ? std::string() : wanted.error();
  }
  if (begins(source, kPhrase)) {
    const std::string name = phrase_name(source.substr(kPhrase.size()));
    return phrases.contains(name) ? std::string() : no_macro(name);
  }
  return {};
}

}  // namespace call
