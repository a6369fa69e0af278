#include "config/problem.h"

#include <utility>

namespace config {
namespace {

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::Used:
      return "used";
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return "problem";
}

}  // namespace

std::string describe(const Place& place) {
  return place.line > 0 ? place.file + ":" + std::to_string(place.line) : place.file;
}

std::string describe(const Problem& problem) {
  return describe(Place{problem.file, problem.line}) + ": " +
         std::string(to_text(problem.severity)) + ": " + problem.text;
}

std::string describe(const std::vector<Problem>& problems) {
  std::string text;
  for (const auto& problem : problems) text += describe(problem) + "\n";
  return text;
}

void Problems::used(const Place& place, std::string text) {
  add(Severity::Used, place, std::move(text));
}
void Problems::note(const Place& place, std::string text) {
  add(Severity::Note, place, std::move(text));
}
void Problems::warning(const Place& place, std::string text) {
  add(Severity::Warning, place, std::move(text));
}
void Problems::error(const Place& place, std::string text) {
  ++errors_;
  add(Severity::Error, place, std::move(text));
}

void Problems::add(Severity severity, const Place& place, std::string text) {
  if (problems_.size() < kKeptMax) {
    problems_.push_back({severity, place.file, place.line, std::move(text)});
    return;
  }
  ++dropped_;
  if (severity == Severity::Error) ++dropped_errors_;
}

void Problems::looks_for(std::string_view owner, std::string_view name) {
  if (looked_for_ != nullptr) looked_for_->push_back({std::string(owner), std::string(name)});
}

std::vector<Problem> Problems::take() {
  if (dropped_ > 0) {
    const std::string file = problems_.back().file;
    const Severity severity = dropped_errors_ > 0 ? Severity::Error : Severity::Warning;
    problems_.push_back(
        {severity, file, 0,
         "and " + std::to_string(dropped_) + " more problems, which are not listed"});
  }
  return std::move(problems_);
}

}  // namespace config
