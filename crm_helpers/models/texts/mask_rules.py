"""Shapes of personal data in running text: kind -> patterns in the syntax of RE2, in order."""

from dataclasses import dataclass
from functools import cache

from crm_helpers.models.texts import name_cues

# Stands before what no rule may touch, and is taken out at the end.
KEEP = "\u0001"

_D = r"\p{Nd}"
_WORD = r"\p{Lu}(?:\.|[\p{L}'’]+(?:-\p{Lu}[\p{L}'’]+)*)"
_PARTICLE = r"(?:(?:von|van|vom|zu|de|der|den|del|della|di|da|dos|ten|ter|el|bin|la|le) ){0,2}"
# Inside a name words are joined by blanks, never by a new line.
_NAME = rf"{_WORD}(?:[ \x{{A0}}]{_PARTICLE}{_WORD}){{0,3}}"
_LONG_NAME = rf"{_WORD}(?:[ \x{{A0}}]{_PARTICLE}{_WORD}){{1,3}}"
_SMALL_NAME = r"\p{L}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+)?"
_START = r"(^|[^\p{L}\p{N}\x01])"
_GAP = r"[ \t]*[,:;\x{2013}-]?[\s\x{A0}]{1,4}"
_STOP = r"(\s*[.!?]*\s*$|[ \t]*[.!,]?[ \t]*\n)"


