#include "config/directory_section.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace config {
namespace {

// The <params> and <variables> that a domain, a group and a user each may have.
struct Traits {
  std::map<std::string, std::string> params;
  std::map<std::string, std::string> variables;
};

void read_pairs(const Element& list, std::string_view child_name, const std::string& what,
                std::map<std::string, std::string>& target, Problems& problems) {
  for (const auto& child : list.children) {
    const std::string* const name = child.attribute("name");
    const std::string* const value = child.attribute("value");
    if (child.name == child_name && name != nullptr && !name->empty() && value != nullptr) {
      target.insert_or_assign(*name, *value);
      continue;
    }
    problems.error(child.place, what + ": <" + child.name + "> in <" + list.name + ">, expected <" +
                                    std::string(child_name) + " name=\"…\" value=\"…\"/>");
  }
}

// `outer` with what `element` writes over it.
Traits traits_of(const Element& element, const std::string& what, Traits outer,
                 Problems& problems) {
  for (const auto& child : element.children) {
    if (child.name == "params") {
      read_pairs(child, "param", what, outer.params, problems);
    } else if (child.name == "variables") {
      read_pairs(child, "variable", what, outer.variables, problems);
    }
  }
  return outer;
}

class DirectoryReader {
 public:
  DirectoryReader(std::string domain, call::Directory& directory, Problems& problems)
      : domain_(std::move(domain)), directory_(directory), problems_(problems) {}

  void read(const Element& element) {
    const std::string what = "domain " + domain_;
    const Traits traits = traits_of(element, what, {}, problems_);
    for (const auto& child : element.children) {
      if (child.name == "groups") {
        read_groups(child, traits);
      } else if (child.name == "users") {
        read_users(child, traits);
      } else if (child.name == "user") {
        read_user(child, traits);
      } else if (child.name != "params" && child.name != "variables") {
        unknown(child, what, "params, variables, groups or users");
      }
    }
  }

 private:
  void read_groups(const Element& groups, const Traits& outer) {
    for (const auto& group : groups.children) {
      const std::string* const name = group.attribute("name");
      const std::string what = "group " + (name != nullptr ? *name : std::string());
      if (group.name != "group") {
        unknown(group, "domain " + domain_, "<group>");
        continue;
      }
      const Traits traits = traits_of(group, what, outer, problems_);
      for (const auto& child : group.children) {
        if (child.name == "users") {
          read_users(child, traits);
        } else if (child.name != "params" && child.name != "variables") {
          unknown(child, what, "params, variables or users");
        }
      }
    }
  }

  void read_users(const Element& users, const Traits& outer) {
    for (const auto& user : users.children) {
      if (user.name == "user") {
        read_user(user, outer);
      } else {
        unknown(user, "domain " + domain_, "<user id=…>");
      }
    }
  }

  void read_user(const Element& element, const Traits& outer) {
    const std::string* const id = element.attribute("id");
    if (id == nullptr || id->empty()) {
      problems_.error(element.place, "<user> without id=; expected e.g. id=\"1000\"");
      return;
    }
    // A pointer only makes a user who is defined elsewhere a member of one more group.
    const std::string* const type = element.attribute("type");
    if (type != nullptr && *type == "pointer") return;
    const std::string what = "user " + *id + "@" + domain_;
    if (directory_.find(*id, domain_) != nullptr) {
      problems_.warning(element.place, what + " is defined twice; the first definition is used");
      return;
    }
    check_attributes(element, what);
    add(element, *id, traits_of(element, what, outer, problems_));
  }

  void check_attributes(const Element& element, const std::string& what) {
    for (const char* const name : {"number-alias", "cidr"}) {
      if (element.attribute(name) == nullptr) continue;
      problems_.warning(element.place,
                        what + ": " + name + " is not supported yet and has no effect");
    }
    for (const auto& child : element.children) {
      if (child.name == "params" || child.name == "variables") continue;
      if (child.name == "gateways") {
        problems_.warning(child.place, what + ": gateways are not supported yet");
      } else {
        unknown(child, what, "params or variables");
      }
    }
  }

  void add(const Element& element, const std::string& id, Traits traits) {
    call::DirectoryUser user;
    user.id = id;
    user.domain = domain_;
    user.password = std::move(traits.params["password"]);
    user.a1_hash = base::to_lower(traits.params["a1-hash"]);
    user.dial_string = std::move(traits.params["dial-string"]);
    user.variables = std::move(traits.variables);
    user.voicemail_password = std::move(traits.params["vm-password"]);
    if (!user.a1_hash.empty()) user.password.clear();
    if (user.password.empty() && user.a1_hash.empty()) {
      problems_.warning(element.place, "user " + id + "@" + domain_ +
                                           " has no password and can neither register nor call; "
                                           "expected <param name=\"password\" value=\"…\"/>");
    }
    directory_.add(std::move(user));
  }

  void unknown(const Element& element, const std::string& what, const std::string& expected) {
    problems_.warning(element.place, what + ": unknown element <" + element.name +
                                         "> is ignored; expected " + expected);
  }

  std::string domain_;
  call::Directory& directory_;
  Problems& problems_;
};

}  // namespace

void read_directory(const Element& section, call::Directory& directory, Problems& problems) {
  for (const auto& child : section.children) {
    const std::string* const name = child.attribute("name");
    if (child.name != "domain") {
      problems.warning(child.place, "unknown element <" + child.name +
                                        "> in the directory is ignored; expected <domain name=…>");
    } else if (name == nullptr || name->empty()) {
      problems.error(child.place, "<domain> without name=; expected e.g. name=\"$${domain}\"");
    } else {
      DirectoryReader(*name, directory, problems).read(child);
    }
  }
}

}  // namespace config
