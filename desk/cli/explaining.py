"""The command that tells where a number comes from."""

from typing import Annotated, Any

import typer
from rich.text import Text as Line
from rich.tree import Tree

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from desk.cli.usage import Misused
from gis.language import Lang, Text
from layers.workspace import Workspace
from maps.formatter import STATES, fact_text, threshold_text
from maps.labels import how_text, key_title, missing_title
from maps.law_words import threshold_name
from maps.numerals import day_text, number_text
from planning import scenario as scenarios
from planning.current import up_to_date_record
from planning.law.rule_set import Clause
from planning.record import Fact, Record
from planning.story import MOST, Origin, Story, clauses, origins, why

app = typer.Typer(rich_markup_mode=None)


@app.command("why")
def tell_why(
    ctx: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            help=both("Khóa của số liệu, như area_m2.added", "Key of the fact, such as area_m2.added"), metavar="KEY"
        ),
    ],
    scenario: Annotated[
        str | None, typer.Option(help=both("Phương án (khi dự án có nhiều)", "Scenario (where there are several)"))
    ] = None,
    most: Annotated[
        int, typer.Option(help=both("Kể bao nhiêu phần của mỗi số", "How many parts of each number are told"), min=1)
    ] = MOST,
) -> None:
    """Tell what a number is made of, down to parcels and edits, with the layers and rules that it hangs on."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    record = up_to_date_record(workspace, _chosen(workspace, scenario))
    story = why(record, key, most)
    if desk.as_json:
        show.as_json(_plain(workspace, record, story))
    else:
        _tell(workspace, record, story, desk.lang)


def _chosen(workspace: Workspace, scenario: str | None) -> str:
    known = scenarios.names(workspace)
    if scenario is None and len(known) != 1:
        raise Misused(_WHICH, names=", ".join(known) or "–")
    return known[0] if scenario is None else scenario


def _plain(workspace: Workspace, record: Record, story: Story) -> dict[str, Any]:
    return {
        "scenario": record.scenario,
        "record": record.id,
        **_plain_story(story),
        "layers": [_plain_origin(one) for one in origins(workspace, record, story)],
        "rules": [
            {"id": one.id, "citation": one.citation.vi, "confidence": one.confidence, "source": one.source}
            for one in clauses(workspace, record, story)
        ],
    }


def _plain_story(story: Story) -> dict[str, Any]:
    fact = story.fact
    return {
        "key": fact.key,
        "value": fact.value,
        "unit": fact.unit,
        "how": fact.how,
        "kind": story.kind,
        "parts": [_plain_story(part) for part in story.parts],
        "count": story.count,
        "rest_m2": story.rest_m2,
    }


def _plain_origin(one: Origin) -> dict[str, Any]:
    return {
        "layer": one.input.layer,
        "rows": one.input.rows,
        "sha256": one.input.sha256,
        "version": None if one.version is None else one.version.number,
        "sources": [{"file": each.file, "sha256": each.sha256, "accuracy_m": each.accuracy_m} for each in one.sources],
    }


def _tell(workspace: Workspace, record: Record, story: Story, lang: Lang) -> None:
    if record.notice:
        typer.echo(f"*** {record.notice} ***\n")
    show.tree(_branch(story, lang))
    for clause in clauses(workspace, record, story):
        show.page(["", _clause(clause, lang)])
    show.page(["", _HANGS_ON.to(lang)])
    for origin in origins(workspace, record, story):
        show.page([f"  {_origin(origin, lang)}"])
    show.page(["", _RECORD.to(lang, id=record.id[:12], scenario=record.scenario)])


def _branch(story: Story, lang: Lang) -> Tree:
    """Return a fact with its parts below it; of a cell the key leads on to its own story."""
    fact = story.fact
    head = f"{key_title(fact.key, lang)} = {fact_text(fact, lang)}"
    tree = Tree(Line(f"{head}\n{fact.key}: {how_text(fact, lang)}"), guide_style="dim")
    for part in story.parts:
        tree.children.append(_branch(part, lang))
    left = story.count - len(story.parts)
    if left > 0:
        tree.add(Line(_left(story, left, lang)))
    return tree


def _left(story: Story, left: int, lang: Lang) -> str:
    count = number_text(left, "#,##0", lang)
    if not story.parts:
        return _DEEPER.to(lang, count=count, key=story.fact.key)
    if story.rest_m2 is None:
        return _OTHERS.to(lang, count=count)
    rest = fact_text(Fact(story.parts[0].fact.key, story.rest_m2, "m2", ""), lang)
    return _OTHERS_SUM.to(lang, count=count, rest=rest)


def _clause(clause: Clause, lang: Lang) -> str:
    limits = "; ".join(
        f"{threshold_name(name, lang)} {threshold_text(one.value, one.unit, lang)}"
        for name, one in clause.thresholds.items()
    )
    lines = [f"{clause.id}: {clause.title.to(lang)}", clause.citation.to(lang), limits]
    lines.append(f"{STATES[clause.confidence].to(lang)}; {clause.source}")
    return "\n  ".join(line for line in lines if line)


def _origin(one: Origin, lang: Lang) -> str:
    name = one.input.layer
    if name.startswith("scenario/"):
        return _EDITS.to(
            lang, scenario=name.removeprefix("scenario/"), count=number_text(one.input.rows, "#,##0", lang)
        )
    told = {
        "layer": missing_title(name, lang),
        "rows": number_text(one.input.rows, "#,##0", lang),
        "sha": one.input.sha256[:12],
    }
    text = _LAYER.to(lang, **told)
    if one.version is not None:
        day = day_text(one.version.recorded[:10], lang)
        text += _VERSION.to(lang, number=str(one.version.number), day=day)
    files = ", ".join(dict.fromkeys(each.file for each in one.sources if each.file))
    return text + (f"; {files}" if files else "")


_WHICH = Text(
    vi="dự án có các phương án {names}; hãy thêm --scenario TÊN",
    en="the project has the scenarios {names}; add --scenario NAME",
)
_HANGS_ON = Text(vi="Tính từ các lớp:", en="Computed from the layers:")
_LAYER = Text(vi="{layer}: {rows} dòng, {sha}", en="{layer}: {rows:row|rows}, {sha}")
_VERSION = Text(vi="; phiên bản {number} ngày {day}", en="; version {number} of {day}")
_EDITS = Text(
    vi="Phương án {scenario}: {count} thay đổi (mocgioi scenario show {scenario})",
    en="Scenario {scenario}: {count:edit|edits} (mocgioi scenario show {scenario})",
)
_OTHERS = Text(vi="… và {count} phần khác (--most để kể thêm)", en="… and {count} other parts (--most tells more)")
_OTHERS_SUM = Text(
    vi="… và {count} phần khác, cộng {rest} (--most để kể thêm)",
    en="… and {count} other parts, together {rest} (--most tells more)",
)
_DEEPER = Text(vi="… gồm {count} phần: mocgioi why “{key}”", en="… of {count:part|parts}: mocgioi why “{key}”")
_RECORD = Text(
    vi="Hồ sơ kết quả {id} của phương án {scenario}; tính lại: mocgioi replay {scenario}",
    en="Record {id} of {scenario}; compute it again: mocgioi replay {scenario}",
)
