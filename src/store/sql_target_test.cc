#include "store/sql_target.h"

#include <gtest/gtest.h>

#include <string>

namespace store {
namespace {

using Backend = SqlTarget::Backend;

SqlTarget parsed(const std::string& odbc_dsn, const std::string& dbname = "callcenter") {
  const auto target =
      parse_sql_target({.odbc_dsn = odbc_dsn, .dbname = dbname, .db_dir = "/data/db"});
  EXPECT_TRUE(target) << target.error();
  return target.value_or(SqlTarget{});
}

std::string refused(const std::string& odbc_dsn, const std::string& dbname = "callcenter") {
  const auto target =
      parse_sql_target({.odbc_dsn = odbc_dsn, .dbname = dbname, .db_dir = "/data/db"});
  return target ? "" : target.error();
}

TEST(SqlTarget, ABareNameIsAFileInTheFolderOfDatabases) {
  EXPECT_EQ(parsed("", "callcenter").connect, "/data/db/callcenter.db");
  EXPECT_EQ(parsed("", "callcenter").backend, Backend::Sqlite);
}

TEST(SqlTarget, AnAbsolutePathIsTakenAsItIs) {
  EXPECT_EQ(parsed("", "/var/some.file").connect, "/var/some.file");
  EXPECT_EQ(parsed("sqlite:///var/some.file").connect, "/var/some.file");
  EXPECT_EQ(parsed("sqlite://memory://name").connect, ":memory:");
}

TEST(SqlTarget, OdbcDsnWinsAndIsNamed) {
  EXPECT_EQ(parsed("dsn:user:pass", "name").setting, "odbc-dsn");
  EXPECT_EQ(parsed("", "pgsql://dbname=x").setting, "dbname");
}

TEST(SqlTarget, ADataSourceHasAUserAndAPasswordInWhichAnythingMayStand) {
  const SqlTarget target = parsed("dsn:user:pa:ss};UID=x");

  EXPECT_EQ(target.backend, Backend::Odbc);
  EXPECT_EQ(target.connect, "DSN=dsn;UID=user;PWD={pa:ss}};UID=x}");
  EXPECT_EQ(target.shown, "dsn:user:***");
  EXPECT_EQ(parsed("odbc://dsn:user:pw").connect, "DSN=dsn;UID=user;PWD=pw");
  EXPECT_EQ(parsed("dsn").connect, "DSN=dsn");
  EXPECT_EQ(parsed("dsn:user").connect, "DSN=dsn;UID=user");
}

TEST(SqlTarget, WhatStandsBehindPgsqlIsLibpqsAndComesLast) {
  const SqlTarget target = parsed("pgsql://hostaddr=127.0.0.1 dbname=cc password='p w' user=u");

  EXPECT_EQ(target.backend, Backend::Postgresql);
  EXPECT_TRUE(target.connect.ends_with(" hostaddr=127.0.0.1 dbname=cc password='p w' user=u"));
  EXPECT_EQ(target.password, "p w");
  EXPECT_EQ(target.shown, "pgsql://hostaddr=127.0.0.1 dbname=cc password='***' user=u");
}

TEST(SqlTarget, NoFormOfAPasswordIsShown) {
  EXPECT_EQ(parsed("pgsql://password=secret").shown, "pgsql://password=***");
  EXPECT_EQ(parsed("pgsql://PASSWORD = 'a\\'b' x=1").shown, "pgsql://PASSWORD = '***' x=1");
  EXPECT_EQ(parsed("postgresql://u:secret@host/db").shown, "postgresql://u:***@host/db");
  EXPECT_EQ(parsed("postgresql://host/db?password=secret").shown,
            "postgresql://host/db?password=***");
  EXPECT_EQ(parsed("dsn:u:secret").hide("login as u with secret failed"),
            "login as u with *** failed");
}

TEST(SqlTarget, WhatHasNoDriverIsRefusedByTheNameOfItsSetting) {
  EXPECT_NE(refused("mariadb://host").find("odbc-dsn: there is no driver for mariadb"),
            std::string::npos);
  EXPECT_NE(refused("", "").find("dbname is empty"), std::string::npos);
  EXPECT_NE(refused("pgsql://").find("odbc-dsn: nothing stands behind"), std::string::npos);
}

}  // namespace
}  // namespace store
