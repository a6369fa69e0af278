#include <gtest/gtest.h>

#include "sip/digest.h"
#include "sip/testing/login.h"
#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::credentials;
using testing::Draft;
using testing::Form;
using testing::kOffer;
using testing::Login;
using testing::Message;
using testing::parameter_of;
using testing::Rig;

StackOptions registrar_options() {
  call::SipProfile profile = testing::test_profile();
  profile.auth_calls = true;
  profile.force_domain = "default";
  auto options = Rig::options_of(profile);
  options.directory.add({.id = "1001",
                         .domain = "default",
                         .password = "pw1001",
                         .a1_hash = "",
                         .dial_string = "",
                         .variables = {}});
  options.directory.add({.id = "1002",
                         .domain = "default",
                         .password = "",
                         .a1_hash = digest_a1("1002", "default", "pw1002"),
                         .dial_string = "",
                         .variables = {}});
  options.nonce_secret = "secret";
  return options;
}

Draft registration(const std::string& extra, std::uint32_t cseq = 1) {
  return Draft{.method = "REGISTER",
               .uri = "sip:127.0.0.1",
               .from = "<sip:1001@default>;tag=reg",
               .to = "<sip:1001@default>",
               .call_id = "reg",
               .cseq = cseq,
               .branch = "z9hG4bK-reg-" + std::to_string(cseq),
               .extra = extra};
}

std::string challenge_for_register(Rig& rig) {
  rig.send(registration("Expires: 60\r\n"));
  const Message refused = rig.peer.response("REGISTER");
  EXPECT_EQ(refused.status(), 401);
  return refused.header("WWW-Authenticate");
}

std::string authorization(const Login& login, const std::string& challenge) {
  return "Authorization: " + credentials(login, challenge) + "\r\n";
}

TEST(Registrar, ChallengesAndThenReports) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  EXPECT_EQ(parameter_of(challenge, "realm"), "default");

  rig.send(
      registration("Expires: 60\r\nUser-Agent: phone/1\r\n" + authorization({}, challenge), 2));
  const auto received = rig.reports.expect<call::RegistrationReceived>();
  rig.stack->post(call::AcceptRegistration{received.ticket, received.contacts});
  const Message ok = rig.peer.response("REGISTER");

  EXPECT_EQ(received.profile, "internal");
  EXPECT_EQ(received.user, "1001");
  EXPECT_EQ(received.domain, "default");
  ASSERT_EQ(received.contacts.size(), 1U);
  EXPECT_EQ(received.contacts[0].uri, "sip:1001@" + rig.peer.address());
  EXPECT_EQ(received.contacts[0].expires_seconds, 60);
  EXPECT_EQ(received.source, rig.peer.address());
  EXPECT_EQ(received.user_agent, "phone/1");
  EXPECT_EQ(received.call_id, "reg");
  EXPECT_EQ(received.cseq, 2U);
  EXPECT_EQ(ok.status(), 200);
  EXPECT_EQ(ok.header("Contact"), "<sip:1001@" + rig.peer.address() + ">;expires=60");
}

TEST(Registrar, TakesTheOlderDigestAndStoredHashes) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  rig.send(registration(authorization({.form = Form::WithoutQop}, challenge), 2));
  EXPECT_EQ(rig.reports.expect<call::RegistrationReceived>().user, "1001");

  Draft hashed = registration(authorization({.user = "1002", .password = "pw1002"}, challenge), 3);
  hashed.from = "<sip:1002@default>;tag=reg";
  hashed.to = "<sip:1002@default>";
  rig.send(hashed);
  EXPECT_EQ(rig.reports.expect<call::RegistrationReceived>().user, "1002");
}

TEST(Registrar, WrongPasswordIsForbidden) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  rig.send(registration(authorization({.password = "nope"}, challenge), 2));
  EXPECT_EQ(rig.peer.response("REGISTER").status(), 403);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Registrar, UnknownUserAndOthersNameAreForbidden) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  Draft unknown = registration(authorization({.user = "9999"}, challenge), 2);
  unknown.to = "<sip:9999@default>";
  rig.send(unknown);
  EXPECT_EQ(rig.peer.response("REGISTER").status(), 403);

  // 1001 may not register 1002.
  Draft other = registration(authorization({}, challenge), 3);
  other.to = "<sip:1002@default>";
  rig.send(other);
  EXPECT_EQ(rig.peer.response("REGISTER").status(), 403);
}

TEST(Registrar, OldNonceIsStale) {
  auto options = registrar_options();
  options.profiles[0].nonce_seconds = -1;  // Every nonce is too old at once.
  Rig rig(std::move(options));
  const std::string challenge = challenge_for_register(rig);
  EXPECT_EQ(challenge.find("stale"), std::string::npos);

  rig.send(registration(authorization({}, challenge), 2));

  const Message again = rig.peer.response("REGISTER");
  EXPECT_EQ(again.status(), 401);
  EXPECT_NE(again.header("WWW-Authenticate").find("stale=true"), std::string::npos);
}

TEST(Registrar, ForeignNonceIsChallengedAgain) {
  Rig rig(registrar_options());
  rig.send(registration(
      authorization({.password = "nope"}, "Digest realm=\"default\", nonce=\"made-up\"")));
  EXPECT_EQ(rig.peer.response("REGISTER").status(), 401);
}

