"""Pictures of what litrecord writes, for the documentation: `python -m browser.screenshots`."""

from __future__ import annotations

import litrecord
from browser import corpora
from browser.chrome import Browser
from browser.pages import COMPLETE, CUT_TEXT, ROOT, page_around

_FOLDER = ROOT / "docs" / "_static"


def main() -> None:
    """Write all pictures into docs/_static."""
    record = litrecord.to_html(COMPLETE, full=True)
    table = litrecord.to_html(COMPLETE.indicators, full=True)
    document = page_around(litrecord.parse_document(CUT_TEXT)._repr_html_(), "")
    pictures = (
        ("record-light", record, 800, False),
        ("record-dark", record, 800, True),
        ("record-narrow", record, 360, False),
        ("table", table, 720, False),
        ("document-light", document, 900, False),
        ("document-dark", document, 900, True),
        ("report", corpora.made_report(), 1000, False),
    )
    with Browser() as browser:
        for name, page, width, is_dark in pictures:
            browser.show(page, width=width, dark=is_dark)
            most = 1240 if name == "report" else 10_000
            browser.photograph(_FOLDER / f"{name}.png", most)


if __name__ == "__main__":
    main()
