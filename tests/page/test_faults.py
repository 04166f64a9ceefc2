import pytest

from crm_helpers.page.faults import is_light, page_faults

GOOD = (
    '<style>p { color: red }</style><p><a href="#part-1">x</a> <a href="churn.html">y</a></p>'
    '<img alt="Bars" src="data:image/png;base64,AAAA"> &lt;script&gt;'
)


def test_a_good_page_has_no_fault() -> None:
    assert page_faults(GOOD) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>x</script>", "a <script> element"),
        ("<SCRIPT src=x>", "a <script> element"),
        ("<svg onload=x>", "a script in onload of <svg>"),
        ("<p onclick='x'>", "a script in onclick of <p>"),
        ("<iframe srcdoc=x>", "a <iframe> element"),
        ("<link rel=stylesheet href='a.css'>", "a <link> element"),
        ("<meta http-equiv=refresh content=0>", "a <meta> refresh"),
        ("<a href='https://x.y'>", "a reference to outside (https://x.y)"),
        ("<a href='javascript:x'>", "a reference to outside (javascript:x)"),
        ("<a href='//x.y'>", "a reference to outside (//x.y)"),
        ("<a href='../up.html'>", "a reference to outside (../up.html)"),
        ("<img alt=a src='http://x.y/z'>", "a picture from outside (http://x.y/z)"),
        ("<img src='data:image/png;base64,A'>", "a picture without alternative text"),
        ("<img alt=' ' src='data:image/png;base64,A'>", "a picture without alternative text"),
        ("<style>@import 'x'</style>", "a style that loads from outside"),
        ("<p style='background: url(x)'>", "a style that loads from outside"),
    ],
)
def test_what_a_page_may_not_hold_is_named(html: str, fault: str) -> None:
    assert fault in page_faults(GOOD + html)


def test_the_words_nbconvert_puts_for_a_missing_alt_are_a_fault() -> None:
    alt = "No description has been provided for this image"
    html = f'<img alt="{alt}" src="data:image/png;base64,A">'
    assert page_faults(html) == ["a picture without alternative text"]


def test_a_page_of_a_megabyte_is_not_light() -> None:
    assert is_light("x" * 999_999)
    assert not is_light("ä" * 500_000)
