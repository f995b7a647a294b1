"""The command that lists a rule set: what is held against a scenario, where it stands, and how sure that is."""

from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Lang, Text
from layers.project import FILE
from maps.formatter import STATES, threshold_text
from maps.law_words import threshold_name
from maps.numerals import day_text
from planning.law.choice import in_force, rule_set_in, rule_set_named, rule_set_of, today
from planning.law.rule_set import Clause, RuleSet, Threshold

app = typer.Typer(rich_markup_mode=None)

_PERSON = "input"


@app.command("rules")
def rules(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            help=both("Mã một bộ quy tắc hoặc một tiêu chí", "Id of a rule set or of a criterion"), metavar="ID"
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help=both("Kiểm tra và xem một tệp quy tắc", "Check and show a rule set file"))
    ] = None,
) -> None:
    """List the rule set in force, that of the project, or one that is named; with the id of a criterion, that one."""
    desk: Desk = ctx.obj
    chosen = rule_set_in(file) if file is not None else _chosen(desk, name)
    shown = [clause for clause in chosen.clauses if name in (None, chosen.id, clause.id)]
    if desk.as_json:
        show.as_json({**_about(chosen), "clauses": [_clause(one) for one in shown]})
    elif len(shown) == 1:
        _tell_clause(shown[0], desk.lang)
    else:
        _tell(chosen, desk.lang)


def _chosen(desk: Desk, name: str | None) -> RuleSet:
    """Return the project's rule set where there is a project, else the one in force; a name may be of another set."""
    in_project = (desk.project / FILE).is_file()
    own = rule_set_of(opened(desk)) if in_project else in_force(today())
    if name is None or name == own.id or any(clause.id == name for clause in own.clauses):
        return own
    return rule_set_named(name, desk.project if in_project else None)


def _tell(rules: RuleSet, lang: Lang) -> None:
    days = {"since": day_text(rules.in_force_from, lang), "checked": day_text(rules.checked_on, lang)}
    show.page([_HEAD.to(lang, title=rules.title.to(lang), id=rules.id, sha=rules.sha256[:12], **days)])
    show.rows(("", ""), [row for clause in rules.clauses for row in _lines(clause, lang)])


def _lines(clause: Clause, lang: Lang) -> list[tuple[str, str]]:
    """Return what is read of a clause in a list: what it says, its thresholds, where it stands and how sure that is."""
    by = _BY_PERSON if clause.asks == _PERSON else _BY_LAYERS
    where = f"{clause.citation.to(lang)} ({STATES[clause.confidence].to(lang)}; {by.to(lang)})"
    lines = (clause.title.to(lang), "; ".join(_threshold_lines(clause, lang)), where)
    return [(clause.id if place == 0 else "", line) for place, line in enumerate(lines) if line]


def _tell_clause(clause: Clause, lang: Lang) -> None:
    instrument = clause.instrument
    told = (
        (_ID, clause.id),
        (_SAYS, clause.title.to(lang)),
        (_CITATION, clause.citation.to(lang)),
        (_SINCE, _NOT_FOUND.to(lang) if instrument.in_force_from is None else day_text(instrument.in_force_from, lang)),
        (_UNTIL, "–" if instrument.in_force_to is None else day_text(instrument.in_force_to, lang)),
        (_THRESHOLDS, "\n".join(_threshold_lines(clause, lang)) or "–"),
        (_SURE, STATES[clause.confidence].to(lang)),
        (_SOURCE, clause.source),
        (_ASKED, clause.asks),
        (_NEEDS, clause.needs.to(lang) or "–"),
    )
    show.rows(("", ""), [(title.to(lang), text) for title, text in told])


def _threshold_lines(clause: Clause, lang: Lang) -> list[str]:
    return [
        f"{threshold_name(name, lang)} {threshold_text(one.value, one.unit, lang)}"
        for name, one in clause.thresholds.items()
    ]


def _about(rules: RuleSet) -> dict[str, Any]:
    return {
        "id": rules.id,
        "title": rules.title.vi,
        "title_en": rules.title.en,
        "in_force_from": rules.in_force_from,
        "in_force_to": rules.in_force_to,
        "checked_on": rules.checked_on,
        "sha256": rules.sha256,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    instrument = clause.instrument
    return {
        "id": clause.id,
        "title": clause.title.vi,
        "title_en": clause.title.en,
        "instrument": instrument.title.vi,
        "article": clause.article.vi,
        "citation": clause.citation.vi,
        "citation_en": clause.citation.en,
        "in_force_from": instrument.in_force_from,
        "in_force_to": instrument.in_force_to,
        "confidence": clause.confidence,
        "source": clause.source,
        "asks": clause.asks,
        "needs": clause.needs.vi or None,
        "needs_en": clause.needs.en or None,
        "thresholds": [_threshold(name, one) for name, one in clause.thresholds.items()],
    }


def _threshold(name: str, threshold: Threshold) -> dict[str, Any]:
    value = threshold.value if threshold.unit == "date" else float(threshold.number)
    own = {"article": threshold.article.vi, "source": threshold.source, "confidence": threshold.confidence}
    return {"name": name, "value": value, "unit": threshold.unit, **own}


_HEAD = Text(
    vi="{title} ({id}, {sha}); có hiệu lực từ {since}, đối chiếu văn bản ngày {checked}\n",
    en="{title} ({id}, {sha}); in force from {since}, compared with the instruments on {checked}\n",
)
_ID = Text(vi="Mã", en="Id")
_SAYS = Text(vi="Nội dung", en="What it says")
_THRESHOLDS = Text(vi="Ngưỡng", en="Thresholds")
_CITATION = Text(vi="Căn cứ", en="Citation")
_SINCE = Text(vi="Văn bản có hiệu lực từ", en="Instrument in force from")
_UNTIL = Text(vi="đến", en="until")
_SURE = Text(vi="Độ tin cậy", en="Confidence")
_SOURCE = Text(vi="Nguồn", en="Source")
_ASKED = Text(vi="Trả lời bởi", en="Answered by")
_NEEDS = Text(vi="Cần bổ sung", en="To be supplied")
_BY_PERSON = Text(vi="người trả lời", en="for people to answer")
_BY_LAYERS = Text(vi="hỏi trên các lớp", en="asked of the layers")
_NOT_FOUND = Text(vi="chưa tìm thấy", en="not found")
