"""German phrases of the demo company's customers, by theme: complaints, praise, details."""

OPENERS = (
    "", "", "", "Hallo, ", "Guten Tag, ", "Liebes Team, ", "Ganz ehrlich: ", "Ich bin seit Jahren Kundin. ",
    "Letzte Woche habe ich wieder bestellt. ", "Zum ersten Mal hier. ", "Meine Erfahrung: ",
)  # fmt: skip
NEGATIVE_CLOSERS = (
    "", "", " Nie wieder.", " Sehr enttäuschend.", " Ich hatte mehr erwartet.", " Bitte kümmern Sie sich.",
    " Das ärgert mich.", " Schade.", " Das war das letzte Mal.", " Niemand fühlt sich zuständig.",
)  # fmt: skip
POSITIVE_CLOSERS = (
    "", "", " Vielen Dank!", " Weiter so.", " Gerne wieder.", " Sehr zufrieden.",
    " Kann ich nur empfehlen.", " Toll.", " Das erzähle ich weiter.", " Gut gemacht.",
)  # fmt: skip

THEMES = {
    "delivery": (
        ("Das Paket kam vier Tage zu spät.", "Die Lieferung dauerte über eine Woche.",
         "Der Bote hat nie geklingelt.", "Meine Sendung ging unterwegs verloren.",
         "Der Liefertermin wurde dreimal verschoben.", "Die Sendungsverfolgung zeigte tagelang nichts.",
         "Der Fahrer ließ das Paket im Regen stehen.", "Der Expressversand war alles andere als schnell."),
        ("Das Paket war schon am nächsten Tag da.", "Die Lieferung war schnell und pünktlich.",
         "Der Bote war freundlich und pünktlich.", "Der Versand ging schneller als versprochen.",
         "Die Sendungsverfolgung stimmte auf die Minute.", "Der Fahrer trug es in den dritten Stock."),
        ("Es ging an den Paketshop.", "Die Lieferung war für Dienstag angekündigt.",
         "Die Sendung kam in zwei Paketen.", "Seit dem Sommer kommt ein anderer Bote."),
    ),
    "packaging": (
        ("Der Karton war zerdrückt und das Glas kaputt.", "Die Hälfte lief aus, so dünn war die Folie.",
         "Ein riesiger Karton für ein kleines Teil, voller Plastik.", "Der Deckel lag offen im Karton.",
         "Die Verpackung war zerrissen und schmutzig.", "Viel zu viel Plastikfolie um alles.",
         "Das Glas zerbrach, weil nichts gepolstert war."),
        ("Alles war sorgfältig verpackt.", "Der Karton war stabil und ohne Plastik.",
         "Gut gepolstert, nichts zerbrochen.", "Schöne Verpackung, fertig als Geschenk.",
         "Der Karton hatte genau die richtige Größe."),
        ("Der Karton war aus brauner Pappe.", "Im Karton lag Papier als Polster.",
         "Die Verpackung trug das neue Logo."),
    ),
    "quality": (
        ("Die Pfanne verlor nach zwei Wochen ihre Beschichtung.", "Beim ersten Gebrauch ging es kaputt.",
         "Das Material wirkt billig und dünn.", "Es schmeckt alt.", "Die Naht ging sofort auf.",
         "Die Farbe sieht ganz anders aus als auf dem Bild.", "Schlecht verarbeitet, es wackelt.",
         "Der Akku war nach einem Monat leer."),
        ("Hervorragende Qualität, solide verarbeitet.", "Es schmeckt wunderbar.",
         "Das Material ist robust und fein.", "Nach Monaten noch wie neu.",
         "Die Verarbeitung ist erstklassig.", "Genau wie auf dem Bild, schöne Farbe."),
        ("Ich benutze es jeden Morgen.", "Es ist das größere Modell.", "Das Material ist Baumwolle.",
         "Ich habe die blaue Ausführung."),
    ),
    "price": (
        ("Es ist viel zu teuer geworden.", "Der Preis stieg wieder ohne Ankündigung.",
         "Schlechtes Preisverhältnis.", "Anderswo kostet es die Hälfte.",
         "Der Rabatt galt an der Kasse nicht.", "Alle paar Monate steigen die Preise.",
         "Der Gutschein war nichts wert."),
        ("Sehr gutes Preisverhältnis.", "Ein fairer Preis, günstiger als anderswo.",
         "Der Rabatt war großzügig.", "Der Gutschein hat mir viel gespart.",
         "Jede Woche gute Angebote, das freut den Geldbeutel."),
        ("Ich habe 14 Euro bezahlt.", "Das Preisschild klebte noch dran.",
         "Ich habe mehrere Angebote verglichen."),
    ),
    "staff": (
        ("Die Verkäuferin war unhöflich und in Eile.", "Niemand im Laden konnte meine Frage beantworten.",
         "An der Hotline wartete ich eine Stunde.", "Die Dame am Schalter hat mich übersehen.",
         "Der Mitarbeiter am Telefon legte einfach auf.", "Das Personal wusste weniger als ich.",
         "Drei Anrufe bei der Hotline, drei verschiedene Antworten."),
        ("Die Verkäuferin war freundlich und nahm sich Zeit.", "Das Personal hat mich bestens beraten.",
         "Der Herr an der Hotline löste es in zwei Minuten.", "So nette Leute am Schalter.",
         "Der Mitarbeiter rief wie versprochen zurück."),
        ("Ich sprach mit einem jungen Mann am Schalter.", "Die Hotline öffnet um acht.",
         "Im Laden waren zwei Verkäuferinnen."),
    ),
    "app": (
        ("Die App stürzt an der Kasse ab.", "Ich konnte mich tagelang nicht anmelden.",
         "Die Webseite ist langsam und verwirrend.", "Die Suche findet nichts Brauchbares.",
         "Nach dem Update war mein Warenkorb leer.", "Der Link für das Passwort funktioniert nicht.",
         "Die App friert beim Scannen ein."),
        ("Die App ist schnell und übersichtlich.", "Die Bestellung auf der Webseite dauerte eine Minute.",
         "Die neue Suche ist genial.", "Die Anmeldung mit Fingerabdruck klappt einwandfrei.",
         "Der Warenkorb ist einfach zu bedienen, sogar für mich."),
        ("Ich nutze die App auf dem Tablet.", "Die Webseite hat ein neues Menü.",
         "Das Update kam am Montag."),
    ),
    "returns": (
        ("Ich warte noch immer auf die Erstattung.", "Das Etikett für die Rücksendung fehlte.",
         "Der Umtausch wurde ohne Grund abgelehnt.", "Sechs Wochen und kein Geld zurück.",
         "Die Rücksendung kostete mehr als die Ware.", "Das Formular für die Retoure ist ein Rätsel.",
         "Angeblich kam meine Retoure nie an."),
        ("Die Erstattung war nach zwei Tagen da.", "Die Rücksendung war kostenlos und einfach.",
         "Der Umtausch ging sofort, ohne Fragen.", "Das Etikett für die Retoure lag schon bei.",
         "Ich bekam mein Geld ohne Umstände zurück."),
        ("Am Freitag habe ich es zurückgeschickt.", "Der Umtausch war gegen eine größere Größe.",
         "Den Beleg für die Retoure habe ich noch."),
    ),
    "membership": (
        ("Mein Mitgliedsbeitrag wurde doppelt abgebucht.", "Die Rechnung der Clubkarte ist falsch.",
         "Die Mitgliedschaft wurde teurer und bietet weniger.", "Ich kann meine Mitgliedschaft nirgends kündigen.",
         "Meine Bonuspunkte sind verschwunden.", "Die Lastschrift kam eine Woche zu früh.",
         "Die Clubvorteile galten für mein Konto nicht."),
        ("Die Mitgliedschaft rechnet sich.", "Jeden Monat Bonuspunkte, ich liebe den Club.",
         "Die Rechnung ist klar und der Beitrag fair.", "Clubmitglieder haben echte Vorteile.",
         "Der Wechsel des Tarifs brauchte einen Klick."),
        ("Ich habe den Familientarif.", "Meine Mitgliedschaft begann im Frühjahr.",
         "Der Beitrag wird monatlich fällig."),
    ),
}  # fmt: skip

PERSONAL = {
    "name": (" Mit freundlichen Grüßen, {value}", " Mein Name ist {value}.", " Viele Grüße, {value}"),
    "email": (" Schreiben Sie mir an {value}.", " Meine E-Mail ist {value}.", " Antwort bitte an {value}"),
    "phone": (" Rufen Sie mich an: {value}.", " Meine Nummer ist {value}.", " Telefon: {value}"),
    "card": (" Bezahlt habe ich mit Karte {value}.", " Die Kartennummer ist {value}.", " Karte: {value}"),
}  # fmt: skip
