// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/names.h"

#include <array>

namespace entregent::demo {
namespace {

constexpr auto women = std::to_array<GivenName>({{"Agathe", ""},         {"Alexandra", "Alex"},
                                                 {"Amélie", ""},         {"Anne-Sophie", "Anso"},
                                                 {"Apolline", ""},       {"Bénédicte", "Béné"},
                                                 {"Capucine", ""},       {"Catherine", "Cathy"},
                                                 {"Cécile", ""},         {"Céline", ""},
                                                 {"Chantal", ""},        {"Christelle", "Chris"},
                                                 {"Clémence", "Clem"},   {"Corinne", "Coco"},
                                                 {"Delphine", "Delph"},  {"Dominique", "Dom"},
                                                 {"Élodie", "Élo"},      {"Émilie", "Milie"},
                                                 {"Estelle", ""},        {"Fatiha", ""},
                                                 {"Florence", "Flo"},    {"Françoise", "Fanfan"},
                                                 {"Gaëlle", ""},         {"Geneviève", "Geny"},
                                                 {"Ghislaine", ""},      {"Inès", ""},
                                                 {"Isabelle", "Isa"},    {"Joséphine", "Jo"},
                                                 {"Laëtitia", "Laeti"},  {"Laurence", "Lolo"},
                                                 {"Léonie", ""},         {"Maëlys", ""},
                                                 {"Margaux", ""},        {"Marie-Christine", "MC"},
                                                 {"Marie-Laure", ""},    {"Marion", ""},
                                                 {"Mathilde", "Mat"},    {"Maud", ""},
                                                 {"Mireille", ""},       {"Nadège", ""},
                                                 {"Noémie", "Nono"},     {"Océane", ""},
                                                 {"Odile", ""},          {"Pascale", ""},
                                                 {"Patricia", "Pat"},    {"Pauline", "Popo"},
                                                 {"Raphaëlle", "Raph"},  {"Rozenn", ""},
                                                 {"Sandrine", "Sandy"},  {"Ségolène", "Ségo"},
                                                 {"Solène", "Sol"},      {"Soraya", ""},
                                                 {"Stéphanie", "Steph"}, {"Sylvie", ""},
                                                 {"Thérèse", ""},        {"Valérie", "Val"},
                                                 {"Véronique", "Véro"},  {"Virginie", "Virg"},
                                                 {"Yasmina", "Yas"},     {"Zoé", ""}});

constexpr auto men = std::to_array<GivenName>({{"Abdelkader", "Kader"},
                                               {"Adrien", ""},
                                               {"Alain", ""},
                                               {"Antoine", "Tonio"},
                                               {"Arnaud", "Nono"},
                                               {"Aurélien", "Aure"},
                                               {"Baptiste", "Bapt"},
                                               {"Benjamin", "Ben"},
                                               {"Benoît", "Ben"},
                                               {"Bertrand", ""},
                                               {"Cédric", "Ced"},
                                               {"Christophe", "Chris"},
                                               {"Cyrille", ""},
                                               {"Damien", "Dam"},
                                               {"Denis", ""},
                                               {"Didier", "Didi"},
                                               {"Emmanuel", "Manu"},
                                               {"Étienne", ""},
                                               {"Fabrice", "Fab"},
                                               {"Florian", "Flo"},
                                               {"François-Xavier", "FX"},
                                               {"Frédéric", "Fred"},
                                               {"Gaël", ""},
                                               {"Gérard", "Gégé"},
                                               {"Grégory", "Greg"},
                                               {"Guillaume", "Guigui"},
                                               {"Hervé", ""},
                                               {"Hugues", ""},
                                               {"Jean-Claude", "JC"},
                                               {"Jean-François", "Jef"},
                                               {"Jean-Luc", ""},
                                               {"Jean-Marc", "JM"},
                                               {"Jean-Michel", "Jean-Mi"},
                                               {"Jean-Pierre", "JP"},
                                               {"Jérôme", "Jéjé"},
                                               {"Joël", "Jojo"},
                                               {"Karim", ""},
                                               {"Laurent", "Lolo"},
                                               {"Loïc", ""},
                                               {"Ludovic", "Ludo"},
                                               {"Marc-Antoine", "Marco"},
                                               {"Mathieu", "Mat"},
                                               {"Maxime", "Max"},
                                               {"Mehdi", ""},
                                               {"Mickaël", "Mika"},
                                               {"Nathanaël", "Nat"},
                                               {"Olivier", "Oliv"},
                                               {"Pascal", "Pasco"},
                                               {"Philippe", "Phil"},
                                               {"Pierre-Yves", "PY"},
                                               {"Quentin", ""},
                                               {"Raphaël", "Raph"},
                                               {"Régis", ""},
                                               {"Rémi", ""},
                                               {"Sébastien", "Seb"},
                                               {"Stéphane", "Steph"},
                                               {"Sylvain", ""},
                                               {"Théophile", "Théo"},
                                               {"Thierry", "Titi"},
                                               {"Vincent", "Vince"}});

constexpr auto ladies = std::to_array<GivenName>({{"Abigail", "Abby"},
                                                  {"Alison", "Ali"},
                                                  {"Barbara", "Barb"},
                                                  {"Catherine", "Kate"},
                                                  {"Deborah", "Debbie"},
                                                  {"Elizabeth", "Liz"},
                                                  {"Fiona", ""},
                                                  {"Jennifer", "Jen"},
                                                  {"Katherine", "Kathy"},
                                                  {"Margaret", "Peggy"},
                                                  {"Priya", ""},
                                                  {"Rebecca", "Becky"},
                                                  {"Samantha", "Sam"},
                                                  {"Siobhan", ""},
                                                  {"Susannah", "Sue"}});
constexpr auto gentlemen = std::to_array<GivenName>({{"Andrew", "Andy"},
                                                     {"Anthony", "Tony"},
                                                     {"Christopher", "Chris"},
                                                     {"Daniel", "Dan"},
                                                     {"Edward", "Ted"},
                                                     {"Gareth", ""},
                                                     {"Gregory", "Greg"},
                                                     {"Jonathan", "Jon"},
                                                     {"Matthew", "Matt"},
                                                     {"Nicholas", "Nick"},
                                                     {"Richard", "Dick"},
                                                     {"Robert", "Bob"},
                                                     {"Rohan", ""},
                                                     {"Thomas", "Tom"},
                                                     {"William", "Bill"}});

constexpr auto families = std::to_array<std::string_view>(
    {"Abgrall",      "Aubépin",    "Auvray",       "Barbarin",     "Bazinet",      "Beaucastel",  "Bellanger",
     "Benhaddou",    "Berthelin",  "Besnardeau",   "Blanchefort",  "Boisgontier",  "Bonnevie",    "Bordenave",
     "Boucharel",    "Bourdillon", "Bouvresse",    "Brossolin",    "Cabestan",     "Cadiou",      "Cantegrel",
     "Carpentras",   "Castelnau",  "Cazenave",     "Chabrillac",   "Champollet",   "Chantemerle", "Charbonnel",
     "Chastagnol",   "Chauvigny",  "Cherkaoui",    "Clairefond",   "Coatmeur",     "Corvisart",   "Cosquéric",
     "Courtebotte",  "Crozatier",  "d'Aubrac",     "d'Hérouville", "Dacosta-Rey",  "de Brissac",  "de La Forge",
     "Delacourtine", "Delahaye",   "Desfontaines", "Desrosiers",   "Destrée",      "Doutreleau",  "du Plessy",
     "Dumoulin",     "Échenoz",    "El Amrani",    "Escoffet",     "Etcheverry",   "Fauconnet",   "Ferrandin",
     "Forestier",    "Fouquereau", "Fromentin",    "Galopin",      "Garancher",    "Gautherin",   "Girodet",
     "Gouézec",      "Grandcolas", "Grimoird",     "Guéhenneux",   "Guilvinec",    "Hautecœur",   "Houdebine",
     "Iribarne",     "Jaouenn",    "Jolivet",      "Joncquères",   "Kerbrat",      "Kermadec",    "Lacassagne",
     "Lachenal",     "Lagarrigue", "Lamoureux",    "Larrivière",   "Le Bihannic",  "Le Goaziou",  "Lecouvreur",
     "Lemarchand",   "Lestrade",   "Lhermitte",    "Loiseleur",    "Maisonneuve",  "Malaterre",   "Marchandeau",
     "Maréchaux",    "Maupertuis", "Mazerolles",   "Ménétrier",    "Mongenot",     "Montferrand", "Morvandiau",
     "Nguyen-Lam",   "Noailleau",  "Ombredane",    "Oudinet",      "Parmentelot",  "Pélissard",   "Pennarun",
     "Perdrizet",    "Piquemal",   "Poitevineau",  "Pontcallec",   "Prudhommeaux", "Quélennec",   "Quintrec",
     "Rabastens",    "Rochebrune", "Rouvellou",    "Saint-Amans",  "Sarrazin",     "Sauveterre",  "Ségalat",
     "Taillefer",    "Tanguéry",   "Thévenard",    "Tisserand",    "Tournemine",   "Trébuchon",   "Vaillandet",
     "Verdeillac",   "Vialatte",   "Villedieu",    "Yvernault"});

constexpr auto common = std::to_array<std::string_view>(
    {"Martin", "Bernard", "Petit", "Durand", "Moreau", "Laurent", "Simon", "Michel", "Lefèvre", "Dubois"});

constexpr auto english = std::to_array<std::string_view>(
    {"Ackerley",  "Ashcombe",   "Birtwhistle", "Brackenbury",  "Cavanagh",      "Chaudhary",
     "Crowhurst", "Dalrymple",  "Eastaway",    "Fairweather",  "Garside",       "Goldthorpe",
     "Harkness",  "Inglesby",   "Kettlewell",  "Lockwood",     "MacInnes",      "Merriweather",
     "O'Rourke",  "Pemberton",  "Quayle",      "Rosewarne",    "Satterthwaite", "Thistlewood",
     "Underhay",  "Van Houten", "Wetherby",    "Winterbourne", "Yarborough",    "Zielinski"});

constexpr auto firms = std::to_array<CompanyName>(
    {{"Laiteries du Forez", "laiteries-forez.example", "agroalimentaire", "Montbrison", LocalPart::f_dot_last},
     {"Mutuelle Armorique", "mutuelle-armorique.example", "assurance", "Rennes", LocalPart::first_dot_last},
     {"Groupe Valmorel Logistique", "valmorel.example", "transport", "Chambéry", LocalPart::flast},
     {"Ville de Sainte-Anne-sur-Loire", "sainte-anne-sur-loire.example", "collectivité", "Sainte-Anne-sur-Loire",
      LocalPart::last_dot_f},
     {"Clinique des Tilleuls", "clinique-tilleuls.example", "santé", "Tours", LocalPart::first_dash_last},
     {"Banque Coopérative du Ponant", "bcp-ponant.example", "banque", "Brest", LocalPart::first_dot_last},
     {"Ateliers Corvin", "ateliers-corvin.example", "mécanique", "Saint-Étienne", LocalPart::first},
     {"Papeteries Grandval", "grandval.example", "papier", "Annonay", LocalPart::flast},
     {"Semences Lauragais", "semences-lauragais.example", "agriculture", "Castelnaudary", LocalPart::first_dot_last},
     {"Université de la Haute-Vienne", "univ-hautevienne.example", "enseignement", "Limoges",
      LocalPart::first_dot_last},
     {"Institut des Contrôleurs", "institut-controleurs.example", "formation", "Paris", LocalPart::f_dot_last},
     {"Régie des Eaux du Vexin", "eaux-vexin.example", "eau", "Pontoise", LocalPart::last_first},
     {"Cabinet Orme & Associés", "cabinet-orme.example", "conseil", "Lyon", LocalPart::f_dot_last},
     {"Studio Ligne Claire", "ligne-claire.example", "graphisme", "Nantes", LocalPart::first},
     {"Hôtel des Deux Rives", "deux-rives.example", "hôtellerie", "Avignon", LocalPart::first},
     {"Verreries de Bresle", "verreries-bresle.example", "verre", "Blangy", LocalPart::first_underscore_last},
     {"Néolog Systèmes", "neolog.example", "informatique", "Grenoble", LocalPart::first_dot_last},
     {"Fédération des Indépendants du Conseil", "fic-conseil.example", "association", "Paris",
      LocalPart::first_dot_last},
     {"Coopérative Bois d'Aubrac", "bois-aubrac.example", "bois", "Aurillac", LocalPart::f_dot_last},
     {"Solaire du Midi", "solaire-midi.example", "énergie", "Béziers", LocalPart::first_dot_last},
     {"Assurances Kerlouan", "kerlouan.example", "assurance", "Quimper", LocalPart::flast},
     {"Éditions du Passeur", "editions-passeur.example", "édition", "Arles", LocalPart::first_dash_last},
     {"Transports Mouriès", "transports-mouries.example", "transport", "Marseille", LocalPart::last_dot_f},
     {"Fiduciaire Roch", "fiduciaire-roch.example", "comptabilité", "Annecy", LocalPart::f_dot_last},
     {"Hospices de la Vallée", "hospices-vallee.example", "santé", "Beaune", LocalPart::first_dot_last},
     {"Maison Teyssèdre", "teyssedre.example", "textile", "Roubaix", LocalPart::first},
     {"Optique Vauban", "optique-vauban.example", "optique", "Besançon", LocalPart::flast},
     {"Chantiers Belle-Île", "chantiers-belleile.example", "naval", "Lorient", LocalPart::first_dot_last},
     {"Conserveries Larmor", "larmor.example", "agroalimentaire", "Douarnenez", LocalPart::f_dot_last},
     {"Chambre des Métiers du Berry", "metiers-berry.example", "chambre consulaire", "Bourges", LocalPart::last_first},
     {"Harbour & Pike Advisory", "harbourpike.example", "consulting", "London", LocalPart::first_dot_last, true},
     {"Northmoor Dairy", "northmoor.example", "food", "Leeds", LocalPart::flast, true},
     {"Cedar Ridge Analytics", "cedarridge.example", "software", "Boston", LocalPart::first, true},
     {"Lowland Shipping", "lowland-shipping.example", "shipping", "Rotterdam", LocalPart::f_dot_last, true},
     {"St Brannoc's College", "stbrannoc.example", "education", "Bristol", LocalPart::first_dot_last, true},
     {"Fenwick Insurance", "fenwick-ins.example", "insurance", "Edinburgh", LocalPart::last_dot_f, true}});

constexpr auto hosts = std::to_array<std::string_view>(
    {"courriel.example", "boite-aux-lettres.example", "postel.example", "mail-libre.example", "webpost.example"});

constexpr auto titles_her = std::to_array<std::string_view>(
    {"Directrice financière", "Responsable qualité", "Directrice générale", "Contrôleuse de gestion",
     "Responsable du contrôle interne", "Cheffe de projet", "Directrice des ressources humaines", "Acheteuse",
     "Secrétaire générale", "Auditrice interne", "Chargée de communication", "Consultante"});
constexpr auto titles_him = std::to_array<std::string_view>(
    {"Directeur financier", "Responsable qualité", "Directeur général", "Contrôleur de gestion",
     "Responsable du contrôle interne", "Chef de projet", "Directeur des systèmes d’information", "Acheteur",
     "Secrétaire général", "Auditeur interne", "Chargé d’études", "Consultant"});
constexpr auto titles_english =
    std::to_array<std::string_view>({"Head of Internal Audit", "Finance Director", "Programme Manager", "Risk Officer",
                                     "Senior Adviser", "Operations Lead"});

}  // namespace

std::span<const GivenName> french_women() {
  return women;
}
std::span<const GivenName> french_men() {
  return men;
}
std::span<const GivenName> english_women() {
  return ladies;
}
std::span<const GivenName> english_men() {
  return gentlemen;
}
std::span<const std::string_view> french_families() {
  return families;
}
std::span<const std::string_view> common_families() {
  return common;
}
std::span<const std::string_view> english_families() {
  return english;
}
std::span<const CompanyName> companies() {
  return firms;
}
std::span<const std::string_view> mail_hosts() {
  return hosts;
}
std::span<const std::string_view> titles(bool woman) {
  return woman ? std::span<const std::string_view>(titles_her) : titles_him;
}
std::span<const std::string_view> english_titles() {
  return titles_english;
}

}  // namespace entregent::demo
