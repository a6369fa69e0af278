#include "media/wav_header.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace media {
namespace {

constexpr std::size_t kHeaderBytes = 44;
constexpr std::int64_t kLengthMax = 0xFFFFFFFF - 64;
using Header = std::array<std::uint8_t, kHeaderBytes>;

bool holds(const Header& header, std::size_t at, const char* tag) {
  return std::memcmp(header.data() + at, tag, 4) == 0;
}

std::uint32_t number(const Header& header, std::size_t at, int bytes) {
  std::uint32_t value = 0;
  for (int index = bytes - 1; index >= 0; --index) {
    value = value << 8 | header[at + static_cast<std::size_t>(index)];
  }
  return value;
}

bool put(int fd, off_t at, std::uint32_t value) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(value);
    value >>= 8;
  }
  return ::pwrite(fd, bytes.data(), bytes.size(), at) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

void mend_wav_header(int fd) {
  Header header{};
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return;
  if (::pread(fd, header.data(), header.size(), 0) != static_cast<ssize_t>(kHeaderBytes)) return;
  const bool is_ours = holds(header, 0, "RIFF") && holds(header, 8, "WAVE") &&
                       holds(header, 12, "fmt ") && number(header, 16, 4) == 16 &&
                       number(header, 34, 2) == 16 && holds(header, 36, "data");
  const std::uint32_t block = number(header, 32, 2);
  if (!is_ours || block == 0 || facts.st_size > kLengthMax) return;
  const auto there = static_cast<std::uint32_t>(facts.st_size - static_cast<off_t>(kHeaderBytes));
  const std::uint32_t data = there - there % block;
  if (data == number(header, 40, 4)) return;
  // A sample that was cut in the middle goes.
  if (::ftruncate(fd, static_cast<off_t>(kHeaderBytes + data)) != 0) return;
  if (put(fd, 40, data)) static_cast<void>(put(fd, 4, data + 36));
}

}  // namespace media
