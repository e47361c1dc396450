// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "people/address.h"
#include "people/compare.h"
#include "people/name_form.h"

namespace entregent::people {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

struct NameCase {
  std::string_view title, seen, given, surname;
  bool order_known = true;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

class ParsesName : public testing::TestWithParam<NameCase> {};

TEST_P(ParsesName, takes_it_apart) {
  const Name name = parse_name(GetParam().seen);
  EXPECT_EQ(joined(name.given), GetParam().given);
  EXPECT_EQ(joined(name.surname), GetParam().surname);
  EXPECT_EQ(name.order_known, GetParam().order_known);
}

INSTANTIATE_TEST_SUITE_P(
    table, ParsesName,
    testing::Values(NameCase{"plain", "Sophie Tarvenec", "sophie", "tarvenec"},
                    NameCase{"reversed_by_table", "Tarvenec Sophie", "sophie", "tarvenec"},
                    NameCase{"particle_first", "Le Tarvenec Sophie", "sophie", "le tarvenec"},
                    NameCase{"two_particles_first", "De la Tourelle Sophie", "sophie", "de la tourelle"},
                    NameCase{"capital_particle_first", "LE TARVENEC Sophie", "sophie", "le tarvenec"},
                    NameCase{"a_surname_as_given_name", "Roux Tarvenec", "", "", false},
                    NameCase{"capitals_first", "TARVENEC Jean Pierre", "jean pierre", "tarvenec"},
                    NameCase{"capitals_last", "Wolmar TARVENEC", "wolmar", "tarvenec"},
                    NameCase{"comma", "Tarvenec, Jean-Pierre", "jean pierre", "tarvenec"},
                    NameCase{"comma_and_degree", "Sophie Tarvenec, PhD", "sophie", "tarvenec"},
                    NameCase{"particle", "Wolmar de la Tourelle", "wolmar", "de la tourelle"},
                    NameCase{"elided_particle", "Wolmar d'Ormelle", "wolmar", "d ormelle"},
                    NameCase{"typographic_elision", "Wolmar d’Ormelle", "wolmar", "d ormelle"},
                    NameCase{"capitals_with_particle", "Wolmar de TARVENEC", "wolmar", "de tarvenec"},
                    NameCase{"van", "Koen van den Brak", "koen", "van den brak"},
                    NameCase{"ben", "Wolmar Ben Tarvi", "wolmar", "ben tarvi"},
                    NameCase{"ben_is_a_given_name", "Ben Tarvenec", "ben", "tarvenec"},
                    NameCase{"irish", "Sean O'Tarven", "sean", "otarven"},
                    NameCase{"title", "Mme Sophie Tarvenec", "sophie", "tarvenec"},
                    NameCase{"title_dotted", "Dr. Sophie Tarvenec", "sophie", "tarvenec"},
                    NameCase{"monsieur", "M. Jean Tarvenec", "jean", "tarvenec"},
                    NameCase{"maitre", "Me Jean Tarvenec", "jean", "tarvenec"},
                    NameCase{"engineer", "Ing. Jean Tarvenec", "jean", "tarvenec"},
                    NameCase{"brackets", "Sophie Tarvenec (Acme)", "sophie", "tarvenec"},
                    NameCase{"external_mark", "[EXT] Sophie Tarvenec", "sophie", "tarvenec"},
                    NameCase{"via", "Sophie Tarvenec via Forum", "sophie", "tarvenec"},
                    NameCase{"company_after_bar", "Sophie Tarvenec | Acme", "sophie", "tarvenec"},
                    NameCase{"quotes", "'Sophie Tarvenec'", "sophie", "tarvenec"},
                    NameCase{"accents", "Théo Tarvénec", "theo", "tarvenec"},
                    NameCase{"initials_in_one", "JP Tarvenec", "j p", "tarvenec"},
                    NameCase{"initials_dotted", "J.-P. Tarvenec", "j p", "tarvenec"},
                    NameCase{"one_initial", "S. Tarvenec", "s", "tarvenec"},
                    NameCase{"camel_case", "SophieTarvenec", "sophie", "tarvenec"},
                    NameCase{"double_utf8", "ThÃ©o Tarvenec", "theo", "tarvenec"},
                    NameCase{"compound_surname", "Sophie Tarvenec-Brulis", "sophie", "tarvenec brulis"},
                    NameCase{"cyrillic", "Иван Тарвенков", "ivan", "tarvenkov"},
                    NameCase{"unknown_order", "Wolmar Tarvenec", "", "", false},
                    NameCase{"one_word", "Tarvenec", "", "", false},
                    NameCase{"only_brackets", "(nobody here)", "", "", false},
                    NameCase{"an_address", "sophie@acme.example", "", "", false}, NameCase{"empty", "", "", "", false}),
    [](const auto& test) { return std::string(test.param.title); });

TEST(ParseName, gives_all_words) {
  EXPECT_THAT(parse_name("Jean-Pierre de la Tourelle").words, ElementsAre("jean", "pierre", "de", "la", "tourelle"));
  EXPECT_THAT(parse_name("Tarvenec, Sophie").words, ElementsAre("sophie", "tarvenec"));
  EXPECT_THAT(parse_name("王小明").words, ElementsAre("wang", "xiao", "ming"));
}

TEST(ParseName, survives_any_bytes) {
  EXPECT_THAT(parse_name("\xFF\xFE(").words, IsEmpty());
  EXPECT_THAT(parse_name("((((").words, IsEmpty());
  EXPECT_THAT(parse_name(" , ,, ").words, IsEmpty());
  EXPECT_THAT(parse_name("'").words, IsEmpty());
}

struct RelationCase {
  std::string_view title, a, b;
  Relation relation;
};

class ComparesNames : public testing::TestWithParam<RelationCase> {};

TEST_P(ComparesNames, both_ways) {
  const NameForm a = parse_form(GetParam().a), b = parse_form(GetParam().b);
  EXPECT_EQ(compare(a, b).relation, GetParam().relation);
  EXPECT_EQ(compare(b, a).relation, GetParam().relation);
}

INSTANTIATE_TEST_SUITE_P(
    table, ComparesNames,
    testing::Values(RelationCase{"same", "Sophie Tarvenec", "sophie TARVENEC", Relation::equal},
                    RelationCase{"order", "Tarvenec Wolmar", "Wolmar Tarvenec", Relation::equal},
                    RelationCase{"order_and_particle", "Le Tarvenec Sophie", "Sophie LE TARVENEC", Relation::equal},
                    RelationCase{"surname_as_given_name", "Roux Tarvenec", "TARVENEC Roux", Relation::equal},
                    RelationCase{"compound_and_two_words", "Jean-Pierre Tarvenec", "Jean Pierre Tarvenec",
                                 Relation::equal},
                    RelationCase{"written_in_one", "Jeanpierre Tarvenec", "Jean Pierre Tarvenec", Relation::equal},
                    RelationCase{"initials", "JP Tarvenec", "Jean-Pierre Tarvenec", Relation::compatible},
                    RelationCase{"one_initial", "S. Tarvenec", "Sophie Tarvenec", Relation::compatible},
                    RelationCase{"middle", "Sophie K. Tarvenec", "Sophie Tarvenec", Relation::compatible},
                    RelationCase{"middle_initial", "Sophie Karin Tarvenec", "Sophie K. Tarvenec", Relation::compatible},
                    RelationCase{"nickname", "Fred Tarvenec", "Frédéric Tarvenec", Relation::compatible},
                    RelationCase{"english_nickname", "Bob Tarvenec", "Robert Tarvenec", Relation::compatible},
                    RelationCase{"jean_mi", "Jean-Mi Tarvenec", "Jean-Michel Tarvenec", Relation::other_given},
                    RelationCase{"typo", "Sophie Tarvenec", "Sophie Tarvnec", Relation::compatible},
                    RelationCase{"wrong_initial", "M. K. Tarvenec", "Sophie Tarvenec", Relation::other_given},
                    RelationCase{"siblings", "Sophie Tarvenec", "Julien Tarvenec", Relation::other_given},
                    RelationCase{"near_given_names", "Maria Tarvenec", "Mario Tarvenec", Relation::other_given},
                    RelationCase{"other_middle", "Jean Pierre Tarvenec", "Jean Paul Tarvenec", Relation::other_given},
                    RelationCase{"changed_surname", "Sophie Tarvenec", "Sophie Brulis", Relation::other_surname},
                    RelationCase{"strangers", "Sophie Tarvenec", "Julien Brulis", Relation::disjoint},
                    RelationCase{"crossed", "MARTIN Paul", "PAUL Martin", Relation::other_given},
                    RelationCase{"given_alone", "Sophie", "Sophie Tarvenec", Relation::partial},
                    RelationCase{"other_given_alone", "Julien", "Sophie Tarvenec", Relation::other_given},
                    RelationCase{"handle", "nightowl", "Sophie Tarvenec", Relation::unknown},
                    RelationCase{"nobody", "unknown", "Sophie Tarvenec", Relation::unknown}),
    [](const auto& test) { return std::string(test.param.title); });

struct MailboxCase {
  std::string_view title, a, b;
  bool someone_else;
};

class OneMailbox : public testing::TestWithParam<MailboxCase> {};

TEST_P(OneMailbox, both_ways) {
  const NameForm a = parse_form(GetParam().a), b = parse_form(GetParam().b);
  EXPECT_EQ(is_someone_else(a, b), GetParam().someone_else);
  EXPECT_EQ(is_someone_else(b, a), GetParam().someone_else);
}

INSTANTIATE_TEST_SUITE_P(table, OneMailbox,
                         testing::Values(MailboxCase{"spouses", "Sophie Tarvenec", "Julien Tarvenec", true},
                                         MailboxCase{"like_spouses", "Jean Tarvenec", "Jeanne Tarvenec", true},
                                         MailboxCase{"brothers", "Jean-Pierre Tarvenec", "Jean-Paul Tarvenec", true},
                                         MailboxCase{"crossed_order", "MARTIN Paul", "PAUL Martin", false},
                                         MailboxCase{"first_letters", "Geny Tarvenec", "Geneviève Tarvenec", false},
                                         MailboxCase{"last_letters", "Kader Tarvenec", "Abdelkader Tarvenec", false},
                                         MailboxCase{"initials_in_a_word", "Jef Tarvenec", "Jean-François Tarvenec",
                                                     false},
                                         MailboxCase{"unlike_unknown", "Zolu Tarvenec", "Sophie Tarvenec", true},
                                         MailboxCase{"another_assistant", "Sophie Tarvenec", "Julien Brulis", true}),
                         [](const auto& test) { return std::string(test.param.title); });

struct AddressCase {
  std::string_view title, seen, normal;
};

class NormalisesAddress : public testing::TestWithParam<AddressCase> {};

TEST_P(NormalisesAddress, to_the_form_compared) {
  EXPECT_EQ(normal_address(GetParam().seen), GetParam().normal);
}

INSTANTIATE_TEST_SUITE_P(
    table, NormalisesAddress,
    testing::Values(AddressCase{"case", "Sophie@Acme.Example", "sophie@acme.example"},
                    AddressCase{"spaces", " sophie@acme.example ", "sophie@acme.example"},
                    AddressCase{"brackets", "Sophie <sophie@acme.example>", "sophie@acme.example"},
                    AddressCase{"mailto", "mailto:sophie@acme.example", "sophie@acme.example"},
                    AddressCase{"tag", "sophie+news@acme.example", "sophie@acme.example"},
                    AddressCase{"gmail_dots", "so.phie.t@gmail.com", "sophiet@gmail.com"},
                    AddressCase{"googlemail", "sophie.t@googlemail.com", "sophiet@gmail.com"},
                    AddressCase{"dots_elsewhere", "so.phie@acme.example", "so.phie@acme.example"},
                    AddressCase{"srs", "SRS0=HHH=TT=acme.example=sophie@relay.example", "sophie@acme.example"},
                    AddressCase{"srs_twice", "SRS1=H=relay.example==HHH=TT=acme.example=sophie@other.example",
                                "sophie@acme.example"},
                    AddressCase{"batv", "prvs=123456789=sophie@acme.example", "sophie@acme.example"},
                    AddressCase{"numbered_noreply", "1234567+nightowl@users.noreply.github.com",
                                "nightowl@users.noreply.github.com"},
                    AddressCase{"plain_noreply", "nightowl@users.noreply.github.com",
                                "nightowl@users.noreply.github.com"},
                    AddressCase{"no_domain", "sophie@", ""}, AddressCase{"no_local", "@acme.example", ""},
                    AddressCase{"no_at", "sophie", ""}, AddressCase{"space_inside", "so phie@acme.example", ""},
                    AddressCase{"empty", "", ""}),
    [](const auto& test) { return std::string(test.param.title); });

TEST(NormalAddress, is_its_own_normal_form) {
  for (const char* seen :
       {"SRS0=a=b=acme.example=So.Phie+x@relay.example", "1+a@users.noreply.github.com", "a.b+c@gmail.com"})
    EXPECT_EQ(normal_address(normal_address(seen)), normal_address(seen)) << seen;
}

TEST(RoleAddress, knows_functions_in_both_languages) {
  for (const char* role :
       {"contact@acme.example", "info@acme.example", "noreply@acme.example", "no-reply@acme.example",
        "ne-pas-repondre@acme.example", "contact-presse@acme.example", "accueil@acme.example",
        "secretariat@acme.example", "mailer-daemon@acme.example", "forum-bounces@acme.example",
        "forum-request@acme.example", "owner-forum@acme.example", "postmaster@acme.example", "info2@acme.example"})
    EXPECT_TRUE(is_role_address(role)) << role;
  for (const char* person : {"sophie@acme.example", "s.tarvenec@acme.example", "infante@acme.example",
                             "contacto.luis@acme.example", "user2346@acme.example", "noreply"})
    EXPECT_FALSE(is_role_address(person)) << person;
}

TEST(ParseAddress, tells_machines_from_sites) {
  EXPECT_EQ(parse_address("sophie@laptop.local").kind, AddressKind::local);
  EXPECT_EQ(parse_address("sophie@192.168.1.2").kind, AddressKind::local);
  EXPECT_EQ(parse_address("sophie@laptop.(none)").kind, AddressKind::local);
  EXPECT_EQ(parse_address("sophie@laptop").kind, AddressKind::local);
  EXPECT_EQ(parse_address("sophie@lab.acme.co.uk").site, "acme.co.uk");
  EXPECT_EQ(parse_address("sophie@lab.acme.fr").site, "acme.fr");
  EXPECT_TRUE(parse_address("sophie@orange.fr").free_mail);
}

TEST(Nicknames, go_both_ways) {
  EXPECT_THAT(nicknames("frederic"), Contains("fred"));
  EXPECT_THAT(nicknames("fred"), Contains("frederic"));
  EXPECT_THAT(nicknames("emmanuel"), Contains("manu"));
  EXPECT_THAT(nicknames("robert"), Contains("bob"));
  EXPECT_THAT(nicknames("jeanmichel"), Contains("jm"));
  EXPECT_THAT(nicknames("robert"), testing::Not(Contains("robert")));
  EXPECT_THAT(nicknames("tarvenec"), IsEmpty());
}

TEST(WithinOneEdit, counts_characters) {
  EXPECT_TRUE(within_one_edit("tarvenec", "tarvenec"));
  EXPECT_TRUE(within_one_edit("tarvenec", "tarvnec"));
  EXPECT_TRUE(within_one_edit("tarvenec", "tarvenecs"));
  EXPECT_TRUE(within_one_edit("tarvenec", "tarvenek"));
  EXPECT_TRUE(within_one_edit("tarvenec", "tarveenc"));
  EXPECT_TRUE(within_one_edit("", "a"));
  EXPECT_TRUE(within_one_edit("тарв", "тарм"));
  EXPECT_FALSE(within_one_edit("", "ab"));
  EXPECT_FALSE(within_one_edit("tarvenec", "tarvc"));
  EXPECT_FALSE(within_one_edit("abcd", "badc"));
}

TEST(Fit, finds_without_accents_order_or_all_words) {
  const Name name = parse_name("Frédéric-Jean Tarvénec");
  EXPECT_DOUBLE_EQ(fit(parse_name("tarvenec frederic jean"), name), 1);
  const double exact = fit(parse_name("frederic tarvenec"), name);
  EXPECT_GT(exact, 0.9);
  for (const char* typed :
       {"fred tarvenec", "f tarvenec", "tarv", "frederic tarvnec", "FREDERICJEAN Tarvenec", "fj tarvenec"}) {
    const double found = fit(parse_name(typed), name);
    EXPECT_GT(found, 0) << typed;
    EXPECT_LE(found, 1) << typed;
  }
  EXPECT_GT(exact, fit(parse_name("fred tarvenec"), name));
  EXPECT_GT(fit(parse_name("fred tarvenec"), name), fit(parse_name("f tarvenec"), name));
  EXPECT_EQ(fit(parse_name("frederic brulis"), name), 0);
  EXPECT_EQ(fit(Name{}, name), 0);
}

}  // namespace
}  // namespace entregent::people
