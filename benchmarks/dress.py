"""Stored texts dressed as saved pages of the portal: synthetic, as no saved page is known.

Angular with UIkit classes, as the portal is known to be: a line is a block inside blocks, each
element has the attributes that Angular gives it, rows stand in tables with an icon cell, the widget
is shown in a ``<pre>``, and around the record are a head, a header, a menu and a footer.
"""

from __future__ import annotations

import html

from litrecord._scripts.scanner import find_scripts
from litrecord._vocabularies.indicators import USAGE, Row, read_row

_NG = '_ngcontent-ng-c2847561=""'
_ICON = (
    '<svg width="20" height="20" viewBox="0 0 20 20"><circle fill="none" stroke="#000" cx="10" '
    'cy="10" r="9"></circle></svg>'
)
_HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A record | OpenAIRE | \
Explore</title><base href="/"><meta name="viewport" content="width=device-width"><link \
rel="stylesheet" href="styles.css"><style>.uk-margin{margin-bottom:20px}</style></head>"""


def dress(text: str) -> str:
    """Return a text as a saved page that shows it."""
    body = "".join(_block(line) for line in lines_of(text))
    return (
        f'{_HEAD}<body><app-root {_NG} ng-version="17.0.0"><header {_NG} class="uk-navbar">'
        f'<nav {_NG}><ul><li><a href="/search">Search</a></li></ul></nav></header>'
        f'<main {_NG} class="uk-section">{body}</main><footer {_NG}>OpenAIRE</footer></app-root>'
        "</body></html>"
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of a text; a script is one of them, with its line ends."""
    lines: list[str] = []
    at = 0
    for script in find_scripts(text):
        lines += [*text[at : script.start].split("\n"), text[script.start : script.end]]
        at = script.end
    return [line for line in [*lines, *text[at:].split("\n")] if line.strip()]


def row_of(line: str) -> Row | None:
    """Return the row that a line is, if its label is known and a pipe closes its value."""
    row = None if line.startswith("<script") else read_row(line.strip())
    return row if row and row.is_closed and row.is_known and row.has_closing_pipe else None


def _block(line: str) -> str:
    shown = html.escape(line, quote=False)
    if line.startswith("<script"):
        return f'<div {_NG} class="uk-card"><pre {_NG}>{shown}</pre></div><!---->'
    row = row_of(line)
    if row is None:
        return (
            f'<div {_NG} class="uk-margin"><div {_NG} class="uk-grid"><span {_NG} class="uk-text">'
            f"{shown}</span></div></div><!---->"
        )
    label, description, printed = map(html.escape, (row.label, row.description, row.printed))
    about = f' <span {_NG} class="uk-text-meta">{description}</span>' if description else ""
    kind = "usage" if row.label in USAGE else "impact"
    return (
        f'<table {_NG} class="{kind}"><tr {_NG}><td {_NG} class="uk-width-expand"><span {_NG}>'
        f'{label}</span>{about}</td><td {_NG} class="uk-text-right"><b {_NG}>{printed}</b></td>'
        f"<td {_NG}>{_ICON}</td></tr></table><!---->"
    )
