"""In a real browser the asked sentence is in view, on a phone and a desktop, without a script."""

from __future__ import annotations

import os

import pytest

from index.types import Article
from tests.index.arrivals.arrivals_builders import open_tiny
from tests.index.reader.browser import CHROMIUM, browser
from tests.index.reader.served import ADDRESS, serving

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(CHROMIUM is None or os.name != "posix", reason="needs Chromium"),
]

ASKED = "“The ferry stays in port,” Mayor Ana Horvat told reporters."
LINES = [
    f"Line {n} of the notes is about nets, lamps and the weather of the week." for n in range(80)
]
SCRIPT = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
LONG = "x" * 400
TEXT = "\n\n".join([*LINES[:60], ASKED, f"{SCRIPT} {LONG} ended.", *LINES[60:]])
SCREENS = [(390, 844, True), (1280, 800, False)]


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The address of the page, of a server that is running, for the quote asked for."""
    index = open_tiny(tmp_path_factory.mktemp("data"), reader_url=ADDRESS)
    list(index.add([Article("memo", f"Ferry {SCRIPT}", TEXT, "Desk")]))
    link = index.answer("what did Ana Horvat say?").quotes[0].reader
    with serving(index) as client:
        yield link.replace(ADDRESS, str(client.base_url).rstrip("/"))
    index.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height", "phone"), SCREENS, ids=["phone", "desktop"])
def test_the_asked_sentence_is_in_view_and_framed_and_nothing_is_cut(
    tab, opened, width, height, phone, dark
):
    tab.look_as(width, height, dark=dark, phone=phone)
    tab.open(opened)

    box = "document.querySelector(':target').getBoundingClientRect()"
    assert ASKED == tab.value("document.querySelector(':target').textContent")
    assert 0 < tab.value(f"{box}.top")
    assert tab.value(f"{box}.bottom") < height
    assert tab.value("document.documentElement.scrollWidth") <= width
    frame = tab.value("getComputedStyle(document.querySelector(':target')).outlineStyle")
    assert "solid" == frame
    back = tab.value("getComputedStyle(document.documentElement).backgroundColor")
    assert ("rgb(26, 29, 33)" if dark else "rgb(255, 255, 255)") == back
    assert 16 <= tab.value("parseFloat(getComputedStyle(document.body).fontSize)")


def test_what_an_article_holds_does_nothing(tab, opened):
    tab.open(opened)

    assert tab.value("document.title").startswith("Ferry <script>")
    assert [0, 0] == tab.value("[document.scripts.length, document.images.length]")
    asked = [e["params"]["request"]["url"] for e in tab.events
             if e.get("method") == "Network.requestWillBeSent"]  # fmt: skip
    assert [opened.partition("#")[0]] == [url for url in asked if "favicon" not in url]
    assert [] == [text for text in tab.complaints() if "favicon" not in text]


def test_even_what_came_through_would_not_run(tab, opened):
    tab.open(opened)

    tab.value("""(() => {
        const made = document.createElement('script');
        made.textContent = "document.title = 'run'";
        document.body.append(made);
        document.body.insertAdjacentHTML('beforeend', "<img src=x onerror='document.title=1'>");
    })()""")

    assert tab.value("document.title").startswith("Ferry <script>")
    assert "null" == tab.value("window.origin")


def test_the_list_of_statements_leads_to_them(tab, opened):
    tab.look_as(390, 844, dark=False, phone=True)
    tab.open(opened.partition("#")[0])

    tab.value("document.querySelector('li a').click()")

    assert ASKED == tab.value("document.querySelector(':target').textContent")
