// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/asking.h"

#include <gtest/gtest.h>

namespace entregent::ties {
namespace {

struct AskCase {
  std::string_view text;
  Asked::What what;
};
class Asking : public testing::TestWithParam<AskCase> {};

TEST_P(Asking, is_told_from_courtesy) {
  EXPECT_EQ(asks_something(GetParam().text).what, GetParam().what) << GetParam().text;
}

constexpr auto nothing = Asked::What::nothing;
constexpr auto question = Asked::What::question;
constexpr auto request = Asked::What::request;

INSTANTIATE_TEST_SUITE_P(table, Asking,
                         testing::Values(AskCase{"Bonjour Léa,\n\nSeriez-vous libre\nmardi ?\n\nPaul", question},
                                         AskCase{"Hi,\n\nHow are you? Could you send me the figures.\n", request},
                                         AskCase{"Merci de me confirmer la date.", request},
                                         AskCase{"Pourriez-vous relire le devis.", request},
                                         AskCase{"Veuillez nous retourner le contrat signé.", request},
                                         AskCase{"Let me know what suits you.", request},
                                         AskCase{"Merci de votre aide, à bientôt !", nothing},
                                         AskCase{"Thanks a lot, see you on Friday.", nothing},
                                         AskCase{"How are you? All is well here.", nothing},
                                         AskCase{"Let me know if you have any questions.", nothing},
                                         AskCase{"N’hésitez pas à me joindre. Pouvez-vous le noter", request},
                                         AskCase{"Veuillez agréer, Madame, mes salutations.", nothing},
                                         AskCase{"Voir https://shop.example/cart?item=3 pour le détail.", nothing},
                                         AskCase{"", nothing}),
                         [](const auto& test) { return "case_" + std::to_string(test.index); });

TEST(AskingSentence, is_the_one_that_asks_joined_over_its_lines) {
  EXPECT_EQ(asks_something("Merci pour tout.\nSeriez-vous\nlibre mardi ? Bien à vous").sentence,
            "Seriez-vous libre mardi ?");
}

}  // namespace
}  // namespace entregent::ties
