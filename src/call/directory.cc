#include "call/directory.h"

namespace call {

void Directory::add(DirectoryUser user) {
  auto key = std::make_pair(user.domain, user.id);
  users_.insert_or_assign(std::move(key), std::move(user));
}

const DirectoryUser* Directory::find(std::string_view id, std::string_view domain) const {
  const auto found = users_.find({std::string(domain), std::string(id)});
  return found == users_.end() ? nullptr : &found->second;
}

void describe(base::Archive& archive, Directory& directory) {
  archive.field("users", directory.users_);
}

void describe(base::Archive& archive, DirectoryUser& user) {
  archive.field("id", user.id);
  archive.field("domain", user.domain);
  archive.field("password", user.password);
  archive.field("a1_hash", user.a1_hash);
  archive.field("dial_string", user.dial_string);
  archive.field("variables", user.variables);
  archive.field("voicemail_password", user.voicemail_password);
}

}  // namespace call
