"""Written text becomes what a person says, the same in training text, references and hypotheses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import abbreviations, lexicon, numbers, pronunciation, written
from localspeech.engine.dictionary import dictionary, initialisms
from localspeech.engine.scoring import score
from localspeech.engine.text import normalise, words

SAID = {
    "It costs $5.50, $1 or $0.01.": (
        "it costs five dollars and fifty cents one dollar or one cent"
    ),
    "€3.5 million, £10k, $1.5bn, $7.125": (
        "three point five million euros ten thousand pounds one point five billion dollars "
        "seven point one two five dollars"
    ),
    "at 5:30 p.m., 5pm, 5:00 PM, 17:00, 9:05, 12:00": (
        "at five thirty pm five pm five pm seventeen hundred nine oh five twelve o'clock"
    ),
    "10 a.m. I am here": "ten am i am here",
    "March 5, 2024; Jan. 21st; Sept 3; May 2024; Dec. 1999": (
        "march fifth twenty twenty four january twenty first september third "
        "may twenty twenty four december nineteen ninety nine"
    ),
    "2026-11-25, 12/25/2026, 7/4/76": (
        "november twenty fifth twenty twenty six december twenty fifth twenty twenty six "
        "july fourth seventy six"
    ),
    "1984, 2005, 1905, 1,250, 1250, 3000": (
        "nineteen eighty four two thousand five nineteen oh five "
        "one thousand two hundred fifty twelve fifty three thousand"
    ),
    "the 1990s, the '80s, the 1900s": "the nineteen nineties the eighties the nineteen hundreds",
    "1st 22nd 103rd 1,000th": "first twenty second one hundred third one thousandth",
    "3.14, .5, 0.05 and 3.1.4": (
        "three point one four point five zero point zero five and three point one point four"
    ),
    "1/2 cup, 3/4, 1 1/2, 5½, 9/11, 24/7": (
        "one half cup three quarters one and one half five and one half nine eleven "
        "twenty four seven"
    ),
    "5 km, a 5-km race, 1 km, 60 mph, 20°C, 100%, 16GB, 5 m²": (
        "five kilometers a five kilometer race one kilometer sixty miles per hour "
        "twenty degrees celsius one hundred percent sixteen gigabytes five meters squared"
    ),
    "555-1234, (212) 555-0199, 007": (
        "five five five one two three four two one two five five five zero one nine nine "
        "zero zero seven"
    ),
    "-5, 5-10, 1914–1918, #3, No. 5, 2+2 = 4, 3 × 4": (
        "minus five five to ten nineteen fourteen to nineteen eighteen number three number five "
        "two plus two equals four three times four"
    ),
    "b12 mp3 covid-19 5G": "b twelve mp three covid nineteen five g",
    "12345678901234567": (
        "one two three four five six seven eight nine zero one two three four five six seven"
    ),
    "Dr. Smith on Oak Dr., and dr jones": "doctor smith on oak drive and doctor jones",
    "In St. Louis, 12 Main St. Bring it to Pine St": (
        "in saint louis twelve main street bring it to pine street"
    ),
    "Prof. Lee vs. Gen. Grant, e.g. Mt. Hood, approx. 5": (
        "professor lee versus general grant for example mount hood approximately five"
    ),
    "Mr. and Mrs. Smith, Mister Jones, ok, O.K.": "mr and mrs smith mr jones okay okay",
    "the F.B.I., C N N, f. b. i., U.S.A. and NATO": "the fbi cnn fbi usa and nato",
    "U.S. plan b; a, b and c; I a m": "u s plan b a b and c i a m",
    "It's café “naïve” — R&D @ 5": "it's cafe naive r and d at five",
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_text_is_read_out(text, said):
    assert normalise(text) == said


WRITTEN = st.lists(
    st.sampled_from(
        "$ £ 5 12 1984 2,000 .5 3.14 : / - – + = # % ° km m g St. st Dr. dr vs vs. e.g. No. "
        "p.m. am a.m. F B I f. b. i. a i U.S. ok May Jan. 5th '80s s th ½ ² Main ' . ,".split()
    ),
    max_size=12,
)


@settings(max_examples=400, deadline=None)
@given(WRITTEN, st.sampled_from(["", " "]))
def test_reading_out_twice_changes_nothing(parts, between):
    once = normalise(between.join(parts))
    assert normalise(once) == once
    assert not set(once) - set("abcdefghijklmnopqrstuvwxyz' ")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_lower_case_words(text):
    assert words(text) == normalise(text).split()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**11))
def test_every_number_is_read_in_words_of_the_dictionary(number):
    said = words(f"{number} or {number:,} or {number + 1}th")
    assert set(said) <= set(dictionary())


def test_what_the_tables_say_stands_in_the_dictionary():
    tables = (abbreviations._WITH_PERIOD, abbreviations._BEFORE_NAME, abbreviations._ALWAYS)
    said = [one for table in tables for one in table.values()]
    said += [form for forms in written._UNITS.values() for form in forms]
    said += [form for forms in written._CURRENCIES.values() for form in forms]
    said += [*written._MONTHS, *written._SIGNS.values(), numbers.decade("90"), "drive street saint"]
    lacking = {word for one in said for word in one.split()} - set(dictionary())
    assert lacking <= {"gigahertz", "kilohertz"}


def test_a_reference_in_figures_is_scored_as_it_is_said():
    total, _ = score(
        [
            ("a", "Dr. Wu paid $5 at 5:30 p.m.", "doctor wu paid five dollars at five thirty pm"),
            ("b", "The F.B.I. came in 1984", "the f b i came in nineteen eighty four"),
        ]
    )
    assert total.word_error_rate == 0


def test_short_words_without_vowels_are_said_letter_by_letter():
    found = lexicon.new_words(["cntk", "skelwick", "zzz", "nth"], {}, guess=True)
    assert found["cntk"] == ("S IY EH N T IY K EY",)
    assert "S K" in found["skelwick"][0]
    assert set(found) == {"cntk", "skelwick", "zzz"}
    assert {"fbi", "ibm", "pm"} <= initialisms()
    assert not {"us", "am", "nato", "it"} & initialisms()


def test_pronunciations_of_one_word_of_a_longer_form(tmp_path):
    lines = ("3CPO\tthree c p o", "Port Skelwick\tport skell ick", "IEEE\ti triple e", "A B\tx y")
    (tmp_path / "data").write_text("\n".join(lines))
    found, tally = pronunciation.read(tmp_path / "data")
    assert found["cpo"] == ("S IY P IY OW",)
    assert set(found) == {"cpo", "skelwick", "ieee"}
    assert [problem.line for problem in tally.problems] == [4]
