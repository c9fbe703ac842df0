"""Every public name and every member is documented, and no example reads the stored pages."""

import ast
import inspect
import itertools
import pathlib
import re

import pytest

import litrecord
from litrecord import arrow, files, ray, report, spark
from litrecord._vocabularies.elements import LEFT_OUT
from support import troubleshooting

ROOT = pathlib.Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference.md"
CLASSES = {name: value for name, value in vars(litrecord).items() if inspect.isclass(value)}


def test_the_reference_has_the_public_names_and_no_other() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    named = re.findall(r"^\.\. auto\w+:: (\w+)(?:\(\))?$", page, re.MULTILINE)
    modules = (litrecord, arrow, files, ray, report, spark)
    assert sorted(named) == sorted(name for module in modules for name in module.__all__)


def test_the_elements_that_are_left_out_are_those_of_the_documentation() -> None:
    page = (REFERENCE.parent / "html.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"These elements are left out:([^.]*)\.", page)
    assert set(re.findall(r"`([a-z-]+)`", listed)) == LEFT_OUT


def test_the_index_links_every_page() -> None:
    """A repository shows no table of contents, so the index has links as well."""
    index = (REFERENCE.parent / "index.md").read_text(encoding="utf-8")
    tables = "\n".join(re.findall(r"^```\{toctree\}$(.*?)^```$", index, re.MULTILINE | re.DOTALL))
    names = re.findall(r"^[\w-]+$", tables, re.MULTILINE)
    assert {f"{name}.md" for name in names} == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_the_page_of_examples_is_of_the_table(tmp_path: pathlib.Path) -> None:
    """Its module has the command that writes the page again."""
    troubleshooting.write(tmp_path / "page.md")
    written = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert written == troubleshooting.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", litrecord.__all__)
def test_every_public_name_is_documented_with_an_example(name: str) -> None:
    found = getattr(litrecord, name)
    assert found.__doc__
    assert ">>>" in found.__doc__ or name == "Position"


def described_fields(found: type) -> set[str]:
    """Return the fields below which a docstring stands."""
    path = pathlib.Path(inspect.getfile(found))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (body,) = (
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == found.__name__
    )
    fields = [field for field, below in itertools.pairwise(body) if isinstance(below, ast.Expr)]
    return {
        ast.unparse(field.target if isinstance(field, ast.AnnAssign) else field.targets[0])
        for field in fields
        if isinstance(field, ast.AnnAssign | ast.Assign)
    }


def is_described(found: type, member: str) -> bool:
    value = inspect.getattr_static(found, member)
    if inspect.isfunction(value) or isinstance(value, property | classmethod):
        return bool(getattr(found, member).__doc__)
    mentioned = re.search(rf"\b{member}\b", found.__doc__ or "")
    return member in described_fields(found) or mentioned is not None


MEMBERS = [
    (name, member)
    for name, found in CLASSES.items()
    for member in {**vars(found), **getattr(found, "__annotations__", {})}
    if not member.startswith("_") and hasattr(found, member)
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "member"), MEMBERS)
def test_every_member_of_a_public_class_is_described(name: str, member: str) -> None:
    assert is_described(CLASSES[name], member)


def test_a_member_without_a_word_is_found() -> None:
    assert not is_described(Bare, "field")
    assert not is_described(Bare, "method")
    assert len(MEMBERS) > 60


EXAMPLES = {
    ".md": re.compile(r"^(```+).*?^\1$|^ {4}[^\n]*$", re.MULTILINE | re.DOTALL),
    ".py": re.compile(r"^ *(?:>>>|\.\.\.) .*$", re.MULTILINE),
    ".ipynb": re.compile(r"^.*$", re.MULTILINE),
}
"""What is an example in a file: blocks of code, lines of docstrings, and all of a notebook."""
WITH_EXAMPLES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "src").rglob("*.py")),
    *sorted((ROOT / "examples").glob("*.ipynb")),
]


def reads_stored_pages(text: str, suffix: str) -> bool:
    examples = (found.group() for found in EXAMPLES[suffix].finditer(text))
    return any(re.search(r"\btests\b\W+data\b", example) for example in examples)


def test_no_example_reads_the_stored_pages() -> None:
    """Examples read examples/, which stays as it is.

    Every bug adds a page to tests/data/pages. An example that reads them prints something else
    from then on, so who mends a bug would have to mend the documentation as well.
    """
    assert [
        path
        for path in WITH_EXAMPLES
        if reads_stored_pages(path.read_text(encoding="utf-8"), path.suffix)
    ] == []


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('```python\n>>> pathlib.Path("tests/data/pages")\n```\n', ".md"),
        ("```console\n$ litrecord examples tests/data/pages | wc -l\n66\n```\n", ".md"),
        ("Run it:\n\n    litrecord tests/data/pages\n", ".md"),
        ('    >>> folder = pathlib.Path("tests", "data")\n', ".py"),
        ('    >>> for page in (\n    ...     root / "tests" / "data"\n', ".py"),
        ('"folder = root / \\"tests/data/pages\\""\n', ".ipynb"),
    ],
)
def test_an_example_that_reads_the_stored_pages_is_found(text: str, suffix: str) -> None:
    assert reads_stored_pages(text, suffix)
    assert not reads_stored_pages(text.replace("data", "pages"), suffix)


def test_prose_may_name_the_stored_pages() -> None:
    assert not reads_stored_pages("```\nlitrecord -\n```\nA page in `tests/data`.\n", ".md")
    assert not reads_stored_pages("# A page in tests/data.\n", ".py")


class Bare:
    """A class."""

    field: int = 0

    def method(self) -> None: ...
