"""Words after which a person's name stands: greeting, introduction, sign-off, title."""


def _listed(text: str) -> tuple[str, ...]:
    """Words between commas, as they stand."""
    return tuple(" ".join(part.split()) for part in text.split(","))


# Small tables of six languages, written by hand. A name that stands without such a cue in the
# middle of a sentence is not seen by them; the mask says so where its recall is stated.
GREETINGS = _listed("""
    dear, hello, hi, hey, good morning, good afternoon, good evening, liebe, lieber, liebes,
    hallo, guten tag, guten morgen, guten abend, sehr geehrte, sehr geehrter, grüezi, servus,
    moin, cher, chère, bonjour, bonsoir, salut, estimado, estimada, querido, querida, hola,
    buenos días, caro, cara, gentile, ciao, buongiorno, beste, geachte, goedemorgen, goedemiddag
""")
INTRODUCTIONS = _listed("""
    my name is, my name's, i am called, spoke with, spoke to, talked to, mein name ist, mein
    name lautet, ich heiße, ich heisse, hier spricht, je m'appelle, je m’appelle, mon nom est,
    me llamo, mi nombre es, mi chiamo, il mio nome è, mijn naam is, ik heet
""")
# After these a single word need not be a name: two with capitals are asked for.
UNSURE = _listed("""
    i am, i'm, i’m, this is, name is, name ist, in the name of, on behalf of, account of, served
    by, helped by, advised by, signed, signed by, speaking with, ask for, ich bin, hier ist,
    hier schreibt, es schreibt, auf den namen, im namen von, konto von, gez, gezeichnet, bedient
    von, beraten von, gesprochen mit, sprach mit, fragen sie nach, je suis, soy, sono, ik ben
""")
# As fields of a form, with a colon: "Name: Eva Holm".
FIELDS = _listed("""
    name, customer, customer name, contact, contact person, client, signature, kunde, kundin,
    kundenname, ansprechpartner, ansprechpartnerin, unterschrift, nom, nombre, nome, naam
""")
SIGN_OFFS = _listed("""
    best regards, kind regards, warm regards, many regards, with regards, regards, best wishes,
    yours sincerely, sincerely yours, sincerely, yours truly, yours faithfully, faithfully,
    cheers, mit freundlichen grüßen, mit freundlichen grüssen, mit freundlichem gruß, mit besten
    grüßen, freundliche grüße, freundliche grüsse, freundlicher gruß, viele grüße, viele grüsse,
    beste grüße, liebe grüße, schöne grüße, herzliche grüße, grüße, grüsse, gruß, gruss,
    hochachtungsvoll, mfg, lg, vg, cordialement, bien à vous, sincères salutations, saludos
    cordiales, un saludo, saludos, atentamente, cordiali saluti, distinti saluti, saluti, met
    vriendelijke groet, vriendelijke groeten, groeten, groet
""")
# Sign-offs only where a line or a sentence begins with them.
WEAK_SIGN_OFFS = _listed("""
    yours, love, best, many thanks, thank you, thanks, ihr, ihre, vielen dank, danke, besten
    dank, merci, gracias, grazie, bedankt
""")
TITLES = _listed("""
    mr, mrs, ms, miss, mx, sir, madam, dr, prof, herr, herrn, frau, fräulein, monsieur, madame,
    mademoiselle, mme, señor, señora, sr, sra, signor, signora, meneer, mevrouw
""")
# What follows a cue, begins with a capital and is no name: left as it is.
NO_NAMES = _listed("""
    team, all, both, everyone, everybody, there, again, customer, service, support, sir, madam,
    sirs, ladies, gentlemen, folks, friends, guys, colleagues, the, a, an, i, we, my, your, our,
    this, that, it, they, you, he, she, and, but, for, to, in, on, at, so, very, not, never,
    was, is, has, have, please, thanks, thank, no, yes, what, why, when, where, how, who, first,
    last, once, still, just, today, yesterday, monday, tuesday, wednesday, thursday, friday,
    saturday, sunday, damen, herren, kundenservice, kundendienst, zusammen, leute, support-team,
    der, die, das, den, dem, des, ein, eine, einen, einem, einer, ich, wir, ihr, sie, er, es,
    mein, meine, meinen, meiner, und, aber, oder, für, mit, von, zu, im, am, auf, nicht, nie,
    kein, keine, ist, war, sehr, was, warum, wann, wo, wie, wer, bitte, danke, nein, ja, heute,
    gestern, seit, beim, bei, nach, vor, letzte, letzten, letzter, hier, kunde, kundin,
    stammkunde, stammkundin, customers, montag, dienstag, mittwoch, donnerstag, freitag,
    samstag, sonntag, le, la, les, el, los, las, il, gli, un, une, una, de, het, en, et, y, o,
    équipe, equipo
""")
