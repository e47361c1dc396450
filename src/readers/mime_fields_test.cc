// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mime_fields.h"

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

struct FieldCase {
  std::string_view test_name, raw, value, parameter, expected;
};

class MimeFieldTable : public testing::TestWithParam<FieldCase> {};

TEST_P(MimeFieldTable, is_read) {
  NoticeSet notices;
  const MimeField field = parse_mime_field(GetParam().raw, notices);
  EXPECT_EQ(field.value, GetParam().value);
  EXPECT_EQ(field.parameter(GetParam().parameter), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, MimeFieldTable,
    testing::Values(
        FieldCase{"plain", " text/plain; charset=utf-8", "text/plain", "charset", "utf-8"},
        FieldCase{"upper_case", "TEXT/Plain; CharSet=\"UTF-8\"", "text/plain", "charset", "UTF-8"},
        FieldCase{"blanks", "text / plain ; charset = utf-8 ", "text/plain", "charset", "utf-8"},
        FieldCase{"comment", "text/plain (words); charset=utf-8", "text/plain", "charset", "utf-8"},
        FieldCase{"no_semicolon", "text/plain charset=utf-8", "text/plain", "charset", "utf-8"},
        FieldCase{"boundary_with_equals", "multipart/mixed; boundary=\"=_a=b?c\"", "multipart/mixed", "boundary",
                  "=_a=b?c"},
        FieldCase{"boundary_unquoted", "multipart/mixed; boundary=----=_a:b", "multipart/mixed", "boundary",
                  "----=_a:b"},
        FieldCase{"blank_in_unquoted_name", "attachment; filename=mon fichier.pdf; size=3", "attachment", "filename",
                  "mon fichier.pdf"},
        FieldCase{"lines_without_semicolon", "attachment; filename=a.pdf\r\n size=3", "attachment", "filename",
                  "a.pdf"},
        FieldCase{"no_closing_quote", "attachment; filename=\"a.pdf", "attachment", "filename", "a.pdf"},
        FieldCase{"escaped_quote", "attachment; filename=\"a\\\"b.pdf\"", "attachment", "filename", "a\"b.pdf"},
        FieldCase{"rfc2231", "attachment; filename*=utf-8''caf%C3%A9.pdf", "attachment", "filename", "café.pdf"},
        FieldCase{"rfc2231_latin1", "attachment; filename*=iso-8859-1'fr'caf%E9.pdf", "attachment", "filename",
                  "café.pdf"},
        FieldCase{"rfc2231_pieces", "attachment; filename*1=\"e.pdf\"; filename*0*=utf-8''caf%C3%A9%20d", "attachment",
                  "filename", "café de.pdf"},
        FieldCase{"rfc2231_character_in_two_pieces", "attachment; filename*0*=utf-8''caf%C3; filename*1*=%A9.pdf",
                  "attachment", "filename", "café.pdf"},
        FieldCase{"rfc2231_no_charset", "attachment; filename*=caf%C3%A9.pdf", "attachment", "filename", "café.pdf"},
        FieldCase{"rfc2231_wins", "attachment; filename=\"caf_.pdf\"; filename*=utf-8''caf%C3%A9.pdf", "attachment",
                  "filename", "café.pdf"},
        FieldCase{"pieces_unencoded", "attachment; filename*0=\"long \"; filename*1=\"name.pdf\"", "attachment",
                  "filename", "long name.pdf"},
        FieldCase{"rfc2047", "attachment; filename=\"=?utf-8?Q?caf=C3=A9.pdf?=\"", "attachment", "filename",
                  "café.pdf"},
        FieldCase{"rfc2047_unquoted", "attachment; filename==?utf-8?Q?caf=C3=A9.pdf?=", "attachment", "filename",
                  "café.pdf"},
        FieldCase{"rfc2047_pieces", "attachment; filename*0=\"=?utf-8?Q?caf=C3\"; filename*1=\"=A9.pdf?=\"",
                  "attachment", "filename", "café.pdf"},
        FieldCase{"raw_latin1", "attachment; filename=\"caf\xE9.pdf\"", "attachment", "filename", "café.pdf"},
        FieldCase{"empty", "", "", "charset", ""}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(PlainFileName, has_no_folders) {
  EXPECT_EQ(plain_file_name("C:\\Users\\Jean\\devis.pdf"), "devis.pdf");
  EXPECT_EQ(plain_file_name("../../etc/devis.pdf"), "devis.pdf");
  EXPECT_EQ(plain_file_name("cafe\u0301.pdf"), "café.pdf");
}

}  // namespace
}  // namespace entregent::readers
