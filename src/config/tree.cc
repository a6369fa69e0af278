#include "config/tree.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/text.h"
#include "config/traps.h"

namespace config {
namespace {

namespace fs = std::filesystem;

// One file's text, and which line an offset in it is on.
class Source {
 public:
  Source(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {
    for (std::size_t at = text_.find('\n'); at != std::string::npos;
         at = text_.find('\n', at + 1)) {
      line_ends_.push_back(at);
    }
  }

  const std::string& text() const { return text_; }

  Place at(std::ptrdiff_t offset) const {
    const auto position = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
    const auto line = std::lower_bound(line_ends_.begin(), line_ends_.end(), position);
    return {file_, static_cast<int>(line - line_ends_.begin()) + 1};
  }

 private:
  std::string file_;
  std::string text_;
  std::vector<std::size_t> line_ends_;
};

bool has_wildcard(const std::string& path) {
  return path.find_first_of("*?[") != std::string::npos;
}

// The files that a pattern names, sorted by bytes so that the locale does not matter.
std::vector<fs::path> matching(const fs::path& pattern) {
  glob_t found{};
  std::vector<fs::path> paths;
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  globfree(&found);
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The command and data of <!--#set "name=value"-->; nullopt for ordinary comments.
std::optional<std::pair<std::string, std::string>> comment_command(std::string_view comment) {
  comment = base::trim(comment);
  if (!comment.starts_with('#')) return std::nullopt;
  const std::size_t space = comment.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::string_view data = base::trim(comment.substr(space));
  if (data.size() >= 2 && data.front() == '"' && data.back() == '"') {
    data = data.substr(1, data.size() - 2);
  }
  return std::pair(std::string(comment.substr(1, space - 1)), std::string(data));
}

class TreeReader {
 public:
  TreeReader(Globals& globals, Problems& problems) : globals_(globals), problems_(problems) {}

  void read_file(const fs::path& path, const Place& from, Element& parent) {
    const auto text = text_of(path, from);
    if (!text) return;
    const Source source(path.string(), *text);
    const auto traps = find_traps(source.text());
    for (const auto& trap : traps) {
      problems_.error(source.at(static_cast<std::ptrdiff_t>(trap.offset)), trap.text);
    }
    if (!traps.empty()) return;
    pugi::xml_document document;
    const auto parsed = document.load_buffer(
        source.text().data(), source.text().size(),
        pugi::parse_default | pugi::parse_comments | pugi::parse_fragment, pugi::encoding_utf8);
    if (!parsed) {
      problems_.error(source.at(parsed.offset),
                      std::string("this is not well-formed XML: ") + parsed.description());
      return;
    }
    open_files_.push_back(path);
    add_children(document, source, parent, 0);
    open_files_.pop_back();
  }

 private:
  std::optional<std::string> text_of(const fs::path& path, const Place& from) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
      problems_.error(from, "there is no file " + path.string());
      return std::nullopt;
    }
    const auto size = fs::file_size(path, error);
    if (error || size > TreeLimits::kFileBytesMax) {
      problems_.error(from, path.string() + " is larger than " +
                                std::to_string(TreeLimits::kFileBytesMax) + " bytes");
      return std::nullopt;
    }
    if (++files_ > TreeLimits::kFilesMax) {
      problems_.error(from, "more than " + std::to_string(TreeLimits::kFilesMax) + " files");
      return std::nullopt;
    }
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.good() && !in.eof()) {
      problems_.error(from, "cannot read " + path.string());
      return std::nullopt;
    }
    return text;
  }

  void add_children(const pugi::xml_node& node, const Source& source, Element& parent, int depth) {
    for (const auto& child : node.children()) {
      const Place place = source.at(child.offset_debug());
      switch (child.type()) {
        case pugi::node_comment:
          if (const auto command = comment_command(child.value())) {
            obey(command->first, command->second, place, parent);
          }
          break;
        case pugi::node_pcdata:
        case pugi::node_cdata:
          parent.text += globals_.replace(base::trim(child.value()), place, problems_);
          break;
        case pugi::node_element:
          add_element(child, source, parent, depth);
          break;
        default:
          break;
      }
    }
  }

