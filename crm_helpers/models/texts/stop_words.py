"""Small tables of words without content, per language, written by hand."""

# Articles, pronouns, common verbs and links; no stemming, no compounds taken apart, and no
# negations, which carry a judgement. A language that is not here has no table: there only how
# often a word is used says that it is empty.
STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "a about after all also am an and any are as at be because been before being but by can "
        "could did do does doing down for from get got had has have having he her here hers him "
        "his how i if in into is it its just ll me more most my now of off on once only or other "
        "our out over own re s same she should so some such t than that the their them then there "
        "these they this those through to too up us ve very was we were what when where which "
        "while who whom why will with would you your im ive".split()
    ),
    "de": frozenset(
        "ab aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da "
        "damit dann das dass dein deine dem den der des die dies diese diesem diesen dieser dieses "
        "doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen habe "
        "haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja "
        "jede jedem jeden jeder jetzt kann können man mein meine meinem meinen meiner "
        "mich mir mit nach noch nun nur ob oder schon sein seine seit sich sie sind so über um und "
        "uns unser unsere vom von vor war waren was wegen weil wenn wer werden wie wieder wir wird "
        "wo wurde wurden zu zum zur".split()
    ),
    "fr": frozenset(
        "à au aux avec ce ces cet cette c d dans de des du elle elles en est et était été être eu "
        "il ils j je l la le les leur leurs lui m ma mais me mes moi mon n nos notre nous on ont "
        "ou où par plus pour qu que qui s sa se ses si son sont sur ta te tes toi ton tu un une "
        "vos votre vous y ai as avez avait avons".split()
    ),
    "es": frozenset(
        "a al algo ante como con cual cuando de del desde donde el él ella ellos en entre era es "
        "esa ese eso esta está este esto fue ha han hasta hay he la las le les lo los me mi mis "
        "más muy o para pero por porque que qué se ser si sí sido sin sobre son su sus también te "
        "tiene tu un una uno unos y ya yo".split()
    ),
    "it": frozenset(
        "a ad al alla alle anche c che chi ci come con cui da dal dalla dei del della delle di e è "
        "ed era gli ha hai hanno ho i il in io l la le lo loro lui ma mi mia mio ne nei nel nella "
        "noi o per però più quando questa questo se si sono su sua sul suo ti tra tu un una uno vi "
        "voi".split()
    ),
    "nl": frozenset(
        "aan al als bij dan dat de der deze die dit door een en er had heb hebben heeft het hier "
        "hij hoe hun ik in is je kan m'n maar me meer met mij mijn na naar nog nu of om omdat ons "
        "ook op over te tot u uit van veel voor waar want was wat we wel wij worden zal ze zich "
        "zij zijn zo zou".split()
    ),
}