TEST(Registrar, RefusalOfTheCoreNamesTheMinimum) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  rig.send(registration("Expires: 5\r\n" + authorization({}, challenge), 2));
  const auto received = rig.reports.expect<call::RegistrationReceived>();

  rig.stack->post(call::RefuseRegistration{received.ticket, 423});

  const Message refused = rig.peer.response("REGISTER");
  EXPECT_EQ(refused.status(), 423);
  EXPECT_EQ(refused.header("Min-Expires"), "60");
}

TEST(Registrar, UnregistersOneAndAll) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  rig.send(registration("Expires: 0\r\n" + authorization({}, challenge), 2));
  EXPECT_EQ(rig.reports.expect<call::RegistrationReceived>().contacts.at(0).expires_seconds, 0);

  Draft all = registration("Expires: 0\r\n" + authorization({}, challenge), 3);
  all.contact = "*";
  rig.send(all);
  EXPECT_TRUE(rig.reports.expect<call::RegistrationReceived>().remove_all);
}

TEST(Registrar, ContactsMustMakeSense) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  std::uint32_t cseq = 1;
  std::string many = "<sip:a@10.0.0.1>";
  for (int i = 0; i < 10; ++i) many += ", <sip:a" + std::to_string(i) + "@10.0.0.1>";
  for (const std::string& contact :
       {std::string("*"), std::string("<tel:+4930>"), std::string("<foo:bar>"), many}) {
    Draft draft = registration("Expires: 60\r\n" + authorization({}, challenge), ++cseq);
    draft.contact = contact;
    rig.send(draft);
    EXPECT_EQ(rig.peer.response("REGISTER").status(), 400) << contact;
  }
}

TEST(Registrar, EachContactMayHaveItsOwnExpiry) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  Draft draft = registration("Expires: 60\r\n" + authorization({}, challenge), 2);
  draft.contact = "<sip:a@10.0.0.1;transport=tcp>;expires=30, <sip:b@10.0.0.1>";
  rig.send(draft);
  const auto received = rig.reports.expect<call::RegistrationReceived>();
  ASSERT_EQ(received.contacts.size(), 2U);
  EXPECT_EQ(received.contacts[0].uri, "sip:a@10.0.0.1;transport=tcp");
  EXPECT_EQ(received.contacts[0].expires_seconds, 30);
  EXPECT_EQ(received.contacts[1].expires_seconds, 60);
}

TEST(Registrar, RepeatedRegisterIsReportedOnce) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  const Draft draft = registration(authorization({}, challenge), 2);
  rig.send(draft);
  rig.reports.expect<call::RegistrationReceived>();
  rig.send(draft);
  rig.settle();
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Registrar, FullCoreIsToldLater) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);
  rig.reports.set_room(0);
  rig.send(registration(authorization({}, challenge), 2));
  EXPECT_EQ(rig.peer.response("REGISTER").status(), 503);
}

TEST(Registrar, UnknownTicketsAreIgnored) {
  Rig rig(registrar_options());
  rig.stack->post(call::AcceptRegistration{base::Ticket{1}, {}});
  rig.stack->post(call::RefuseRegistration{base::Ticket{1}, 403});
  rig.settle();
}

TEST(CallAuthentication, AsksForTheDigestOfADirectoryUser) {
  Rig rig(registrar_options());
  rig.send(Draft{.body = kOffer});
  const Message refused = rig.peer.response("INVITE");
  ASSERT_EQ(refused.status(), 407);
  const std::string challenge = refused.header("Proxy-Authenticate");
  rig.send(Draft{.method = "ACK", .to = refused.header("To")});

  const Login login{.method = "INVITE"};
  rig.send(Draft{.cseq = 2,
                 .branch = "z9hG4bK-2",
                 .extra = "Proxy-Authorization: " + credentials(login, challenge) + "\r\n",
                 .body = kOffer});

  EXPECT_EQ(rig.reports.expect<call::LegInvited>().auth_user, "1001");
}

TEST(CallAuthentication, WrongPasswordIsForbidden) {
  Rig rig(registrar_options());
  rig.send(Draft{.body = kOffer});
  const std::string challenge = rig.peer.response("INVITE").header("Proxy-Authenticate");

  const Login login{.password = "nope", .method = "INVITE"};
  rig.send(Draft{.cseq = 2,
                 .branch = "z9hG4bK-2",
                 .extra = "Proxy-Authorization: " + credentials(login, challenge) + "\r\n",
                 .body = kOffer});

  EXPECT_EQ(rig.peer.next([](const Message& m) { return m.status() == 403; })->cseq(), 2U);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(CallAuthentication, FollowsANewDirectory) {
  Rig rig(registrar_options());
  const std::string challenge = challenge_for_register(rig);

  rig.stack->replace_directory({});
  rig.stack->post(call::HangUpLeg{base::LegId{98}, 480, ""});
  rig.reports.expect<call::LegGone>();
  rig.send(registration(authorization({}, challenge), 2));

  EXPECT_EQ(rig.peer.response("REGISTER").status(), 403);
}

}  // namespace
}  // namespace sip
