"""``python -m maps.publishing``: the files of scenarios that it is told; what it has done it tells as JSON."""

import json

from gis.language import LANGUAGES
from layers.beside import words_of_errand
from layers.workspace import Workspace
from maps.scenario_files import FOLDER, ScenarioFiles, manifest_of

if __name__ == "__main__":
    project, wanted, *names = words_of_errand()
    language = next(lang for lang in LANGUAGES if lang == wanted)
    workspace = Workspace.open(project)
    files = ScenarioFiles(workspace, language, (), manifest_of(workspace.path / FOLDER))
    done = {name: files.brought_up_to_date(name) for name in names}
    told = {
        name: {"analysed": one.analysed, "files": dict(one.files), "written": one.written} for name, one in done.items()
    }
    print(json.dumps(told))  # noqa: T201 -- its answer
