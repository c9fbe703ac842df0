"""What litrecord shows in notebooks, inside the style sheets that notebooks have.

nbconvert writes what JupyterLab 4 and the classic Notebook show, with their own style sheets. Those
of VS Code and Colab are told here by the rules of them that reach the elements of litrecord.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat.v4
from nbconvert.exporters import HTMLExporter

import litrecord
from browser.pages import COMPLETE, CUT_TEXT, page_around

_VS_CODE = """
:root {{ color-scheme: {scheme}; }}
body {{ margin: 0; padding: 0 20px; font: 13px/1.4 sans-serif; color: {ink}; background: {paper}; }}
h1, h2, h3 {{ font-weight: normal; }}
#container div {{ width: 100%; }}
table, thead, tr, th, td, tbody {{
  border: none !important; border-color: transparent; border-spacing: 0; border-collapse: collapse;
}}
table, th, tr {{ vertical-align: middle; text-align: right !important; }}
thead {{ font-weight: bold; background-color: rgba(130, 130, 130, 0.16); }}
th, td {{ padding: 4px 8px; }}
tr:nth-child(even) {{ background-color: rgba(130, 130, 130, 0.08); }}
tbody th {{ font-weight: normal; }}
pre {{ word-break: break-all; }}
"""
_COLAB = """
:root {{ color-scheme: {scheme}; }}
body {{ margin: 0; padding: 8px; font: 14px/1.3 sans-serif; color: {ink}; background: {paper}; }}
.output_html table {{ border: none; border-collapse: collapse; font-size: 12px; }}
.output_html tr, .output_html th, .output_html td {{
  text-align: right; vertical-align: middle; padding: 0.5em; line-height: normal;
  white-space: nowrap; max-width: none; border: none;
}}
.output_html tbody tr:nth-child(odd) {{ background: rgba(130, 130, 130, 0.1); }}
.output_html pre {{ white-space: pre; font-size: 14px; }}
.output_html p {{ text-align: justify; }}
"""
_LIGHT = {"scheme": "light", "ink": "#3b3b3b", "paper": "#ffffff"}
_DARK = {"scheme": "dark", "ink": "#cccccc", "paper": "#1f1f1f"}

_PYTHON = {"language_info": {"name": "python", "pygments_lexer": "python"}}

_CUT = litrecord.parse_document(CUT_TEXT)
VALUES: dict[str, Any] = {
    "record": COMPLETE,
    "table": COMPLETE.indicators,
    "identifier": COMPLETE.identifiers[0],
    "widget": COMPLETE.widget,
    "instance": litrecord.Instance(
        hosted_by="ZENODO", type="Article", year=2021, license="CC BY", collected_from=["Datacite"]
    ),
    "document": _CUT,
    "diagnostic": _CUT.diagnostics[0],
    "result": next(litrecord.iter_results([CUT_TEXT])),
    "refused": next(litrecord.iter_results([CUT_TEXT], strict=True)),
}
"""Every kind of value that a notebook shows."""


def _exported(outputs: Mapping[str, str], template: str, theme: str) -> str:
    cells = [
        nbformat.v4.new_code_cell(
            name,
            execution_count=1,
            outputs=[
                nbformat.v4.new_output("execute_result", {"text/html": html}, execution_count=1)
            ],
        )
        for name, html in outputs.items()
    ]
    exporter = HTMLExporter(template_name=template, theme=theme, mathjax_url="", require_js_url="")
    page, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=cells, metadata=_PYTHON))
    return str(page)


def _framed(outputs: Mapping[str, str], style: str, colours: Mapping[str, str]) -> str:
    shown = "\n".join(
        f'<div class="output output_html">\n{html}\n</div>' for html in outputs.values()
    )
    container = f'<div id="container">\n{shown}\n</div>'
    return page_around(container, style=style.format(**colours))


def notebooks(values: Mapping[str, Any]) -> dict[str, str]:
    """Return pages that show values as each kind of notebook does, light and dark."""
    outputs = {name: value._repr_html_() for name, value in values.items()}
    return {
        "JupyterLab light": _exported(outputs, "lab", "light"),
        "JupyterLab dark": _exported(outputs, "lab", "dark"),
        "classic": _exported(outputs, "classic", "light"),
        "VS Code light": _framed(outputs, _VS_CODE, _LIGHT),
        "VS Code dark": _framed(outputs, _VS_CODE, _DARK),
        "Colab light": _framed(outputs, _COLAB, _LIGHT),
        "Colab dark": _framed(outputs, _COLAB, _DARK),
    }
