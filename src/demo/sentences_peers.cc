// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/sentences.h"

namespace entregent::demo {
namespace {

/// Among equals both sides say the same kind of things.
Topic equal(Lines subjects, Lines opens, Lines answers, Lines files = {}) {
  return {std::move(subjects), opens, opens, answers, answers, std::move(files)};
}

}  // namespace

const std::vector<Topic>& formal_topics();

/// Consultants among themselves: tu.
const std::vector<Topic>& peer_topics();
const std::vector<Topic>& peer_topics() {
  static const std::vector<Topic> table{
      equal({"Mission à deux ?", "Appel d’offres {project}", "On répond ensemble ?", "Cotraitance {project}"},
            {"Je suis sur un appel d’offres un peu gros pour moi : « {project} », {number} jours, remise des offres "
             "{day}. On y va à deux ?",
             "Un client de {city} me demande quelque chose que tu fais mieux que moi. Je te le passe si tu as de la "
             "place en {month}.",
             "J’ai une mission à partager. Toi les entretiens, moi le rapport ? Ou l’inverse, si tu préfères voir du "
             "monde."},
            {"D’accord sur le principe. Il faut qu’on parle du tarif : je ne descends pas sous {amount} € la semaine.",
             "Je prends la partie méthode et tu prends les achats, ça te va ?",
             "Envoie-moi le cahier des charges, je le lis ce soir dans le train.",
             "Le règlement de consultation demande trois références récentes. J’en ai deux, et toi ?",
             "On dépose en groupement solidaire ? Je n’aime pas le mot, mais le client y tient.",
             "Bonne nouvelle, on est retenus pour l’oral, {day} à {hour}."},
            {"Cahier des charges.pdf", "Mémoire technique v{number}.docx", "Répartition des jours.xlsx"}),
      equal({"Relecture de mon article", "Un texte à relire", "Ton avis sur ma trame"},
            {"Je publie un article le mois prochain et j’aimerais un œil méchant avant. Trois pages, promis.",
             "Peux-tu relire ma trame d’entretien ? J’ai l’impression de poser deux fois la même question.",
             "J’ai refait ma page de présentation. Dis-moi si on comprend ce que je vends."},
            {"J’ai lu. Le milieu est très bon, le début s’excuse d’exister : coupe-le.",
             "J’ai mis mes remarques dans la marge. Ne les garde pas toutes.",
             "On comprend tout, sauf à qui tu parles. Un exemple de client, peut-être ?",
             "Merci, j’ai presque tout suivi. Sauf la blague, qui reste.",
             "La deuxième version est nettement plus courte et dit davantage."},
            {"Article v{number}.odt", "Trame d’entretien.docx", "Page de présentation.pdf"}),
      equal({"Déjeuner en {month} ?", "On se voit ?", "Café avant le train"},
            {"Je passe à {city} {day}. Un déjeuner, si tu n’es pas en mission ?",
             "Cela fait des mois. Un café {day} vers {hour} ?",
             "Il faut que je te raconte la restitution de la semaine dernière, et pas par écrit."},
            {"Avec plaisir. {place}, {hour} ?", "{day} je ne peux pas, mais le lendemain oui.",
             "C’était bien de parler en personne. Je repars avec deux idées et une adresse.",
             "Je réserve pour deux, à mon nom.", "Je suis chez un client jusqu’à {hour}. On décale d’une heure ?"}),
      equal({"Assurance professionnelle", "Question bête sur la TVA", "Logiciel de facturation",
             "Comment fais-tu pour les relances ?"},
            {"Question bête : tu factures la TVA sur les frais refacturés ?",
             "Mon assureur me réclame un avenant pour la formation. Le tien aussi ?",
             "Comment fais-tu pour relancer un client qui est aussi un ami ?",
             "Tu utilises toujours le même logiciel pour tes factures ? Le mien ferme en {month}."},
            {"Oui, au même taux que la prestation. J’ai mis deux ans à l’apprendre.",
             "Je relance à date fixe, toujours le même texte, pour que ce ne soit jamais personnel.",
             "J’ai changé l’an dernier : {number} € par mois et personne au téléphone, mais il fait le travail.",
             "Demande à mon comptable de ma part, il explique bien.", "Merci, tu m’épargnes une soirée."}),
      equal({"Retour de l’atelier", "Notre groupe d’analyse", "Intervision de {month}"},
            {"Merci pour la dernière séance. Le cas du directeur muet me suit encore.",
             "Pour la prochaine séance, {day} à {hour}, qui apporte un cas ?",
             "J’ai rédigé le relevé de notre atelier. Corrige ce que j’ai compris de travers."},
            {"J’ai un cas : un client qui ne veut pas lire ce qu’il a commandé.",
             "Je viens, mais je partirai à {hour}.", "Ton relevé est fidèle. J’ajouterais ce qu’on n’a pas osé dire.",
             "On est six cette fois, c’est le bon nombre."},
            {"Relevé d’atelier.odt"})};
  return table;
}

const std::vector<Topic>& friendly_topics();
const std::vector<Topic>& friendly_topics() {
  static const std::vector<Topic> table{
      equal({"Samedi ?", "Dîner {day}", "Vous venez ?", "Week-end à la montagne"},
            {"On fait une soupe et un gâteau {day}, venez comme vous êtes. Vers {hour}.",
             "La maison est libre le dernier week-end de {month}. Neige, cartes et fromage : partants ?",
             "Les enfants réclament une revanche au tarot. {day} soir ?"},
            {"Oui ! J’apporte le vin et une tarte.",
             "Pas possible cette fois, on a mes parents. Une autre fois sans faute.",
             "On arrivera plutôt vers {hour}, le temps de fermer l’ordinateur.",
             "C’était une belle soirée, merci. Le petit parle encore du feu.", "Partants. Qui prend les draps ?"}),
      equal({"Les photos", "Photos de l’été", "Souvenirs"},
            {"Voilà enfin les photos de l’été. Celle du quai est ma préférée.",
             "J’ai retrouvé une photo de nous il y a quinze ans. Tu vas rire."},
            {"Quelles têtes ! Merci, je les garde.", "Tu as celle où on voit toute la bande ?",
             "Envoie-la à ma mère, elle va pleurer."},
            {"quai.png", "été à la mer.png", "la bande.png"}),
      equal({"Chorale", "Répétition de {day}", "Concert de {month}"},
            {"La répétition de {day} commence à {hour} : le chef veut reprendre le second mouvement depuis le début.",
             "Le concert approche et il manque deux altos. Tu connais quelqu’un ?"},
            {"Je viens, mais avec la voix d’une porte.", "J’ai peut-être une alto, je lui demande.",
             "Noir en bas, blanc en haut, comme d’habitude ?"},
            {"Partition alto.pdf"}),
      equal(
          {"Des nouvelles", "Comment vas-tu ?", "Longtemps !"},
          {"Je pense à toi depuis que j’ai vu ta ville aux informations. Tout va bien ?",
           "Longtemps que je n’ai pas écrit. Le déménagement est fini, il reste quarante cartons.",
           "Comment se passe ta vie d’indépendante ? Tu dors, au moins ?"},
          {"Tout va bien, beaucoup de trains, pas assez de jardin.", "Passe nous voir, on a une chambre maintenant.",
           "Ça me fait plaisir de te lire. Je t’appelle {day}.", "Les journées sont longues, mais elles sont à moi."})};
  return table;
}

const std::vector<Topic>& english_topics();

const std::vector<Topic>& topics(Tone tone) {
  switch (tone) {
    case Tone::formal:
      return formal_topics();
    case Tone::peer:
      return peer_topics();
    case Tone::friendly:
      return friendly_topics();
    case Tone::english:
      break;
  }
  return english_topics();
}

const Common& common_lines(Tone tone) {
  static const Lines projects{"audit des stocks",           "cartographie des risques", "revue du processus achats",
                              "contrôle des habilitations", "plan de continuité",       "qualité des données",
                              "gestion des fournisseurs",   "suivi des subventions",    "parcours des réclamations"};
  static const Lines places{
      "salle des Tilleuls",           "au café de la gare",    "au siège", "dans la petite salle du second",
      "à la Maison des associations", "au restaurant du musée"};
  static const Common formal{
      {"J’espère que la rentrée s’est passée au mieux.",
       "Nous sommes un peu débordés en ce moment, d’où ma réponse tardive.",
       "Pardonnez ce mot rapide, je suis dans le train.", "Je reviens de congés et je retrouve votre message."},
      {"Merci beaucoup.", "Je vous en remercie vivement.", "C’est parfait, merci.", "Bien reçu, je vous remercie."},
      {"Bien cordialement,", "Cordialement,", "Bien à vous,", "Avec mes meilleures salutations,",
       "Sincères salutations,", "Cdlt,"},
      {"Qu’en pensez-vous ?", "Cela vous convient-il ?", "Pourriez-vous me répondre avant {day} ?",
       "Seriez-vous disponible {day} à {hour} ?"},
      {"Vous trouverez le document en pièce jointe.", "Je joins le fichier à ce message.", "Le document est joint."},
      {"J’en ai parlé avec {mention}, qui partage cet avis.", "Vous pouvez aussi voir cela avec {mention}.",
       "{mention} m’a dit le plus grand bien de votre équipe.", "C’est {mention} qui suit ce dossier désormais.",
       "J’ai croisé {mention} à la table ronde, nous avons reparlé de vous."},
      {"P.-S. : bonne fin de semaine.", "P.-S. : mon numéro a changé, voyez ci-dessous.",
       "P.-S. : le parking est fermé, prenez le tramway."},
      projects,
      places};
  static const Common peer{
      {"Semaine de fou ici.", "Je t’écris entre deux trains.", "Rien d’urgent.", "Avant d’oublier :"},
      {"Merci !", "Mille mercis.", "Tu me sauves, merci.", "Super, merci."},
      {"À bientôt,", "Amitiés,", "Bonne journée,", "Bises,", "À très vite,"},
      {"Tu en penses quoi ?", "Ça te va ?", "Tu me dis d’ici {day} ?", "Tu serais libre {day} vers {hour} ?"},
      {"C’est en pièce jointe.", "Je te joins le fichier.", "Le document est là, dis-moi s’il s’ouvre."},
      {"J’en ai parlé à {mention}, qui est d’accord.", "Tu devrais voir {mention}, qui connaît bien le sujet.",
       "{mention} te passe le bonjour.", "Figure-toi que {mention} cherche exactement cela.",
       "Demande à {mention}, de ma part."},
      {"P.-S. : tu as oublié ton écharpe.", "P.-S. : à rendre, ton livre.", "P.-S. : bravo pour l’article."},
      projects,
      places};
  static const Common english{
      {"Hope you are keeping well.", "Apologies for the slow reply, it has been one of those weeks.",
       "Writing this on the train, so forgive the typos.", "Just back from leave."},
      {"Many thanks.", "Thanks, that is perfect.", "Much appreciated.", "Got it, thank you."},
      {"Best regards,", "Kind regards,", "All the best,", "Best,", "Many thanks,"},
      {"What do you think?", "Would that work for you?", "Could you let me know by {day}?",
       "Are you free on {day} at {hour}?"},
      {"The document is attached.", "Please find the file attached.", "I attach the latest version."},
      {"I mentioned it to {mention}, who agrees.", "You may also want to speak to {mention}.",
       "{mention} sends regards.", "It is {mention} who looks after this now.",
       "I ran into {mention} at the conference and your name came up."},
      {"PS: enjoy the long weekend.", "PS: my number has changed, see below.",
       "PS: the second page is the one that matters."},
      {"stock audit", "risk mapping", "supplier review", "grants review", "complaints process", "continuity plan"},
      {"in the small meeting room", "at the station café", "at our head office", "at the college library"}};
  if (tone == Tone::english) return english;
  return tone == Tone::formal ? formal : peer;
}

}  // namespace entregent::demo
