// scenarios [--rewrite] FILE|FOLDER …
//
// Plays every scenario twice, plainly and with a restart after every step, and compares what
// followed with what is written.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "sim/line_diff.h"
#include "sim/scenario_script.h"
#include "sim/stage.h"

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

enum class Restarts { Never, AfterEveryStep };

Lines read_lines(const fs::path& path) {
  std::ifstream file(path);
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void write_moments(const std::vector<sim::Moment>& moments, const sim::Step* step, Lines& lines) {
  for (const sim::Moment& moment : moments) {
    lines.push_back(moment.is_step ? sim::step_line(step->time_text, step->action)
                                   : sim::step_line(sim::time_text(moment.at), "time passes"));
    for (const std::string& outcome : moment.outcomes) lines.push_back(sim::outcome_line(outcome));
  }
}

// The file as it should be: its own lines, and what really followed each step.
base::Result<Lines> play(const sim::Script& script, Restarts restarts) {
  sim::Stage stage;
  if (const auto complaint = stage.set_up(script.setup)) return base::failure(*complaint);
  Lines lines = script.head;
  for (const sim::Step& step : script.steps) {
    if (restarts == Restarts::AfterEveryStep) stage.restart();
    const auto moments = stage.play(step);
    if (!moments) return base::failure(moments.error());
    lines.insert(lines.end(), step.written.begin(), step.written.end());
    write_moments(*moments, &step, lines);
  }
  if (restarts == Restarts::AfterEveryStep) stage.restart();
  write_moments(stage.let_time_pass(), nullptr, lines);
  lines.insert(lines.end(), script.tail.begin(), script.tail.end());
  return lines;
}

bool fail(const fs::path& path, const std::string& why) {
  std::cout << "FAIL " << path.filename().string() << ": " << why << "\n";
  return false;
}

bool check(const fs::path& path, bool rewrite) {
  const Lines wanted = read_lines(path);
  const auto script = sim::parse_script(wanted);
  if (!script) return fail(path, script.error());
  const auto had = play(*script, Restarts::Never);
  if (!had) return fail(path, had.error());
  const auto restarted = play(*script, Restarts::AfterEveryStep);
  if (!restarted) return fail(path, restarted.error());
  if (*restarted != *had) {
    return fail(path,
                "a restart after every step changes it\n" + sim::diff_lines(*had, *restarted));
  }
  if (*had == wanted) return true;
  if (!rewrite) return fail(path, "something else followed\n" + sim::diff_lines(wanted, *had));
  std::ofstream file(path);
  for (const std::string& line : *had) file << line << "\n";
  return true;
}

std::vector<fs::path> scenario_files(const std::string& argument) {
  if (!fs::is_directory(argument)) return {argument};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(argument)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  const Lines arguments(argv + 1, argv + argc);
  const bool rewrite =
      std::find(arguments.begin(), arguments.end(), "--rewrite") != arguments.end();
  int passed = 0;
  int failed = 0;
  for (const std::string& argument : arguments) {
    if (argument == "--rewrite") continue;
    for (const fs::path& file : scenario_files(argument)) {
      ++(check(file, rewrite) ? passed : failed);
    }
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 && passed > 0 ? 0 : 1;
}