@dataclass(frozen=True)
class Rule:
    """One pattern, and what takes the place of what it finds; groups hold what stays."""

    kind: str
    pattern: str
    put: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order in which they are applied.

    Card numbers come before phone numbers, which they would pass for; titles come before
    greetings, so that of "Dear Mr Smith" the name is found and the title stays.
    """
    return (*_phones(), *_accounts(), *_names())


@cache
def first_rules() -> tuple[Rule, ...]:
    """Rules that come before long numbers are looked at: an IBAN holds one, a link may."""
    return (*_addresses(), *_accounts_of_the_web())


def _accounts_of_the_web() -> tuple[Rule, ...]:
    """Links, whose path often is a name, and the handles by which people are found there."""
    place = r"[^\s<>()\[\]\"']"
    ends = "com|org|net|info|biz|io|me|app|eu|uk|de|at|ch|fr|es|it|nl|be|pl|dk|se|us|ca"
    bare = rf"{_START}(?:[\p{{L}}\p{{N}}-]+\.)+(?i:{ends})/{place}+"
    handle = r"[\p{N}_.]*\p{L}(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?"
    sites = r"insta(?:gram)?|facebook|fb|twitter|tiktok|telegram|snapchat|snap|skype|linkedin|xing"
    site = rf"(?i:{sites})(?i: name| handle| account| id|name)?"
    cue, sure = rf"{_START}({site}(?: ?:| (?i:is|ist)) ?)", rf"{_START}({site} ?: ?)"
    # A plain word after the name of a site may be any word, unless nothing follows it.
    marked = r"[\p{L}.-]*[\p{N}_][\p{L}\p{N}_.-]*"
    last = r"\p{L}[\p{L}.-]+\p{L}(\s*[.!?]?\s*$|[,;\n])"
    return (
        Rule("link", rf"(?i:https?://|www\.){place}+", "[link]"),
        Rule("link", bare, r"\1[link]"),
        Rule("handle", rf"(^|[^\p{{L}}\p{{N}}_.@/\x01])@{handle}", r"\1[handle]"),
        Rule("handle", rf"{cue}{marked}", r"\1\2[handle]"),
        Rule("handle", rf"{sure}{last}", r"\1\2[handle]\3"),
        Rule("handle", rf"{_START}/?u/[\p{{L}}\p{{N}}_-]{{3,}}", r"\1[handle]"),
    )


def _addresses() -> tuple[Rule, ...]:
    at = r"(?:@| ?[(\[] ?(?i:at|ät) ?[)\]] ?)"
    dot = r"(?:\.| ?[(\[] ?(?i:dot|punkt) ?[)\]] ?)"
    # Without upper bounds: RE2 needs none to stay quick, and takes a second to unroll them.
    local, label = r"[\p{L}\p{N}._%+'’-]+", r"[\p{L}\p{N}-]+"
    mail = rf"{local}{at}{label}(?:{dot}{label})+"
    apart = rf"{local} @ {label}(?:\.{label})*\.\p{{L}}{{2,10}}\b"
    iban = rf"\b[A-Za-z]{{2}}{_D}{{2}}(?:[ -]?[A-Z0-9]{{2,4}}){{3,8}}\b"
    return (
        Rule("e-mail", mail, "[e-mail]"),
        Rule("e-mail", apart, "[e-mail]"),
        Rule("account", iban, "[account]"),
    )


def _phones() -> tuple[Rule, ...]:
    digits = rf"{_D}[{_D} ()/.\x{{2013}}-]{{3,22}}{_D}"
    cue = r"(?i:phone|tel|telephone|telefon|mobile|handy|mobil|rückruf|téléphone|teléfono|call me)"
    said = rf"{_START}({cue}(?i:nummer| number| no| nr)?(?: (?i:on|at|is|ist|unter))?[ .:]{{1,3}})"
    date = rf"\b({_D}{{1,2}}[./-]{_D}{{1,2}}[./-](?:{_D}{{4}}|{_D}{{2}}))\b"
    day_first = rf"\b({_D}{{4}}[./-]{_D}{{1,2}}[./-]{_D}{{1,2}})\b"
    return (
        Rule("", date, rf"{KEEP}\1{KEEP}"),
        Rule("", day_first, rf"{KEEP}\1{KEEP}"),
        Rule("phone", rf"(?:\+|\b00){digits}", "[phone]"),
        Rule("phone", rf"{said}\(?{digits}", r"\1\2[phone]"),
        Rule("phone", rf"{_START}\(?0{_D}{{1,5}}\)?[ /.\x{{2013}}-]{{0,3}}{digits}", r"\1[phone]"),
        Rule("phone", rf"{_START}\(?{_D}{{3}}\)?[ .-]{_D}{{3}}[ .-]{_D}{{4}}\b", r"\1[phone]"),
    )


def _accounts() -> tuple[Rule, ...]:
    what = r"account|customer|client|member(?:ship)?|contract|policy|card|konto|kunden|mitglieds?"
    what += r"|vertrags?|karten|iban|bank"
    form = rf"{_START}((?i:{what})[ -]?(?i:number|no|nr|nummer|id)?[.:#]?(?: (?i:is|ist|lautet))?"
    return (Rule("account", rf"{form}[ :#.]{{1,3}}){_D}(?:[ .-]?{_D}){{4,30}}", r"\1\2[account]"),)


def _names() -> tuple[Rule, ...]:
    title = _either(name_cues.TITLES)
    mine = rf"(?i:{title})\.?(?: (?:Dr|Prof)\.?){{0,2}} "
    return (
        Rule("name", rf"{_START}({mine}){_NAME}", r"\1\2[name]"),
        _kept_words(),
        *_introductions(),
        *_greetings(),
        *_sign_offs(),
    )


def _kept_words() -> Rule:
    """Words after a cue that are no names, marked so that no later rule takes them."""
    cues = (*name_cues.INTRODUCTIONS, *name_cues.UNSURE, *name_cues.GREETINGS)
    cues = _either((*cues, *name_cues.SIGN_OFFS, *name_cues.WEAK_SIGN_OFFS))
    kept = _either((*name_cues.NO_NAMES, *name_cues.TITLES))
    return Rule("", rf"{_START}((?i:{cues}){_GAP})((?i:{kept}))([^\p{{L}}]|$)", rf"\1\2{KEEP}\3\4")


def _introductions() -> tuple[Rule, ...]:
    sure, unsure = _either(name_cues.INTRODUCTIONS), _either(name_cues.UNSURE)
    field = _either(name_cues.FIELDS)
    return (
        Rule("name", rf"{_START}((?i:{sure})[ :]{{1,2}}){_NAME}", r"\1\2[name]"),
        Rule("name", rf"{_START}((?i:{sure}) )({_SMALL_NAME})", r"\1\2[name]"),
        Rule("name", rf"{_START}((?i:{unsure})[.:]? ){_LONG_NAME}", r"\1\2[name]"),
        Rule("name", rf"{_START}((?i:{field}): ?){_NAME}", r"\1\2[name]"),
    )


def _greetings() -> tuple[Rule, ...]:
    greeting = _either(name_cues.GREETINGS)
    return (
        Rule("name", rf"{_START}((?i:{greeting}) ){_NAME}", r"\1\2[name]"),
        Rule("name", rf"^(\s*(?i:{greeting}) ){_SMALL_NAME}([,!])", r"\1[name]\2"),
    )


def _sign_offs() -> tuple[Rule, ...]:
    sign_off = f"(?i:{_either(name_cues.SIGN_OFFS)})"
    weak = rf"((?:^|[.!?\n])\s*(?i:{_either(name_cues.WEAK_SIGN_OFFS)}){_GAP})"
    return (
        Rule("name", rf"{_START}({sign_off}{_GAP}){_NAME}{_STOP}", r"\1\2[name]\3"),
        Rule("name", rf"{_START}({sign_off}{_GAP}){_SMALL_NAME}(\s*$)", r"\1\2[name]\3"),
        Rule("name", rf"{weak}{_NAME}{_STOP}", r"\1[name]\2"),
    )


def _either(words: tuple[str, ...]) -> str:
    """Alternatives, longest first, blanks of any kind between words."""
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))
