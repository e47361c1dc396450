// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/sentences.h"

namespace entregent::demo {

// The French of clients: vous.
const std::vector<Topic>& formal_topics();
const std::vector<Topic>& formal_topics() {
  static const std::vector<Topic> table{
      {{"Proposition : {project}", "Votre proposition d’intervention", "Mission {project} – cadrage",
        "Devis {project}"},
       {"Comme convenu lors de notre entretien, vous trouverez ma proposition pour la mission « {project} ». J’ai "
        "retenu {number} jours, dont deux "
        "sur site à {city}.",
        "À la suite de notre échange de {day}, je vous propose un cadrage en deux temps : une semaine d’entretiens, "
        "puis une restitution devant le "
        "comité. Le budget serait de {amount} € hors taxes.",
        "J’ai repris le périmètre avec vos remarques. La variante courte ({number} jours) laisse de côté les filiales "
        "; la longue les comprend."},
       {"Nous cherchons quelqu’un pour nous accompagner sur le sujet « {project} ». Votre nom nous a été donné par un "
        "confrère. Auriez-vous un moment "
        "{day} pour en parler ?",
        "Le comité a donné son accord de principe pour la mission « {project} ». Pourriez-vous nous faire parvenir un "
        "devis avant la fin du mois ?",
        "J’ai bien lu votre proposition. Avant de la présenter à la direction, il me manque le détail des journées et "
        "vos conditions d’annulation."},
       {"Je vous remercie de votre retour. J’ai corrigé le nombre de jours et précisé ce qui reste à votre charge : la "
        "mise à disposition des "
        "documents et une salle.",
        "Le calendrier vous laisse-t-il la possibilité de commencer en {month} ? Je bloque les dates dès que vous me "
        "confirmez.",
        "C’est entendu pour {amount} €. Je vous adresse la convention à signer en deux exemplaires.",
        "Les frais de déplacement sont compris dans le forfait ; seules les nuitées à {city} seraient facturées à "
        "part, sur justificatif."},
       {"Votre proposition nous convient dans l’ensemble. Le service des achats demande toutefois de revoir l’article "
        "sur la confidentialité.",
        "La direction souhaite ramener le budget à {amount} €. Est-ce envisageable en réduisant le nombre d’entretiens "
        "?",
        "Bon pour accord de notre côté. Le bon de commande part cette semaine.",
        "Nous devons reporter le démarrage à {month} : deux personnes clés sont absentes jusque-là. Cela vous "
        "pose-t-il difficulté ?"},
       {"Proposition {project}.pdf", "Devis-{number}.pdf", "Convention de mission.docx", "Planning prévisionnel.xlsx"}},
      {{"Audit sur site – préparation", "Documents pour l’audit", "Visite du {day}", "Plan d’audit {project}"},
       {"Voici le plan d’audit pour la visite de {day}. Nous commencerons à {hour} par une réunion d’ouverture d’une "
        "demi-heure, puis je suivrai "
        "l’ordre des processus.",
        "Pour préparer la visite, il me faudrait l’organigramme à jour, les trois derniers comptes rendus de revue et "
        "la liste des habilitations.",
        "Je serai à {city} {day} vers {hour}. Inutile de prévoir un déjeuner : un sandwich avec les équipes m’en "
        "apprend davantage."},
       {"Les équipes sont prévenues de votre passage {day}. Souhaitez-vous rencontrer aussi l’équipe de nuit ?",
        "Je vous adresse les procédures demandées. Deux d’entre elles sont en cours de révision ; je vous ai indiqué "
        "lesquelles.",
        "Notre responsable des stocks sera absent {day}. Pouvons-nous intervertir avec la visite de l’atelier ?"},
       {"Bien reçu, merci. Il me manque encore la procédure des retours et le registre des écarts de {month}.",
        "Nous pouvons intervertir sans difficulté : je verrai l’atelier le matin et les stocks après {hour}.",
        "Je préfère des entretiens individuels, sans le responsable hiérarchique ; quarante minutes par personne "
        "suffisent.",
        "Pour l’échantillon, j’ai tiré {number} dossiers au hasard. La liste vous parviendra la veille, comme le veut "
        "la charte."},
       {"C’est noté. L’accueil vous remettra un badge ; pensez à vos chaussures de sécurité pour l’entrepôt.",
        "Le registre des écarts est joint. Il est incomplet pour la première quinzaine : nous changions de logiciel.",
        "La salle {place} est réservée toute la journée.",
        "Deux de nos chefs d’équipe sont un peu inquiets. Pourriez-vous dire un mot, au début, sur ce que deviennent "
        "leurs réponses ?"},
       {"Plan d’audit.pdf", "Organigramme.pdf", "Procédure retours v{number}.docx", "Registre des écarts.xlsx",
        "Liste des habilitations.csv"}},
      {{"Rapport d’audit – version provisoire", "Rapport {project}", "Vos remarques sur le rapport",
        "Restitution au comité"},
       {"Vous trouverez la version provisoire du rapport. Merci de me signaler toute erreur de fait d’ici à {day} ; "
        "les appréciations, elles, se "
        "discutent en réunion.",
        "Le rapport est prêt. J’ai retenu {number} constats, dont trois prioritaires, et pour chacun une action, un "
        "responsable et une date.",
        "Je vous propose de présenter les conclusions au comité {day} à {hour}. Vingt minutes d’exposé, le reste pour "
        "les questions."},
       {"J’ai lu le rapport avec attention. Le constat n° {number} me paraît sévère : la consigne existait, elle "
        "n’était simplement pas affichée.",
        "Le comité souhaite entendre vos conclusions {day}. Pourriez-vous préparer une version courte, sans les "
        "annexes ?",
        "Merci pour ce rapport, clair et mesuré. Les équipes s’y sont reconnues, ce qui n’est pas si fréquent."},
       {"J’ai reformulé le constat : la consigne existe, elle n’est pas connue. La différence compte pour le plan "
        "d’action.",
        "La version définitive est jointe. Les annexes nominatives n’y figurent plus.",
        "Je garde vos remarques au dossier, y compris celles que je n’ai pas suivies, avec mes raisons.",
        "Pour la version courte, je propose cinq pages : le contexte, trois constats, et ce que vous pouvez décider le "
        "jour même."},
       {"La nouvelle rédaction nous convient.",
        "Pourriez-vous ajouter une phrase sur les progrès accomplis depuis l’an dernier ? L’équipe y tient.",
        "Le plan d’action a été adopté à l’unanimité. Premier point d’avancement en {month}.",
        "Notre commissaire aux comptes demande s’il peut recevoir le rapport. Y voyez-vous un inconvénient ?"},
       {"Rapport provisoire.docx", "Rapport d’audit définitif.pdf", "Synthèse comité.pdf", "Plan d’action.xlsx"}},
      {{"Formation des auditeurs internes", "Session de formation en {month}", "Inscriptions à la formation",
        "Programme de formation"},
       {"Je vous adresse le programme des deux journées. Le second après-midi est consacré à un cas réel, anonymisé, "
        "que chacun mène du début à la fin.",
        "Douze participants me paraissent un maximum : au-delà, les mises en situation deviennent un spectacle.",
        "La session est confirmée {day} à {city}. Je vous enverrai les livrets à imprimer une semaine avant."},
       {"Nous aurions {number} personnes à former d’ici à l’été. Avez-vous encore de la place dans la session de "
        "{month} ?",
        "Les évaluations sont excellentes, surtout sur les jeux de rôle. Plusieurs demandent une suite.",
        "Pourriez-vous adapter le module sur l’entretien à nos équipes de terrain, qui rédigent peu ?"},
       {"Il reste trois places. Je les garde à votre nom jusqu’à {day}.",
        "Je peux remplacer l’exercice écrit par un entretien filmé ; il faut pour cela l’accord des participants.",
        "Une journée de suite, six mois après, vaut mieux qu’un troisième jour tout de suite : on y apporte ses "
        "propres échecs.",
        "Le livret du participant et la fiche d’évaluation sont joints."},
       {"Parfait, je vous confirme {number} inscriptions. Les convocations partent demain.",
        "La salle est équipée d’un vidéoprojecteur et de tables mobiles.",
        "Deux participants se sont désistés ; puis-je les remplacer par des collègues de {city} ?",
        "Notre organisme de financement réclame l’attestation et la feuille d’émargement signée."},
       {"Programme de formation.pdf", "Livret du participant.pdf", "Feuille d’émargement.docx",
        "Évaluations à chaud.xlsx"}},
      {{"Facture {number}", "Règlement de la facture {number}", "Facture en attente", "Bon de commande manquant"},
       {"Veuillez trouver ma facture n° {number}, d’un montant de {amount} €, payable à trente jours.",
        "Sauf erreur de ma part, la facture n° {number} reste impayée depuis {day}. Pourriez-vous vérifier où elle se "
        "trouve ?",
        "Je vous adresse la facture du solde, avec le relevé des jours passés."},
       {"Votre facture n° {number} nous est bien parvenue, mais elle ne porte pas le numéro de commande ; la "
        "comptabilité la refuse.",
        "Le règlement de {amount} € part au prochain passage, {day}.",
        "Pouvez-vous nous renvoyer un relevé d’identité bancaire à jour ?"},
       {"Voici la facture corrigée, avec le numéro de commande.", "Je vous remercie, le virement est arrivé ce matin.",
        "Je comprends le retard, mais je souhaite une date ferme.",
        "Le relevé d’identité bancaire n’a pas changé ; je vous le joins par sécurité."},
       {"C’est réparé : la facture était rangée avec celles du mois précédent.",
        "Nous l’avons mise en paiement aujourd’hui même.",
        "Toutes mes excuses pour ce retard, qui ne se reproduira pas.",
        "La personne qui s’en occupe revient {day} ; elle vous répondra."},
       {"Facture {number}.pdf", "Relevé des jours.xlsx", "RIB.pdf", "Bon de commande {number}.pdf"}},
      {{"Point d’avancement", "Suivi du plan d’action", "Comité de pilotage du {day}", "Compte rendu de réunion"},
       {"Voici le compte rendu de la réunion. J’y ai laissé les désaccords tels quels : ils sont utiles.",
        "Où en êtes-vous du plan d’action ? Il me semble que les points 2 et 5 devaient être clos en {month}.",
        "Je propose de nous retrouver {day} à {hour}, {place}, pour faire le point avant l’été."},
       {"Le point n° {number} est clos. Le point suivant bute sur l’informatique : le prestataire demande trois mois.",
        "Merci d’être venue jusqu’à {city}. La discussion a débloqué beaucoup de choses entre les deux services.",
        "Avant le comité, pourriez-vous relire ma note ? Deux pages, je crois qu’elle est trop longue."},
       {"J’ai relu votre note : elle n’est pas trop longue, mais la conclusion devrait venir en premier.",
        "D’accord pour décaler. Gardons tout de même un appel d’un quart d’heure cette semaine.",
        "Je me charge de relancer le prestataire, avec votre accord.",
        "Pour le point bloqué, un contrôle manuel provisoire suffirait. Je vous envoie un modèle."},
       {"Votre modèle fonctionne, nous l’avons adopté tel quel.",
        "Je serai en déplacement {day} ; ma collègue prendra le relais.",
        "Le comité a salué la clarté du compte rendu.",
        "Pouvons-nous nous voir en personne plutôt qu’à distance ? On se dit mieux les choses autour d’une table."},
       {"Compte rendu.docx", "Suivi des actions.xlsx", "Note au comité.odt"}},
      {{"Table ronde du {day}", "Invitation à intervenir", "Intervention sur le contrôle interne"},
       {"Je vous remercie de votre invitation et j’accepte volontiers. Je parlerai de ce que les contrôlés nous "
        "apprennent, en un quart d’heure.",
        "Pour la table ronde, je propose un dialogue plutôt qu’une suite d’exposés."},
       {"Nous organisons {day} une table ronde sur le thème « {project} ». Accepteriez-vous d’y intervenir ?",
        "Les participants ont beaucoup apprécié votre intervention. Plusieurs ont demandé vos coordonnées : puis-je "
        "les leur donner ?"},
       {"Vous pouvez donner mon adresse, bien sûr.", "Mon texte de présentation est joint ; coupez-le sans scrupule.",
        "Je n’ai besoin que d’un tableau et d’un verre d’eau."},
       {"Vous parlerez en deuxième, après l’ouverture de {hour}.", "Nous prenons en charge le train et l’hôtel.",
        "La table ronde se tiendra {place}, à {city}."},
       {"Programme table ronde.pdf", "Biographie.docx"}},
      {{"Question sur les habilitations", "Accès au coffre documentaire", "Un point de droit", "Question rapide"},
       {"Une question en préparant la suite : qui valide les habilitations quand le chef de service est absent ?",
        "En relisant mes notes, je ne retrouve pas la date à laquelle la délégation a été signée. L’avez-vous sous la "
        "main ?"},
       {"Un auditeur du groupe nous réclame la preuve des contrôles de {month}. Est-ce bien à nous de la conserver ?",
        "Nous changeons de logiciel en {month}. Faut-il refaire la cartographie ou suffit-il de la compléter ?"},
       {"Oui, pendant trois ans au moins ; un tableau daté et signé suffit.",
        "Complétez-la : la refaire vous coûterait deux mois pour le même résultat.",
        "Je regarde et je reviens vers vous {day}."},
       {"C’est l’adjointe, par une délégation écrite. Je vous en envoie copie.", "Merci, voilà qui est clair.",
        "Je pose la question à notre service juridique."},
       {"Délégation de signature.pdf", "Matrice des accès.xlsx"}}};
  return table;
}

const std::vector<ListTopic>& list_topics_french() {
  static const std::vector<ListTopic> table{
      {"Qui a déjà audité un service d’astreinte ?",
       {"Bonjour à tous, je dois auditer un service d’astreinte de nuit et je ne sais pas par où commencer. Vos "
        "retours m’intéressent.",
        "J’ai fait cela il y a deux ans : commencez par les feuilles d’appel, elles disent tout.",
        "Attention au droit du travail : demandez l’avis du médecin du travail avant.",
        "Merci à chacun, je ferai une synthèse pour la liste."}},
      {"Tarif d’une journée de formation",
       {"Question délicate : combien facturez-vous une journée en intra à un client public ?",
        "Entre mille et mille quatre cents, frais en sus.",
        "Tout dépend de ce qu’on prépare ; la journée n’est que la partie visible."}},
      {"Petit-déjeuner du premier jeudi",
       {"Le prochain petit-déjeuner aura lieu jeudi à huit heures, au café habituel. Thème : dire non à un client.",
        "J’y serai, avec une collègue qui débute.", "Dommage, je suis en mission ; gardez-moi le compte rendu."}},
      {"Recommandation d’un expert-comptable",
       {"Je cherche un expert-comptable qui réponde au téléphone. Oui, je sais.",
        "Le mien répond, même le vendredi. Je te le donne en privé."}},
      {"Norme révisée : vos lectures",
       {"La norme révisée est sortie. Quelqu’un a-t-il comparé le chapitre sur la compétence ?",
        "Peu de changements, mais l’annexe devient utile.",
        "J’ai fait un tableau de correspondance, je le mets à disposition de qui le demande."}},
      {"Portage ou micro-entreprise ?",
       {"Je me lance en janvier. Portage salarial ou micro-entreprise ?",
        "Portage la première année, le temps de voir.", "Micro, et un bon contrat d’assurance."}}};
  return table;
}

const std::vector<RobotMail>& robot_mails() {
  static const std::vector<RobotMail> table{
      {"La lettre du mois : contrôler sans méfiance",
       "Au sommaire : un entretien sur la confiance, trois jugements récents, et la recette d’un bon échantillon."},
      {"Dossier : la cartographie qui ne sert à rien",
       "Pourquoi tant de cartographies finissent dans un tiroir, et ce qu’en disent ceux qui les remplissent."},
      {"Agenda des rencontres", "Colloques, ateliers et petits-déjeuners du trimestre, région par région."},
      {"Hors-série : les petites structures", "Quand le contrôleur est aussi le comptable et le standardiste."},
      {"Votre abonnement",
       "Votre abonnement arrive à échéance. Vous n’avez rien à faire si vous souhaitez le poursuivre."},
      {"This week: sampling for people who hate statistics",
       "Three rules of thumb, one worked example, and a spreadsheet you may keep."},
      {"This week: the interview nobody prepares", "Silence is a tool. So is tea."},
      {"This week: what a checklist cannot see", "Letters from readers, and a short history of the clipboard."},
      {"This week: remote audits, two years on", "What we lost, what we kept, and why the corridor matters."},
      {"This week: your questions answered",
       "On independence, on biscuits, and on writing reports that people finish."},
      {"Confirmation de votre voyage Lyon – Paris",
       "Votre billet est joint à ce message. Présentez-vous à quai deux minutes avant le départ."},
      {"Confirmation de votre voyage Paris – Rennes", "Votre billet est joint. Voiture 7, place 62, côté fenêtre."},
      {"Retard de votre train",
       "Votre train est annoncé avec vingt-cinq minutes de retard. Nous vous prions de nous en excuser."},
      {"Confirmation de votre voyage Lyon – Brest",
       "Votre billet est joint. Correspondance de quarante minutes à Paris."},
      {"Votre avis nous intéresse", "Comment s’est passé votre voyage ? Deux minutes suffisent."},
      {"Nouvelle facture déposée", "Une facture a été déposée sur votre espace. Connectez-vous pour la consulter."},
      {"Facture acceptée",
       "Votre facture a été acceptée par le destinataire. Le délai de paiement court à partir d’aujourd’hui."},
      {"Facture rejetée : référence manquante", "Votre facture a été rejetée : la référence d’engagement est absente."},
      {"Mise en paiement", "Une facture a été mise en paiement. Le virement paraîtra sous trois jours ouvrés."},
      {"Maintenance du portail", "Le portail sera fermé dans la nuit de samedi à dimanche."},
      {"Un document a été partagé avec vous", "Un document a été partagé avec vous. Le lien est valable trente jours."},
      {"Un commentaire sur votre document", "Un commentaire a été ajouté à un document que vous suivez."},
      {"Rappel : un document attend votre signature", "Un document attend votre signature depuis trois jours."},
      {"Document signé par toutes les parties",
       "Toutes les parties ont signé. L’exemplaire définitif est conservé dans votre espace."},
      {"Espace presque plein", "Votre espace est occupé à quatre-vingt-dix pour cent."}};
  return table;
}

const std::vector<RobotMail>& spam_mails() {
  static const std::vector<RobotMail> table{
      {"Votre colis n’a pas pu être livré",
       "Réglez les frais de 1,99 € pour recevoir votre colis dans les vingt-quatre heures."},
      {"Urgent business proposal", "Dear friend, I have the honour to ask for your assistance in a transfer of funds."},
      {"Gagnez une semaine au soleil", "Vous avez été tirée au sort. Répondez avant minuit."},
      {"Panneaux solaires remboursés", "Votre commune participe. Vérifiez votre éligibilité en une minute."}};
  return table;
}

}  // namespace entregent::demo
