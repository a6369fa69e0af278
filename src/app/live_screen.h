// The floor on the terminal: what an operator sees while the server runs in the foreground.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "app/loop_status.h"

namespace app {

// Where phones and programs find the server; shown and printed in the ready line.
struct Addresses {
  std::string sip;           // ip:port of the first profile.
  std::string event_socket;  // ip:port.
  std::string xml_rpc = {};  // ip:port, or empty: nobody asked for it.
};

// One screen of text, lines ended by line feeds.
std::string render_screen(const LoopStatus& status, const Addresses& addresses);
// The same in one line, for output that is no terminal.
std::string render_line(const LoopStatus& status);

// Draws until it is destroyed, on its own thread: twice a second on a terminal, otherwise one line
// every five seconds.
class LiveScreen {
 public:
  LiveScreen(std::function<LoopStatus()> status, Addresses addresses);

 private:
  std::jthread thread_;
};

}  // namespace app
