"""The stored texts dressed as HTML, all of it synthetic: no saved page of the portal is known."""

import html
import re
from collections.abc import Callable, Iterable

from benchmarks.dress import lines_of, row_of

Lines = list[str]
"""The lines of a text; a widget is one of them, with its line ends."""


def is_widget(line: str) -> bool:
    return line.startswith("<script")


def escaped(line: str) -> str:
    return html.escape(line, quote=False)


def each(lines: Lines, before: str, after: str, show: Callable[[str], str]) -> Iterable[str]:
    return (f"{before}{show(line)}{after}" for line in lines)


def paragraphs(lines: Lines, show: Callable[[str], str]) -> str:
    return "<div>" + "\n".join(each(lines, "<p>", "</p>", show)) + "</div>"


def unclosed(lines: Lines, show: Callable[[str], str]) -> str:
    return "<body>" + "\n".join(each(lines, "<p>", "", show))


def divs(lines: Lines, show: Callable[[str], str]) -> str:
    return "<section><div>" + "".join(each(lines, "<div>", "</div>", show)) + "</div></section>"


def items(lines: Lines, show: Callable[[str], str]) -> str:
    return "<article><ul>" + "\n".join(each(lines, "<li>", "</li>", show)) + "</ul></article>"


def breaks(lines: Lines, show: Callable[[str], str]) -> str:
    return "<div>" + "<br>\n".join(map(show, lines)) + "</div>"


def table(lines: Lines, show: Callable[[str], str]) -> str:
    """Rows as those of tables, by turns with the cell without text first and last."""
    blocks: list[str] = []
    for number, line in enumerate(lines):
        row = row_of(line)
        if row is None:
            blocks.append(f"<p>{show(line)}</p>")
            continue
        first = f"<b>{show(row.label)}</b> <small>{show(row.description)}</small>"
        empty = ["<td> </td>", ""][:: 1 if number % 2 else -1]
        cells = f"<td>{first}</td>\n<td><div>{show(row.printed)}</div></td>"
        blocks.append(f"<table><tbody><tr>{empty[0]}{cells}{empty[1]}</tr></tbody></table>")
    return "<main>" + "\n".join(blocks).replace("</tbody></table>\n<table><tbody>", "") + "</main>"


def preformatted(lines: Lines, show: Callable[[str], str]) -> str:
    return "<pre>" + "\n".join(map(show, lines)) + "</pre>"


def words(lines: Lines, show: Callable[[str], str]) -> str:
    """Every word an element of its own, lines wrapped and indented as editors do."""

    def spread(line: str) -> str:
        return show(line) if is_widget(line) else wrap(line)

    def wrap(line: str) -> str:
        shown = (f"<span>{show(word)}</span>" for word in line.strip().split(" "))
        return "\n        ".join(shown)

    return (
        "<main>\n" + "\n".join(each(lines, "    <p>\n      ", "\n    </p>", spread)) + "\n</main>"
    )


def minified(lines: Lines, show: Callable[[str], str]) -> str:
    return "<!doctype html><body>" + "".join(each(lines, "<p>", "", show))


def saved(lines: Lines, show: Callable[[str], str]) -> str:
    """A whole saved page: a head, menus, icons and hidden copies around the record."""
    body = "\n".join(each(lines, "<div class=uk-card>", "</div>", show))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A record | OpenAIRE | Explore</title>
<style>p {{ color: red }}</style><script>var it = 'don\\'t'; /* it's */</script></head>
<body><app-root><header><a href="/">EXPLORE</a></header><nav><ul><li>Search</li></ul></nav>
<main><svg><metadata>image/svg+xml</metadata><title>Open access</title></svg>
{body}
<div hidden>pmid: 1</div><p style="display: none">hidden</p><button>Share</button>
<template><p>later</p></template></main>
<footer><p>Powered by somebody</p></footer></app-root>
<script type="application/json" id="state">{{"script": "oa_widget"}}</script></body></html>
"""


DRESSES = (
    paragraphs, unclosed, divs, items, breaks, table, preformatted, words, minified, saved,
)  # fmt: skip


def show_live(line: str) -> str:
    return line if is_widget(line) else escaped(line)


def show_entities(line: str) -> str:
    if is_widget(line):
        return escaped(line)
    return re.sub(r"[^\w\s.,]|[^\x00-\x7f]", lambda found: f"&#x{ord(found.group()):x};", line)


SHOWS = {"visible": escaped, "live": show_live, "entities": show_entities}
"""How a text is shown: its widget as text to be copied or as an element, all else escaped."""


def dressed(text: str, dress: Callable[[Lines, Callable[[str], str]], str], show: str) -> str:
    return dress(lines_of(text), SHOWS[show])