  void add_element(const pugi::xml_node& node, const Source& source, Element& parent, int depth) {
    const Place place = source.at(node.offset_debug());
    const std::string_view name = node.name();
    if (depth >= TreeLimits::kElementDepthMax) {
      problems_.error(
          place, "elements are nested deeper than " + std::to_string(TreeLimits::kElementDepthMax));
      return;
    }
    if (name == "include") return add_children(node, source, parent, depth + 1);
    if (name == "X-PRE-PROCESS") return obey(node, place, parent);
    if (++elements_ > TreeLimits::kElementsMax) {
      if (elements_ == TreeLimits::kElementsMax + 1) {
        problems_.error(place,
                        "more than " + std::to_string(TreeLimits::kElementsMax) + " elements");
      }
      return;
    }
    Element element;
    element.name = name;
    element.place = place;
    for (const auto& attribute : node.attributes()) {
      if (element.attribute(attribute.name()) != nullptr) {
        problems_.error(place, std::string("attribute ") + attribute.name() + " stands twice");
        continue;
      }
      element.attributes.emplace_back(attribute.name(),
                                      globals_.replace(attribute.value(), place, problems_));
    }
    add_children(node, source, element, depth + 1);
    parent.children.push_back(std::move(element));
  }

  void obey(const pugi::xml_node& node, const Place& place, Element& parent) {
    for (const char* const name : {"cmd", "data"}) {
      if (node.attribute(name).empty()) {
        problems_.error(place, std::string("X-PRE-PROCESS without ") + name +
                                   "=: expected cmd=\"set\" data=\"name=value\" or "
                                   "cmd=\"include\" data=\"file\"");
        return;
      }
    }
    obey(node.attribute("cmd").value(), node.attribute("data").value(), place, parent);
  }

  void obey(std::string_view command, std::string_view data, const Place& place, Element& parent) {
    const std::string argument = globals_.replace(data, place, problems_);
    if (base::equal_ignoring_case(command, "set") || base::equal_ignoring_case(command, "global")) {
      set(argument, place);
    } else if (base::equal_ignoring_case(command, "include")) {
      include(argument, place, parent);
    } else {
      problems_.warning(place, "X-PRE-PROCESS command " + std::string(command) +
                                   " is not supported and does nothing; known are set and include");
    }
  }

  void set(const std::string& argument, const Place& place) {
    const std::size_t equals = argument.find('=');
    const std::string name(base::trim(std::string_view(argument).substr(0, equals)));
    if (equals == std::string::npos || name.empty()) {
      problems_.error(place, "cannot set \"" + argument + "\": expected name=value");
      return;
    }
    globals_.set(name, argument.substr(equals + 1));
  }

  void include(const std::string& argument, const Place& place, Element& parent) {
    const auto pattern = (open_files_.back().parent_path() / argument).lexically_normal();
    if (open_files_.size() >= TreeLimits::kIncludeDepthMax) {
      problems_.error(place, "files include each other deeper than " +
                                 std::to_string(TreeLimits::kIncludeDepthMax));
      return;
    }
    if (!has_wildcard(pattern.string())) return include_one(pattern, place, parent);
    for (const auto& path : matching(pattern)) include_one(path, place, parent);
  }

  void include_one(const fs::path& path, const Place& place, Element& parent) {
    if (std::find(open_files_.begin(), open_files_.end(), path) != open_files_.end()) {
      problems_.error(place, path.string() + " includes itself");
      return;
    }
    read_file(path, place, parent);
  }

  Globals& globals_;
  Problems& problems_;
  std::vector<fs::path> open_files_;  // The file being read and those that include it.
  std::size_t files_ = 0;
  std::size_t elements_ = 0;
};

}  // namespace

Element read_tree(const fs::path& file, Globals& globals, Problems& problems) {
  Element top;
  top.place = {file.string(), 0};
  TreeReader(globals, problems).read_file(file.lexically_normal(), top.place, top);
  return top;
}

}  // namespace config
