"""The paragraphs of a proposal are made of facts, and a sentence that says otherwise is found."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from gis.language import LANGUAGES
from gis.testing import examples
from maps.sentences.chapters import CHAPTERS, PATTERNS, proposal_text
from maps.sentences.claims import ABOUT, APPROXIMATE, CASES, Amount, Words, amount_agrees, amount_text
from maps.sentences.facts import dated_key, fact_of
from maps.sentences.lists import Names
from maps.sentences.read_back import read_back
from planning.record import Fact, Record, Table
from planning.tallies import members

_BY_ID = {pattern.id: pattern for pattern in PATTERNS}


def _with(record: Record, **values) -> Record:
    """Return the Record with other values of facts; ``__`` stands for the dot of a key."""
    told = {key.replace("__", "."): value for key, value in values.items()}
    facts = {key: replace(fact, value=told.get(key, fact.value)) for key, fact in record.facts.items()}
    made = {key: Fact(key, value, "share", "") for key, value in told.items() if key not in facts}
    return replace(record, facts=facts | made)


def _with_rows(record: Record, name: str, frame: pd.DataFrame) -> Record:
    return replace(record, tables={**record.tables, name: Table(frame, record.tables[name].columns)})


def _sentence(record: Record, pattern: str, lang="vi") -> str:
    return "".join(run.text for run in _BY_ID[pattern].runs(record, lang))


def _read(record: Record, text: str, lang="vi"):
    return read_back(text, record, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_reads_back(record: Record, lang):
    """What is written of a Record is what is read of it, all sentences, none left over."""
    chapters = proposal_text(record, lang)
    found = _read(record, "\n".join(p for one in chapters if one.sentences for p in one.paragraphs), lang)
    assert (found.contradictions, found.own_words, found.missing) == ((), (), ())
    assert len(found.agreeing) == len(PATTERNS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_project_without_layers_says_no_data(bare_record: Record, lang):
    """Missing layers make sentences of their own, never "none"."""
    text = "\n".join(p for one in proposal_text(bare_record, lang) for p in one.paragraphs)
    for said in {"vi": ("Chưa có số liệu về bến bãi.", "Chưa có số liệu về thửa đất."), "en": ("no data on yards",)}[
        lang
    ]:
        assert said in text
    assert _read(bare_record, text, lang).contradictions == ()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.id)
def test_every_pattern_has_every_case_or_says_why_not(pattern):
    """Singular, plural, zero and no data have a wording, approximate has its "about", or the claim has a reason."""
    never, deciding = pattern.never(), pattern.places[pattern.on]
    assert all(never.values())
    for case in set(CASES) - {APPROXIMATE}:
        assert (case in pattern.wordings) != (case in never), case
    if isinstance(deciding, Amount):
        assert ({"up", "down"} if deciding.directed else {"some"}) <= set(pattern.wordings)
    if isinstance(deciding, Words):
        assert {"some", *deciding.cases} <= set(pattern.wordings)


# The status of the line decides the wording of "scope.line" itself.
@pytest.mark.parametrize("pattern", [one for one in PATTERNS if one.id != "scope.line"], ids=lambda one: one.id)
def test_about_stands_where_a_line_is_measured_and_nowhere_else(record: Record, pattern):
    """The same facts along an official line and along an approximate one differ by "about", or not at all."""
    for place in pattern.places.values():
        if isinstance(place, Amount) and fact_of(record, place.key).value == 0:
            record = _with(record, **{fact_of(record, place.key).key: 8e5})
    for names in (place for place in pattern.places.values() if isinstance(place, Names)):
        record, table = _counting(record, pattern.id, 2), dated_key(record, names.table)
        if pattern.on == "n":  # the amounts are beside what is counted, and may be anything
            rows = record.tables[table].frame.assign(**dict.fromkeys(names.amounts, 5e5))
            record = _with_rows(record, table, rows)
    about, exact = (_sentence(_with(record, zone__status=one), pattern.id) for one in ("approximate", "official"))
    assert about.replace(ABOUT.vi, "") == exact
    if APPROXIMATE in pattern.never():
        assert about == exact
    elif pattern.case(record) not in ("zero", "no_data"):
        assert about != exact


def test_no_two_wordings_say_the_same():
    """A wording is a claim: two of them that look alike could not be told apart on reading."""
    for lang in LANGUAGES:
        shapes = [re.sub(r"\{\w+\}", "{}", text.to(lang)) for one in PATTERNS for text in one.wordings.values()]
        assert len(shapes) == len(set(shapes))


_CHOSEN = {
    "all": {"state_proposed": "inside"},
    "proposed_inside": {"state_proposed": "inside"},
    "proposed_met": {"state_proposed": "inside"},
    "proposed_crossed": {"state_proposed": "crossed"},
    "proposed_undecidable": {"state_proposed": "undecidable"},
    "entering": {"state_proposed": "inside"},
    "leaving": {"state_base": "inside"},
    "extended": {"state_base": "inside", "state_proposed": "inside", "added_m2": 5e5},
    "reduced": {"state_base": "inside", "state_proposed": "inside", "removed_m2": 5e5},
    "not_met": {"verdict": "not_met"},
    "cannot_tell": {"verdict": "cannot_tell"},
    "base": {"base_m2": 5e5},
    "proposed": {"proposed_m2": 5e5},
}
_NEUTRAL = {"verdict": "met"} | dict.fromkeys(("state_base", "state_proposed"), "outside")
_NEUTRAL |= dict.fromkeys(("added_m2", "removed_m2", "base_m2", "proposed_m2"), 0.0)


def _counting(record: Record, pattern: str, number: int | None) -> Record:
    """Return a Record in which that many things are what the pattern counts; None: nobody knows."""
    deciding = _BY_ID[pattern].places[_BY_ID[pattern].on]
    if pattern == "reasons.missing":
        return replace(record, no_data=("yards", "gates")[:number])
    key = dated_key(record, getattr(deciding, "key", ""))
    told = key.removeprefix("tallies[").partition("]")[0]
    listed = [claim.table for claim in _BY_ID[pattern].places.values() if isinstance(claim, Names)]
    name = dated_key(record, listed[0]) if listed else f"by.{told}" if "@" in told else told
    if name in record.tables:
        record = _with_rows(record, name, _rows(record.tables[name].frame, pattern.rpartition(".")[2], number or 0))
        if number is None and isinstance(deciding, Names):
            return replace(record, tables={one: table for one, table in record.tables.items() if one != name})
    if key.startswith("tallies["):
        frame = record.tables["tallies"].frame.copy()
        frame.loc[frame["key"] == told, key.rpartition(".")[2]] = pd.NA if number is None else number
        return _with_rows(record, "tallies", frame)
    return _with(record, **{key: number})


def _rows(frame: pd.DataFrame, tally: str, number: int) -> pd.DataFrame:
    rows = pd.concat([frame.head(1)] * 3, ignore_index=True)
    rows = rows.assign(key=["p", "q", "r"], **{one: value for one, value in _NEUTRAL.items() if one in rows})
    if "name" in rows:
        rows["name"] = ["Xã P", "Xã Q, và R", "Xã R"]
    for column, value in _CHOSEN[tally].items():
        rows.loc[: number - 1, column] = value
    return rows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pattern", [one.id for one in PATTERNS if one.wordings.keys() >= {"one", "many"}])
def test_singular_plural_and_zero(record: Record, pattern, lang):
    """Each case of a count has its sentence, reads back, and contradicts every other case."""
    numbers = (0, 1, 2) if pattern == "reasons.missing" else (None, 0, 1, 2)
    records = {number: _counting(record, pattern, number) for number in numbers}
    said = {number: _sentence(its, pattern, lang) for number, its in records.items()}
    assert len(set(said.values())) == len(numbers)
    for number, its in records.items():
        assert _read(its, said[number], lang).agreeing == (pattern,), said[number]
        for other in set(numbers) - {number}:
            assert [one.pattern for one in _read(its, said[other], lang).contradictions] == [pattern], said[other]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pattern", [one.id for one in PATTERNS if isinstance(one.places[one.on], Amount)])
def test_some_zero_and_no_data_of_an_area(record: Record, pattern, lang):
    """Each case of an amount has its sentence, exact and approximate, and contradicts every other case."""
    key = _BY_ID[pattern].places[_BY_ID[pattern].on].key
    values = (None, 0.0, 0.4, 8e5, -8e5) if _BY_ID[pattern].places[_BY_ID[pattern].on].directed else (None, 0.0, 8e5)
    for status in ("official", "approximate"):
        records = {value: _with(record, **{key: value, "zone.status": status}) for value in values}
        said = {value: _sentence(its, pattern, lang) for value, its in records.items()}
        assert len(set(said.values())) == len(values)
        for value, its in records.items():
            assert _read(its, said[value], lang).agreeing == (pattern,), said[value]
            for other in set(values) - {value}:
                assert [one.pattern for one in _read(its, said[other], lang).contradictions] == [pattern]


def test_a_list_that_lacks_one_fails(record: Record):
    """Merged from one commune where there were two: the count and the list are both held against the rows."""
    units = record.tables["by.admin_units@2025-07-01"].frame
    two = units.assign(state_proposed="inside")
    whole = _with_rows(record, "by.admin_units@2025-07-01", two)
    tallies = record.tables["tallies"].frame.assign(proposed_inside=len(two))
    whole = _with_rows(whole, "tallies", tallies)
    right = _sentence(whole, "communes.proposed_inside")
    assert right == "Có 3 đơn vị nằm trọn trong khu, gồm: An Bình, Cao Lộc và Đồng Đăng."
    for wrong in (
        right.replace("Có 3", "Có 2"),
        right.replace("An Bình, ", ""),
        right.replace("An Bình", "Cao Lộc"),
        right.replace("An Bình", "An Bịnh"),
        "Có 1 đơn vị nằm trọn trong khu là Cao Lộc.",
        "Không có đơn vị nào nằm trọn trong khu.",
    ):
        assert [one.pattern for one in _read(whole, wrong).contradictions] == ["communes.proposed_inside"], wrong
    assert _read(whole, right).agreeing == ("communes.proposed_inside",)


@pytest.fixture(scope="module")
def counting(record: Record) -> dict[str, list[str]]:
    """Return the sentences of the Record that tell amounts and counts, by language."""
    keys = ("area_m2", "share_of", "parcels", "balance", "tallies")
    return {
        lang: [
            one.text
            for chapter in proposal_text(record, lang)
            for one in chapter.sentences
            if any(run.key.startswith(keys) for run in one.runs)
        ]
        for lang in LANGUAGES
    }


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_no_digit_can_be_changed(record: Record, counting: dict[str, list[str]], data):
    """Any other digit in a sentence that tells amounts and counts is found."""
    lang = data.draw(some.sampled_from(LANGUAGES))
    sentence = data.draw(some.sampled_from(counting[lang]))
    place = data.draw(some.sampled_from([one.start() for one in re.finditer(r"\d", sentence)]))
    digit = data.draw(some.sampled_from([one for one in "0123456789" if one != sentence[place]]))
    changed = sentence[:place] + digit + sentence[place + 1 :]
    assert len(_read(record, changed, lang).agreeing) == 0


@given(some.floats(-1e9, 1e9), some.sampled_from(["m2", "m", "share"]), some.sampled_from(LANGUAGES), some.booleans())
def test_an_amount_reads_back_whatever_it_is(value, unit, lang, about):
    """Also a negative one, one that rounds to nothing, and zero."""
    fact = Fact("area_m2.net" if unit == "m2" else "zone.length", value, unit, "")
    assert amount_agrees(amount_text(fact, lang, about=about), fact, lang, about=about)
    other = replace(fact, value=value + abs(value) + 1000.0)
    assert not amount_agrees(amount_text(fact, lang, about=about), other, lang, about=about)


def test_about_is_a_claim_too(record: Record):
    """An approximate line says "about"; to leave it out claims more than is known, to add it less."""
    sentence = _sentence(record, "size.added")
    assert ABOUT.vi in sentence
    assert [one.place for one in _read(record, sentence.replace(ABOUT.vi, "")).contradictions] == ["added"]
    official = _with(record, zone__status="official")
    assert _read(official, sentence).contradictions
    assert ABOUT.vi not in _sentence(official, "size.added")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("net", [None, 0.0, 81_200.0, -81_200.0, 3.0, -3.0])
def test_more_and_less_are_words(record: Record, net, lang):
    """The number stands without its sign; the words that say the direction are held against the sign."""
    its = _with(record, area_m2__net=net)
    sentence = _sentence(its, "size.proposed", lang)
    assert "−" not in sentence
    assert "+" not in sentence
    assert _read(its, sentence, lang).agreeing == ("size.proposed",)
    if net:
        assert _read(_with(record, area_m2__net=-net), sentence, lang).contradictions


@pytest.mark.parametrize("status", ["official", "digitised", "approximate", "khác", None])
def test_the_status_of_the_line_is_told(record: Record, status):
    """Each status in words, an unknown one as it stands, none as no data."""
    its = _with(record, zone__status=status)
    assert _read(its, _sentence(its, "scope.line")).agreeing == ("scope.line",)


def test_words_of_authors_are_their_own(record: Record, tmp_path):
    """Placeholders give way to texts of the project; they are words, and a text between ours disturbs nothing."""
    names = [one.id for one in proposal_text(record) if one.is_placeholder]
    assert names == ["name", "management", "policies", "priorities"]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "policies.vi.txt").write_text("Đoạn một.\n\nĐoạn {hai}, 5 ha.", encoding="utf-8")
    chapters = {one.id: one for one in proposal_text(record, "vi", tmp_path)}
    assert chapters["policies"].words == ("Đoạn một.", "Đoạn {hai}, 5 ha.")
    assert not chapters["policies"].is_placeholder
    mixed = f"Lời dẫn của tác giả. {chapters['size'].paragraphs[0]} Lời kết 7.5 ha."
    found = _read(record, mixed)
    assert (found.own_words, len(found.agreeing)) == (("Lời dẫn của tác giả.", "Lời kết 7.5 ha."), 6)


def test_reasons_keep_their_full_stops(record: Record):
    """A reason of several sentences with numbers in it is still one claim."""
    its = replace(record, reason="Theo QĐ 1. Thêm 2 xã. Bớt {x} ha")
    sentence = _sentence(its, "reasons.reason")
    assert _read(its, f"{sentence} {_sentence(its, 'size.added')}").agreeing == ("reasons.reason", "size.added")
    assert _read(its, sentence.replace("2 xã", "3 xã")).agreeing == ()


def test_names_that_occur_twice_carry_their_code(record: Record):
    """Two communes of one name can be told apart, and neither stands for the other."""
    name = "by.admin_units@2025-07-01"
    twins = record.tables[name].frame.assign(name="Xã Thụy Hùng", state_proposed="crossed")
    its = _with_rows(record, name, twins)
    its = _with_rows(its, "tallies", record.tables["tallies"].frame.assign(proposed_crossed=3))
    sentence = _sentence(its, "communes.proposed_crossed")
    assert "xã Thụy Hùng [c]" in sentence
    assert _read(its, sentence).agreeing == ("communes.proposed_crossed",)
    assert _read(its, sentence.replace("[c]", "[d]")).contradictions


def test_every_fact_of_a_sentence_is_in_the_record(record: Record):
    """Each number of a sentence leads back to its fact."""
    for chapter in proposal_text(record):
        for sentence in chapter.sentences:
            for run in sentence.runs:
                if run.key not in ("", "reason", "no_data"):
                    assert record.fact(run.key)


def test_chapters_are_those_of_a_proposal(record: Record):
    """In reading order, titles in both languages."""
    assert [one.id for one in proposal_text(record)] == list(CHAPTERS)
    assert proposal_text(record, "en")[3].title == "Size"


@pytest.mark.parametrize(
    ("base", "share", "proposed", "least", "tallies"),
    [
        ("outside", 0.0, "inside", 1.0, {"entering", "proposed_met", "proposed_inside"}),
        ("outside", 0.0, "undecidable", 0.4, {"entering", "proposed_met", "proposed_undecidable"}),
        ("outside", 0.0, "undecidable", 0.0, {"proposed_undecidable"}),
        ("undecidable", 0.99, "outside", 0.0, {"leaving", "base_undecidable"}),
        ("undecidable", 0.01, "outside", 0.0, {"base_undecidable"}),
        ("crossed", 0.5, "crossed", 0.6, {"extended", "base_crossed", "proposed_crossed", "proposed_met"}),
    ],
)
def test_tallies(base, share, proposed, least, tallies):
    """What is undecidable counts as land only where it is surely some."""
    rows = pd.DataFrame(
        {
            "state_base": [base],
            "share_base": [share],
            "state_proposed": [proposed],
            "share_proposed_min": [least],
            "added_m2": [2.0 if "extended" in tallies else 0.5],
            "removed_m2": [0.0],
        }
    )
    names = (
        *(f"{side}_{state}" for side in ("base", "proposed") for state in ("inside", "crossed", "undecidable")),
        *("proposed_met", "entering", "leaving", "extended", "reduced"),
    )
    assert {name for name in names if len(members(rows, name))} == tallies
