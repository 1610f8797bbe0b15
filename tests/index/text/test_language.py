from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import MachineError
from index.text import language
from index.text.language import refuse_foreign
from index.types import Article

ENGLISH = (
    "The harbour authority said on Tuesday that the ferry would stay in port until its engine "
    "had been repaired. A spokeswoman told reporters that nobody had been hurt. "
)
FOREIGN = {
    "German": (
        "Die Hafenbehörde teilte am Dienstag mit, dass die Fähre im Hafen bleibe, bis ihre "
        "Maschine repariert sei. Eine Sprecherin sagte, niemand sei verletzt worden. "
    ),
    "French": (
        "L'autorité portuaire a annoncé mardi que le bac resterait à quai jusqu'à la réparation "
        "de son moteur. Une porte-parole a déclaré que personne n'avait été blessé. "
    ),
    "Spanish": (
        "La autoridad portuaria anunció el martes que el transbordador seguirá en el puerto "
        "hasta que se repare su motor. Una portavoz dijo que nadie resultó herido. "
    ),
    "Russian": (
        "Портовое управление сообщило во вторник, что паром останется в гавани, пока не будет "
        "отремонтирован двигатель. Представитель сказала, что никто не пострадал. "
    ),
    "Turkish": (
        "Liman idaresi salı günü yaptığı açıklamada, feribotun motoru onarılana kadar limanda "
        "kalacağını bildirdi. Bir sözcü, kimsenin yaralanmadığını söyledi. "
    ),
    "Polish": (
        "Zarząd portu poinformował we wtorek, że prom pozostanie w porcie, dopóki jego silnik "
        "nie zostanie naprawiony. Rzeczniczka powiedziała, że nikt nie został ranny. "
    ),
    "Arabic": (
        "قالت هيئة الميناء يوم الثلاثاء إن العبارة ستبقى في الميناء حتى يتم إصلاح محركها. "
        "وقالت متحدثة باسم الهيئة للصحفيين إن أحدا لم يصب بأذى في الحادث. "
    ),
}


def article(text: str) -> Article:
    return Article(id="ferry", title="Ferry", text=text)


@pytest.mark.parametrize("repeated", [1, 10])
@pytest.mark.parametrize("language", FOREIGN)
def test_an_article_in_another_language_is_refused_with_its_name(language, repeated):
    text = FOREIGN[language] * repeated

    error = refuse_foreign(article(text))

    assert error is not None
    assert str(error).startswith(f"ferry: reads as {language}, and only English")


def test_an_english_article_passes():
    assert refuse_foreign(article(ENGLISH)) is None


def test_an_english_article_in_capitals_passes():
    assert refuse_foreign(article(ENGLISH.upper())) is None


@pytest.mark.parametrize("language", FOREIGN)
def test_a_long_foreign_quotation_in_an_english_frame_passes(language):
    text = ENGLISH * 2 + "\n\n“" + FOREIGN[language] * 3 + "”\n\n" + ENGLISH * 2

    assert refuse_foreign(article(text)) is None


def test_an_english_boilerplate_line_does_not_let_a_foreign_article_in():
    text = FOREIGN["German"] * 12 + "\n\nAll rights reserved. Sign up for our newsletter."

    assert "German" in str(refuse_foreign(article(text)))


def test_a_short_text_whose_small_words_are_too_few_to_be_sure_passes():
    text = "Die Fähre bleibt im Hafen, sagte Berg am Dienstag."

    assert refuse_foreign(article(text)) is None


def test_a_list_of_names_is_not_taken_for_another_language():
    text = (
        "Results: Ana Petrić (Split) 12:31, Jörg Bäumler (Ulm) 12:40, Mbali Dube (Durban) 12:44, "
        "Li Wen (Wuhan) 12:52, Aoife Ní Bhriain (Cork) 13:01, José Peña (Lima) 13:05."
    )

    assert refuse_foreign(article(text)) is None


@given(st.text(max_size=600))
def test_any_text_gets_an_answer(text):
    error = refuse_foreign(article(text))

    assert error is None or "only English" in str(error)


def test_a_machine_without_space_for_the_model_is_to_blame_and_not_the_article(monkeypatch):
    def fail(*arguments, **given):
        raise FileNotFoundError(2, "No usable temporary directory found")

    language._identifier.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(language.LanguageIdentifier, "from_model_file", fail)
        with pytest.raises(MachineError, match="No usable temporary directory"):
            language.load_identifier()

    language.load_identifier()
