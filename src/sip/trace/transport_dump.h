// The library's record of what its transports send and receive, kept in memory only.
//
// The library writes its record (TPTAG_DUMP) to a file that it opens by name. The name given here
// leads to an anonymous file in memory, which is emptied as often as it is read: nothing reaches a
// disk, a write never blocks, and repeated requests and what the library refuses are in it too. Its
// other log, TPTAG_LOG, overflows a buffer and stays off. Sip thread only.
#pragma once

#include <string>
#include <string_view>

namespace sip::trace {

class TransportDump {
 public:
  TransportDump();
  ~TransportDump();
  TransportDump(const TransportDump&) = delete;
  TransportDump& operator=(const TransportDump&) = delete;

  // For TPTAG_DUMP; empty when the system has no such files, and nothing will be recorded.
  const std::string& path() const { return path_; }
  // Takes all that has been written since the last time.
  std::string read();

 private:
  int descriptor_ = -1;
  std::string path_;
};

}  // namespace sip::trace
