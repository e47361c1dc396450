// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_address.h"

#include <gtest/gtest.h>

#include "net/secret.h"

namespace entregent::net {
namespace {

struct UrlCase {
  std::string_view name, url;
  ImapAddress expected;
};
class ImapUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(ImapUrl, is_read_and_written_again) {
  const auto address = parse_imap_url(GetParam().url);
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(*address, GetParam().expected);
  const auto again = parse_imap_url(imap_url(*address));
  ASSERT_TRUE(again) << imap_url(*address);
  EXPECT_EQ(*again, *address);
}

INSTANTIATE_TEST_SUITE_P(
    table, ImapUrl,
    testing::Values(UrlCase{"plain", "imaps://marie@mail.example", {"mail.example", 993, true, "marie"}},
                    UrlCase{"escaped_user",
                            "imaps://marie%40maison.example@mail.example/",
                            {"mail.example", 993, true, "marie@maison.example"}},
                    UrlCase{"raw_at",
                            "imaps://marie@maison.example@mail.example",
                            {"mail.example", 993, true, "marie@maison.example"}},
                    UrlCase{"port_and_folder",
                            "IMAP://m@Mail.Example:1143/INBOX/Re%C3%A7us",
                            {"mail.example", 1143, false, "m", "INBOX/Reçus"}},
                    UrlCase{"ip4", " imap://m@127.0.0.1 ", {"127.0.0.1", 143, false, "m"}},
                    UrlCase{"ip6", "imaps://m@[2001:db8::1]:1993", {"2001:db8::1", 1993, true, "m"}},
                    UrlCase{"odd_user", "imaps://a%20b%25c%3Ad@h.example", {"h.example", 993, true, "a b%c:d"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ImapUrl, refuses_what_is_none) {
  for (const std::string_view url : {"",
                                     "imaps://",
                                     "imaps://mail.example",
                                     "imaps://@mail.example",
                                     "https://m@mail.example",
                                     "imaps://m@",
                                     "imaps://m@h:0",
                                     "imaps://m@h:65536",
                                     "imaps://m@h:9x",
                                     "imaps://m@h:",
                                     "imaps://m@[::1",
                                     "imaps://m@h_ /",
                                     "imaps://%zz@h",
                                     "imaps://%0@h",
                                     "imaps://%0Ax@h",
                                     "imaps://%ff@h",
                                     "imaps://m@h/%00",
                                     "imaps://m@-h",
                                     "imaps://m@h\r\n",
                                     "imaps://m%0d@h"}) {
    const auto address = parse_imap_url(url);
    if (url.ends_with("\n")) {
      EXPECT_TRUE(address) << "white space around it does not matter";
      continue;
    }
    ASSERT_FALSE(address) << url;
    EXPECT_EQ(address.error().code, ErrorCode::invalid);
  }
}

TEST(ImapUrl, refuses_a_password_and_does_not_repeat_it) {
  const auto address = parse_imap_url("imaps://marie:verysecret@mail.example");
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error().message.find("verysecret"), std::string::npos);
  EXPECT_EQ(address.error().detail.find("verysecret"), std::string::npos);
}

TEST(Secret, takes_the_bytes_and_leaves_none) {
  std::string typed = "a password that is longer than a short string";
  const char* const where = typed.data();
  const Secret secret = Secret::taken_from(typed);
  EXPECT_EQ(secret.reveal(), "a password that is longer than a short string");
  EXPECT_TRUE(typed.empty());
  EXPECT_EQ(std::string_view(where, 4), std::string_view("\0\0\0\0", 4));
}

TEST(Secret, moves_and_grows) {
  Secret first(std::string_view("abc"));
  first.append(std::string(500, 'x'));
  Secret second = std::move(first);
  EXPECT_EQ(second.reveal(), "abc" + std::string(500, 'x'));
  Secret third;
  EXPECT_TRUE(third.empty());
  third = std::move(second);
  EXPECT_EQ(third.reveal().size(), 503U);
}

TEST(Secret, is_written_in_base64) {
  for (const auto& [plain, encoded] : {std::pair<std::string_view, std::string_view>{"", ""},
                                       {"f", "Zg=="},
                                       {"fo", "Zm8="},
                                       {"foo", "Zm9v"},
                                       {"foob", "Zm9vYg=="},
                                       {std::string_view("\0\xff\xfe", 3), "AP/+"}}) {
    EXPECT_EQ(base64(Secret(plain)).reveal(), encoded);
  }
}

}  // namespace
}  // namespace entregent::net
