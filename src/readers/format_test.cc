// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/format.h"

#include <string>

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

struct FormatCase {
  std::string_view test_name, bytes;
  Format expected;
};

class Detect : public testing::TestWithParam<FormatCase> {};

TEST_P(Detect, tells_by_the_beginning) {
  EXPECT_EQ(detect(GetParam().bytes), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, Detect,
    testing::Values(FormatCase{"mail", "Received: by x.example; Mon\n\tmore\nFrom: a@b.example\n\nx", Format::mail},
                    FormatCase{"mail_of_two_fields", "Subject: a\nFrom: a@b.example\n\nx", Format::mail},
                    FormatCase{"mail_cut", "From: a@b.example\nTo: c@d.example\nSubj", Format::mail},
                    FormatCase{"mail_crlf", "Return-Path: <a@b.example>\r\nTo: c@d.example\r\n\r\nx", Format::mail},
                    FormatCase{"mbox", "From a@b.example Mon Jan  5 10:00:00 2015\nSubject: a\n\nb\n", Format::mbox},
                    FormatCase{"takeout", "From 149@xxx Mon Jan 05 10:20:30 +0000 2015\r\nX-GM-THRID: 1\r\n",
                               Format::mbox},
                    FormatCase{"prose_from", "From time to time\nwe write\n", Format::unknown},
                    FormatCase{"emlx", "1234     \nReceived: by x.example\nFrom: a@b.example\n\nx", Format::emlx},
                    FormatCase{"number", "1234\nwords\n", Format::unknown},
                    FormatCase{"card", "BEGIN:VCARD\nVERSION:3.0\n", Format::vcard},
                    FormatCase{"card_after_blank_lines", "\r\n\r\nbegin:vcard\r\n", Format::vcard},
                    FormatCase{"card_with_mark",
                               "\xEF\xBB\xBF"
                               "BEGIN:VCARD\n",
                               Format::vcard},
                    FormatCase{"card_utf16",
                               std::string_view("\xFF\xFE"
                                                "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0",
                                                26),
                               Format::vcard},
                    FormatCase{"calendar", "BEGIN:VCALENDAR\nVERSION:2.0\n", Format::calendar},
                    FormatCase{"notes_with_colons", "Title: notes\nDate: today\n\nwords", Format::unknown},
                    FormatCase{"program", "int main() {\n}\n", Format::unknown},
                    FormatCase{"page", "<html><body>From: a</body></html>", Format::html},
                    FormatCase{"xhtml", "<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE html PUBLIC>", Format::html},
                    FormatCase{"pdf", "%PDF-1.4\n", Format::pdf}, FormatCase{"late_pdf", "\n\n%PDF-1.4\n", Format::pdf},
                    FormatCase{"rtf", "{\\rtf1 a}", Format::rtf},
                    FormatCase{"archive", "PK\x03\x04 and so on", Format::zip_export},
                    FormatCase{"empty", "", Format::unknown}, FormatCase{"blank", " \n\n", Format::unknown}),
    [](const auto& test) { return std::string(test.param.test_name); });

}  // namespace
}  // namespace entregent::readers
