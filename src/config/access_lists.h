// acl.conf.xml: named lists of networks, for local-network-acl.
//
// A list allows and denies; of the entries that hold an address the narrowest decides, of equal
// ones the later. What comes out are only the networks that are allowed, so nobody else needs the
// rule.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "config/element.h"
#include "config/problem.h"

namespace config {

// By name, the networks that a list allows: "192.168.0.0/16".
using AccessLists = std::map<std::string, std::vector<std::string>>;

// Entries of one list beyond this are left out: each may cut another into a hundred pieces.
inline constexpr std::size_t kAccessEntriesMax = 500;

AccessLists read_access_lists(const Element& configuration, Problems& problems);

}  // namespace config
