#include "app/line_editor.h"

#include <fcntl.h>
#include <histedit.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cwchar>

#include "app/console_words.h"

namespace app {
namespace {

// Lines that are kept from one session to the next.
constexpr int kHistoryLines = 1000;
// More choices than a screen shows are counted instead.
constexpr std::size_t kChoicesShown = 100;

// Commands hold names and numbers of people: nobody else reads them.
void make_private(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return;
  ::fchmod(file, 0600);
  ::close(file);
}

void write_out(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

class LineEditor::Library {
 public:
  explicit Library(LineEditorOptions options) : options_(std::move(options)) {
    std::setlocale(LC_CTYPE, "");
    editor_ = el_init("ringmaster", stdin, stdout, stderr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistoryLines);
    history(history_, &event, H_SETUNIQUE, 1);
    if (!options_.history.empty()) history(history_, &event, H_LOAD, options_.history.c_str());
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, prompt);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_SIGNAL, 1);
    el_set(editor_, EL_HIST, history, history_);
    el_set(editor_, EL_GETCFN, next_character);
    // By its wide name: the library never frees copies that it makes of narrow ones.
    el_wset(editor_, EL_ADDFN, L"complete-word", L"Completes a word", complete);
    el_set(editor_, EL_BIND, "^I", "complete-word", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }

  ~Library() {
    history_end(history_);
    el_end(editor_);
  }

  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::optional<std::string> read() {
    int count = 0;
    const char* const typed = el_gets(editor_, &count);
    if (typed == nullptr || count <= 0 || has_ended_) {
      write_out("\n");
      return std::nullopt;
    }
    std::string line(typed, static_cast<std::size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (!line.empty()) remember(line);
    return line;
  }

 private:
  static Library& of(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<Library*>(data);
  }

  static char* prompt(EditLine* editor) { return of(editor).options_.prompt.data(); }

  void remember(const std::string& line) {
    HistEvent event;
    history(history_, &event, H_ENTER, line.c_str());
    if (options_.history.empty()) return;
    make_private(options_.history);
    history(history_, &event, H_SAVE, options_.history.c_str());
  }

  // The library's way to ask for a character. Returns: 1, or 0 at the end of input.
  static int next_character(EditLine* editor, wchar_t* character) {
    Library& self = of(editor);
    std::mbstate_t state{};
    while (self.wait_for_key()) {
      char byte = 0;
      if (::read(STDIN_FILENO, &byte, 1) != 1) return 0;
      const std::size_t size = std::mbrtowc(character, &byte, 1, &state);
      if (size <= 1) return 1;
      // What is no character of this terminal is left out.
      if (size == static_cast<std::size_t>(-1)) state = {};
    }
    return 0;
  }

  // Shows what comes meanwhile. Returns: false when there is nothing more to wait for.
  bool wait_for_key() {
    while (!has_ended_) {
      pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {options_.watched, POLLIN, 0}};
      if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return false;
      if (waiting[1].revents != 0) take();
      if (waiting[0].revents != 0) return true;
    }
    return false;
  }

  void take() {
    const auto text = options_.take();
    has_ended_ = !text;
    if (!text || text->empty()) return;
    // Over the line that is being typed, which is then shown again below.
    write_out("\r\x1b[K" + *text);
    el_set(editor_, EL_REFRESH);
  }

  static unsigned char complete(EditLine* editor, wint_t) {
    Library& self = of(editor);
    const LineInfo* const line = el_line(editor);
    const std::string before(line->buffer, line->cursor);
    const auto words = self.options_.complete(before);
    if (words.empty()) return CC_ERROR;
    const std::size_t begun = before.size() - (before.find_last_of(' ') + 1);
    std::string more = common_beginning(words);
    more.erase(0, std::min(begun, more.size()));
    if (words.size() == 1) more += ' ';
    if (!more.empty()) return el_insertstr(editor, more.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    show_choices(words);
    return CC_REDISPLAY;
  }

  static void show_choices(const std::vector<std::string>& words) {
    std::string text = "\n";
    for (std::size_t i = 0; i < std::min(words.size(), kChoicesShown); ++i) {
      text += words[i] + "  ";
    }
    if (words.size() > kChoicesShown) {
      text += "and " + std::to_string(words.size() - kChoicesShown) + " more";
    }
    write_out(text + "\n");
  }

  LineEditorOptions options_;
  EditLine* editor_ = nullptr;
  History* history_ = nullptr;
  bool has_ended_ = false;
};

LineEditor::LineEditor(LineEditorOptions options)
    : library_(std::make_unique<Library>(std::move(options))) {}
LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::read() {
  return library_->read();
}

}  // namespace app
