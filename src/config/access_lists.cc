#include "config/access_lists.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace config {
namespace {

struct Network {
  int family = AF_INET;
  int prefix = 0;
  std::array<std::uint8_t, 16> bytes{};

  int bits() const { return family == AF_INET ? 32 : 128; }
  bool bit(int index) const {
    return ((bytes.at(static_cast<std::size_t>(index / 8)) >> (7 - index % 8)) & 1) != 0;
  }
  void flip(int index) {
    bytes.at(static_cast<std::size_t>(index / 8)) ^=
        static_cast<std::uint8_t>(1 << (7 - index % 8));
  }
  void clear_host() {
    for (int index = prefix; index < bits(); ++index) {
      if (bit(index)) flip(index);
    }
  }
  // All of the other lies in this one.
  bool covers(const Network& other) const {
    if (family != other.family || prefix > other.prefix) return false;
    for (int index = 0; index < prefix; ++index) {
      if (bit(index) != other.bit(index)) return false;
    }
    return true;
  }
  std::string text() const {
    std::array<char, INET6_ADDRSTRLEN> address{};
    ::inet_ntop(family, bytes.data(), address.data(), address.size());
    return std::string(address.data()) + "/" + std::to_string(prefix);
  }
};

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string address(base::trim(text.substr(0, slash)));
  Network network;
  if (::inet_pton(AF_INET, address.c_str(), network.bytes.data()) != 1) {
    network.family = AF_INET6;
    if (::inet_pton(AF_INET6, address.c_str(), network.bytes.data()) != 1) return std::nullopt;
  }
  network.prefix = network.bits();
  if (slash != std::string_view::npos) {
    const auto prefix = base::parse_integer(base::trim(text.substr(slash + 1)));
    if (!prefix || *prefix < 0 || *prefix > network.bits()) return std::nullopt;
    network.prefix = static_cast<int>(*prefix);
  }
  network.clear_host();
  return network;
}

// host="192.168.1.0" mask="255.255.255.0": the prefix that the mask stands for.
std::optional<Network> parse_masked(const std::string& host, const std::string& mask) {
  auto network = parse_network(host);
  const auto bits = parse_network(mask);
  if (!network || !bits || network->family != bits->family) return std::nullopt;
  network->prefix = 0;
  while (network->prefix < bits->bits() && bits->bit(network->prefix)) ++network->prefix;
  for (int index = network->prefix; index < bits->bits(); ++index) {
    if (bits->bit(index)) return std::nullopt;
  }
  network->clear_host();
  return network;
}

struct Entry {
  bool allows = false;
  Network network;
};

// What is left of the networks without the denied one: on the way down to it, the half that it does
// not lie in stays each time.
std::vector<Network> without(const std::vector<Network>& networks, const Network& denied) {
  std::vector<Network> left;
  for (const Network& network : networks) {
    if (denied.covers(network)) continue;
    if (!network.covers(denied)) {
      left.push_back(network);
      continue;
    }
    for (int prefix = network.prefix + 1; prefix <= denied.prefix; ++prefix) {
      Network half = denied;
      half.prefix = prefix;
      half.flip(prefix - 1);
      half.clear_host();
      left.push_back(half);
    }
  }
  return left;
}

class ListReader {
 public:
  ListReader(std::string name, Problems& problems)
      : what_("access list " + std::move(name)), problems_(problems) {}

  std::vector<std::string> read(const Element& element) {
    const std::string* const standard = element.attribute("default");
    if (standard != nullptr && allows(element, *standard)) {
      for (const char* const all : {"0.0.0.0/0", "::/0"}) {
        entries_.push_back({true, *parse_network(all)});
      }
    }
    for (const auto& child : element.children) read_node(child);
    return allowed();
  }

 private:
  bool allows(const Element& element, const std::string& word) {
    if (base::equal_ignoring_case(word, "allow")) return true;
    if (!base::equal_ignoring_case(word, "deny")) {
      problems_.warning(element.place,
                        what_ + ": \"" + word + "\", expected allow or deny; deny is used");
    }
    return false;
  }

  void read_node(const Element& element) {
    const std::string* const type = element.attribute("type");
    if (element.name != "node" || type == nullptr) {
      problems_.warning(element.place, what_ + ": <" + element.name +
                                           "> is ignored; expected <node type=… cidr=…>");
      return;
    }
    const auto network = network_of(element);
    if (!network) {
      problems_.warning(element.place, what_ +
                                           ": a node without a network is ignored; expected e.g. "
                                           "cidr=\"192.168.0.0/16\", or host= and mask=");
    } else if (entries_.size() >= kAccessEntriesMax) {
      problems_.warning(element.place, what_ + ": more than " + std::to_string(kAccessEntriesMax) +
                                           " nodes; this one is ignored");
    } else {
      entries_.push_back({allows(element, *type), *network});
    }
  }

  static std::optional<Network> network_of(const Element& element) {
    if (const auto* const cidr = element.attribute("cidr")) return parse_network(*cidr);
    const auto* const host = element.attribute("host");
    if (host == nullptr) return std::nullopt;
    const auto* const mask = element.attribute("mask");
    return mask == nullptr ? parse_network(*host) : parse_masked(*host, *mask);
  }

  std::vector<std::string> allowed() {
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
      return a.network.prefix < b.network.prefix;
    });
    std::vector<Network> networks;
    for (const Entry& entry : entries_) {
      networks = without(networks, entry.network);
      if (entry.allows) networks.push_back(entry.network);
    }
    std::vector<std::string> texts;
    texts.reserve(networks.size());
    for (const Network& network : networks) texts.push_back(network.text());
    return texts;
  }

  std::string what_;
  Problems& problems_;
  std::vector<Entry> entries_;
};

}  // namespace

AccessLists read_access_lists(const Element& configuration, Problems& problems) {
  AccessLists lists;
  for (const auto& group : configuration.children) {
    if (group.name != "network-lists") {
      problems.warning(group.place, "access lists: unknown element <" + group.name +
                                        "> is ignored; expected <network-lists>");
      continue;
    }
    for (const auto& list : group.children) {
      const std::string* const name = list.attribute("name");
      if (list.name != "list" || name == nullptr || name->empty()) {
        problems.warning(list.place, "access lists: <" + list.name +
                                         "> is ignored; expected <list name=… default=…>");
        continue;
      }
      lists[*name] = ListReader(*name, problems).read(list);
    }
  }
  return lists;
}

}  // namespace config
