"""``python -m maps.publishing PROJECT LANG NAME…``: the files of scenarios, for who publishes beside; tells as JSON."""

import json
import sys

from gis.language import LANGUAGES
from layers.workspace import Workspace
from maps.scenario_files import ScenarioFiles

if __name__ == "__main__":
    project, wanted, *names = sys.argv[1:]
    language = next(lang for lang in LANGUAGES if lang == wanted)
    files = ScenarioFiles(Workspace.open(project), language, (), {})
    done = {name: files.brought_up_to_date(name) for name in names}
    print(json.dumps({name: {"analysed": one.analysed, "files": dict(one.files)} for name, one in done.items()}))  # noqa: T201 -- its answer
