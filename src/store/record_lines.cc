#include "store/record_lines.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/text.h"
#include "store/sql_schema.h"

namespace store {
namespace {

const SqlTable& table_of(const Record& record) {
  return record.table == offers_table().name ? offers_table() : calls_table();
}

// When it was over, in Unix milliseconds.
std::int64_t end_of(const Record& record) {
  const SqlTable& table = table_of(record);
  const std::string_view wanted = record.table == offers_table().name ? "ended_ms" : "left_ms";
  const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                   [&](const SqlColumn& c) { return c.name == wanted; });
  const auto at = static_cast<std::size_t>(column - table.columns.begin());
  return at < record.row.size() ? base::lenient_integer(record.row[at].value_or("")) : 0;
}

base::Result<void> append(const std::filesystem::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return base::failure(path.string() + ": " + std::generic_category().message(errno));
  }
  const off_t before = ::lseek(file, 0, SEEK_END);
  const ssize_t written = ::write(file, text.data(), text.size());
  const int error = errno;
  // Half a line would spoil the next one. Where it cannot be taken back, a reader skips it.
  const bool is_half = written > 0 && written < static_cast<ssize_t>(text.size());
  if (is_half && before >= 0) static_cast<void>(::ftruncate(file, before) == 0);
  ::close(file);
  if (written == static_cast<ssize_t>(text.size())) return {};
  return base::failure(path.string() + ": " +
                       (written < 0 ? std::generic_category().message(error) : "no room"));
}

}  // namespace

std::string record_line(const Record& record) {
  const SqlTable& table = table_of(record);
  nlohmann::ordered_json line = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < table.columns.size() && i < record.row.size(); ++i) {
    if (!record.row[i]) continue;
    const std::string name(table.columns[i].name);
    if (table.columns[i].kind == SqlKind::Integer) {
      line[name] = base::lenient_integer(*record.row[i]);
    } else {
      line[name] = *record.row[i];
    }
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string record_file(const Record& record) {
  const std::chrono::sys_time<std::chrono::milliseconds> end{
      std::chrono::milliseconds(end_of(record))};
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(end));
  return fmt::format("{}-{:04}-{:02}-{:02}.jsonl", table_of(record).name,
                     static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

base::Result<void> append_records(const std::filesystem::path& folder,
                                  const std::vector<Record>& records) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::map<std::string, std::string> files;
  for (const Record& record : records) files[record_file(record)] += record_line(record) + "\n";
  for (const auto& [name, lines] : files) {
    if (auto written = append(folder / name, lines); !written) return written;
  }
  return {};
}

}  // namespace store
