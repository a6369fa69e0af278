// Lines typed at a terminal: editing, history and completion by libedit, while other things go on.
//
// One thread, one editor in a process. Not copied: the library keeps pointers into it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

struct LineEditorOptions {
  std::string prompt;
  std::filesystem::path history;  // Empty: nothing is kept.
  // What can stand where the last word of the text before the cursor is being written.
  std::function<std::vector<std::string>(std::string_view before)> complete;
  // Watched while a line is typed; `take` is called when it can be read. It returns what is to be
  // shown above the line; nullopt ends the line and the input.
  int watched = -1;
  std::function<std::optional<std::string>()> take;
};

class LineEditor {
  class Library;

 public:
  explicit LineEditor(LineEditorOptions options);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // Waits for a line, without its line feed. nullopt: the input has ended, or take() said so.
  std::optional<std::string> read();

 private:
  std::unique_ptr<Library> library_;
};

}  // namespace app
