// For tests: files in a folder of their own that goes with the test, and problems as short text.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "config/element.h"
#include "config/globals.h"
#include "config/problem.h"
#include "config/tree.h"

namespace config::testing {

class Files {
 public:
  Files() {
    std::string name = (std::filesystem::temp_directory_path() / "ringmaster-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  // One line per problem, with paths below the folder.
  std::string shown(const std::vector<Problem>& problems) const {
    std::string text = describe(problems);
    const std::string prefix = path_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  std::filesystem::path path_;
};

// One XML text read by one reader of a section.
class Reading {
 public:
  explicit Reading(std::string_view xml) {
    Globals globals({}, {});
    top_ = read_tree(files_.write("x", xml), globals, problems_);
    EXPECT_FALSE(problems_.has_errors());
  }

  const Element& root() const { return top_.children.front(); }
  Problems& problems() { return problems_; }
  // "x:1: warning: …" lines.
  std::string shown() { return files_.shown(problems_.take()); }

 private:
  Files files_;
  Problems problems_;
  Element top_;
};

}  // namespace config::testing
