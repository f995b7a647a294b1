"""Our own folium classes: a map and layers whose every text reaches the page as escaped data, never as a template."""

from typing import Any

import folium
from folium.map import Layer
from folium.template import Template

from maps.webmap.drawing import DrawnLayer
from maps.webmap.payload import light, payload


class RecordMap(folium.Map):
    """A folium map without a background from elsewhere and without links to anything outside the page."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div id="{{ this.get_name() }}" class="mg-map"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = MocGioi.map("{{ this.get_name() }}", {{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(tiles=None)
        self.default_js, self.default_css = [], []  # folium's own are links to servers
        self._id = "record"  # one map a page: the same Record gives the same bytes
        self.settings = payload(settings)


class RecordLayer(Layer):
    """One layer of a Record, drawn by the page's own script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = MocGioi.layer({{ this._parent.get_name() }}, {{ this.content }});
        {% endmacro %}
        """
    )

    def __init__(self, drawn: DrawnLayer, position: int) -> None:
        name = f"layer_{position}"
        super().__init__(name=name, overlay=True, show=drawn.style.visible)
        self._name, self._id = "Layer", str(position)
        self.content = light(drawn.content)


class RecordPanel(folium.MacroElement):
    """Switcher, legend and the side panel with the facts; comes after the layers."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        MocGioi.open({{ this._parent.get_name() }}, {{ this.content }}, {{ this.beside }});
        {% endmacro %}
        """
    )

    def __init__(self, content: dict[str, Any], beside: dict[str, Any] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own class has no types
        self._name, self._id = "Panel", "record"
        self.content, self.beside = payload(content), light(beside)
