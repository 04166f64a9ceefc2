"""Fictional names, addresses and numbers of persons, from ranges reserved for fiction."""

import numpy as np

from crm_helpers.demo.draws import Draws

FIRST = {
    "female": (
        "Anna,Berta,Clara,Dora,Elena,Frieda,Greta,Hanna,Ida,Julia,Katharina,Lena,Maria,Nina,Olga,"
        "Paula,Rosa,Sophie,Tina,Ursula,Vera,Wanda,Yvonne,Zoe,Emma,Charlotte,Amelie,Johanna,Martha,"
        "Helene,Isabel,Lucy,Grace,Alice,Nora,Stella,Ruth,Erika,Monika,Sabine,Petra,Renate,Karin"
    ).split(","),
    "male": (
        "Anton,Bruno,Carl,David,Emil,Felix,Georg,Hans,Ingo,Jakob,Konrad,Leo,Max,Noah,Oskar,Paul,"
        "Quentin,Robert,Simon,Theo,Ulrich,Viktor,Walter,Xaver,Yannick,Zacharias,Thomas,Peter,"
        "Michael,Stefan,Andreas,Henry,Oliver,James,Arthur,Hugo,Ludwig,Moritz,Niklas,Rainer,Werner"
    ).split(","),
}
_STEMS = (
    "Acker,Alt,Ber,Birk,Blum,Brandt,Buch,Dorn,Eber,Eich,Falk,Feld,Fink,Forst,Fuchs,Gold,Grim,Hage,"
    "Hart,Heid,Hell,Herz,Hirsch,Hoch,Holz,Jung,Kern,Klein,Korn,Kraus,Lang,Linden,Lohr,Mart,Mert,"
    "Neu,Nord,Ober,Oster,Pfann,Rein,Richt,Rosen,Roth,Sand,Schil,Schwarz,Silber,Sommer,Stein,Stern,"
    "Tann,Thal,Vogel,Wald,Weber,Weiss,Wen,Wies,Wolf,Zell,Zimmer"
).split(",")
_ENDINGS = "er,mann,bach,berg,stein,hof,huber,ling,ke,meier,son,dorf,inger,wald".split(",")
LAST = [
    stem + ending for stem in _STEMS for ending in _ENDINGS if not stem.lower().endswith(ending)
]
EMAIL_DOMAINS = ("example.com", "example.org", "example.net")
# Card numbers published for testing; no bank issues them.
TEST_CARDS = (
    "4111 1111 1111 1111",
    "5555 5555 5555 4444",
    "4012-8888-8888-1881",
    "378282246310005",
    "5105105105105100",
)


def full_names(draws: Draws, number: np.ndarray, gender: np.ndarray) -> np.ndarray:
    """Fictional full names, objects of str."""
    last = np.array(LAST, dtype=object)[draws.integers("name.last", len(LAST), number)]
    first = np.empty(len(number), dtype=object)
    for kind, names in FIRST.items():
        drawn = np.array(names, dtype=object)[draws.integers("name.first", len(names), number)]
        first = np.where(gender == kind, drawn, first)
    return first + " " + last


def emails(draws: Draws, number: np.ndarray, names: np.ndarray) -> np.ndarray:
    """E-mail addresses made of the name and a number, at domains reserved for examples."""
    local = np.array([name.lower().replace(" ", ".") for name in names], dtype=object)
    domain = np.array(EMAIL_DOMAINS, dtype=object)[
        draws.integers("name.domain", len(EMAIL_DOMAINS), number)
    ]
    digits = draws.integers("name.digits", 90, number) + 10
    return local + digits.astype(str).astype(object) + "@" + domain


def phones(draws: Draws, number: np.ndarray) -> np.ndarray:
    """Phone numbers from ranges kept free for films and books, in several spellings."""
    tail = draws.integers("name.phone", 1000, number)
    shape = draws.integers("name.phone shape", 4, number)
    shapes = ("01632 960{:03d}", "+44 1632 960{:03d}", "030 23125{:03d}", "+49 30 23125 {:03d}")
    pairs = zip(shape, tail, strict=True)
    return np.array([shapes[s].format(t) for s, t in pairs], dtype=object)


def misspelt(draws: Draws, number: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Spelling variants of names: a letter lost, doubled or swapped, or first name shortened."""
    how = draws.integers("name.variant", 4, number)
    where = draws.uniform("name.variant place", number)
    cases = zip(names, how, where, strict=True)
    return np.array([_variant(*case) for case in cases], dtype=object)


def _variant(name: str, how: int, where: float) -> str:
    first, last = name.split(" ")
    at = 1 + int(where * (len(last) - 2))
    if how == 0:
        return f"{first} {last[:at]}{last[at + 1 :]}"
    if how == 1:
        return f"{first} {last[:at]}{last[at]}{last[at:]}"
    if how == 2:
        return f"{first} {last[:at]}{last[at + 1]}{last[at]}{last[at + 2 :]}"
    return f"{first[0]}. {last}"
