// The users of the configuration's directory: who may register and call, and with which variables.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/archive.h"

namespace call {

struct DirectoryUser {
  std::string id;
  std::string domain;
  std::string password;                          // Plain; empty with a1_hash set.
  std::string a1_hash;                           // MD5 of user:realm:password, or empty.
  std::string dial_string;                       // The user's own or else its domain's; or empty.
  std::map<std::string, std::string> variables;  // <variables>, the domain's first.
  std::string voicemail_password = {};           // vm-password; empty: nobody may listen.

  bool operator==(const DirectoryUser&) const = default;
};

class Directory {
 public:
  // A later user of the same id and domain replaces the earlier one.
  void add(DirectoryUser user);

  // Ids and domains match exactly. Returns: nullptr when there is none. Lifetime: until the
  // directory changes.
  const DirectoryUser* find(std::string_view id, std::string_view domain) const;

  std::size_t size() const { return users_.size(); }
  bool operator==(const Directory&) const = default;

  friend void describe(base::Archive& archive, Directory& directory);

 private:
  std::map<std::pair<std::string, std::string>, DirectoryUser> users_;  // By (domain, id).
};

void describe(base::Archive& archive, DirectoryUser& user);

}  // namespace call
