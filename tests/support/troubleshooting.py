"""Write docs/troubleshooting.md: for each diagnostic code an example, and what to do.

The codes are those of `litrecord.diagnostics.CODES`, the examples those of `support.cases`. In the
root of a checkout, this command writes the page again:

    PYTHONPATH=tests .uv/bin/uv run python -c "from support.troubleshooting import write; write()"
"""

import pathlib

import bs4

import litrecord
from litrecord import LitrecordError, Severity
from litrecord.diagnostics import CODES, Code
from support.cases import DIAGNOSED, DIAGNOSED_ADDRESSES

PAGE = pathlib.Path(__file__).parent.parent.parent / "docs" / "troubleshooting.md"
_WIDGET = "<div><script>document.write('<script>oa_widget</script>');</script>Old maps err.</div>"
CALLS = {
    **{code: f"litrecord.parse_document({source!r})" for code, (source, _) in DIAGNOSED.items()},
    **{
        code: f"litrecord.parse_document('Text.\\n', url={url!r})"
        for code, (url, _) in DIAGNOSED_ADDRESSES.items()
    },
    "unknown-scheme": "litrecord.Identifier.parse('12')",
    "malformed-json": "litrecord.from_json('{\"version\": 1')",
    "looks-like-html": "litrecord.parse_document('<div>Old maps err.</div>', markup='text')",
    "mended-widget": f"litrecord.parse_document(bs4.BeautifulSoup({_WIDGET!r}, 'html.parser'))",
}
"""A call that gets each code."""
_TOP = """# Troubleshooting

This page shows for each diagnostic code what causes it, and what to do.
Search it for the code, which is in square brackets: `error[cut-row]`.
[Deal with a broken page](broken.md) shows how to get the diagnostics of a page.

| problem | solution |
|---|---|
| `SourceError`: you passed a path or an address as `str` | pass a `pathlib.Path`, or the page |
| `SourceError`: the file is a PDF, a zip or another type | pass the HTML or the text of the page |
| `DecodeError` | leave out `encoding=`, or name the right one |
| `LimitError` | raise the limit that it names: see [Limits and safety](safety.md) |
| a record without any value | look for `no-landmark` or `no-record` below |
| keywords inside the abstract | look for `maybe-keywords` below |
| a keyword is cut at its comma | [How keywords are split](keywords.md): no vocabulary contains it |
| no DOI | pass the address of the page as `url=`: see [Read saved pages](saved.md) |

A test compares this page with the table of codes. `tests/support/troubleshooting.py` writes it.

```python
>>> import bs4
>>> import litrecord
```
"""


def page() -> str:
    """Return the page."""
    sections = [
        "\n".join([f"## Severity: {severity.value}\n", *map(_section, codes)])
        for severity in Severity
        if (codes := [code for code in CODES.values() if code.severity is severity])
    ]
    return "\n".join([_TOP, *sections])


def write(path: pathlib.Path = PAGE) -> None:
    """Write the page to a file."""
    path.write_text(page(), encoding="utf-8")


def _section(code: Code) -> str:
    meaning = code.meaning[:1].upper() + code.meaning[1:]
    example = "\n".join(_example(code.name, CALLS[code.name]))
    return f"### `{code.name}`\n\n{meaning}.\n\n```python\n{example}\n```\n"


def _example(code: str, call: str) -> list[str]:
    """Return the lines of an example: a call, and the diagnostic or the error that it gives."""
    try:
        document = eval(call, {"bs4": bs4, "litrecord": litrecord})  # noqa: S307
    except LitrecordError as error:
        name = f"litrecord.errors.{type(error).__name__}"
        return [f">>> {call}", "Traceback (most recent call last):", f"{name}: {error}"]
    at = [found.code for found in document.diagnostics].index(code)
    found = f"document.diagnostics[{at}]"
    return [f">>> document = {call}", f">>> print({found})", str(document.diagnostics[at])]
