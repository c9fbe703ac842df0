"""Pictures of what litrecord writes: `python -m browser.screenshots` draws those of docs/.

With a folder, it draws them there, and every kind of value in every kind of notebook.
"""

from __future__ import annotations

import html
import pathlib
import sys

import litrecord
from browser import corpora
from browser.chrome import Browser
from browser.notebooks import VALUES, notebooks
from browser.pages import COMPLETE, CUT_TEXT, ROOT, page_around

_FOLDER = ROOT / "docs" / "_static"
_BESIDE = """
main { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: start; }
pre { margin: 0; padding: 1rem; font: 0.7rem/1.5 monospace; border: 1px solid #b9c0ca; }
"""


def main(arguments: list[str]) -> None:
    """Write the pictures into docs/_static, or into the folder that is named."""
    folder = pathlib.Path(*arguments) if arguments else _FOLDER
    folder.mkdir(exist_ok=True)
    record = litrecord.to_html(COMPLETE, full=True)
    table = litrecord.to_html(COMPLETE.indicators, full=True)
    document = page_around(litrecord.parse_document(CUT_TEXT)._repr_html_(), "")
    notebook = notebooks({"record": COMPLETE})["JupyterLab dark"]
    beside = page_beside_record(ROOT / "examples" / "hemifacial-spasm.txt")
    pictures = [
        ("page-and-record", beside, 1280, False),
        ("record-light", record, 800, False),
        ("record-dark", record, 800, True),
        ("record-narrow", record, 360, False),
        ("table", table, 720, False),
        ("document-light", document, 900, False),
        ("document-dark", document, 900, True),
        ("notebook-dark", notebook, 900, True),
        ("report", corpora.made_report(), 1000, False),
    ]
    if arguments:
        shown = notebooks(VALUES).items()
        pictures += [(kind, page, 900, "dark" in kind) for kind, page in shown]
    with Browser() as browser:
        for name, page, width, is_dark in pictures:
            browser.show(page, width=width, dark=is_dark)
            most = 1240 if name == "report" else 10_000
            browser.photograph(folder / f"{name}.png", most)


def page_beside_record(path: pathlib.Path) -> str:
    """Return a page with the text of a landing page at the left and its record at the right."""
    text = html.escape(path.read_text(encoding="utf-8"))
    record = litrecord.to_html(litrecord.parse_record(path), style=True)
    return page_around(record, f"<pre>{text}</pre>", _BESIDE)


if __name__ == "__main__":
    main(sys.argv[1:])
