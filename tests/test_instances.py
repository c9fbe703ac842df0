"""What a whole page lists as its sources are instances; what is not sure of them is reported."""

import pathlib
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Instance, Record, SectionKind
from litrecord._values.source_lines import TYPES
from support.dresses import DRESSES, dressed
from support.strategies import DATA, usual_instances

HEAD = "Powered by OpenAIRE graph\nFound an issue? Give us feedback\n"
LOGO = "image/svg+xml art designer at PLoS http://www.plos.org/\n"
REST = "addClaim\n\nOld maps err\n\nAuthors: Doe, Jo;\n\nOld maps err\n\nAbstract\n\nThey do.\n"
ZENODO = "ZENODO\nArticle . 2021 . Peer-reviewed\nLicense: CC BY\nData sources: Datacite\n"
OF_ZENODO = Instance(
    hosted_by="ZENODO", type="Article", year=2021, refereed="Peer-reviewed", license="CC BY",
    collected_from=["Datacite"],
)  # fmt: skip
SOURCES = sorted((DATA / "pages").glob("*.txt"))
SOURCES = [path for path in SOURCES if b"\nData sources: " in path.read_bytes()]


def read(sources: str) -> tuple[tuple[Instance, ...], list[tuple[str, str]]]:
    """Return the instances of a page with these sources, and the lines that are uncertain."""
    document = litrecord.parse_document(HEAD + sources + REST)
    assert document.record.title == "Old maps err"
    uncertain = [found for found in document.diagnostics if found.code == "uncertain-instance"]
    lines = [found.span.of(document.text).split("\n")[0] for found in uncertain]
    return document.record.instances, list(zip(lines, [f.message for f in uncertain], strict=True))


@pytest.mark.parametrize(
    ("lines", "instance"),
    [
        (ZENODO, OF_ZENODO),
        ("ZENODO\nReport . 2019\n", Instance(hosted_by="ZENODO", type="Report", year=2019)),
        ("A\nArticle . Preprint . 1999\nLicense: Elsevier TDM\n",
         Instance(hosted_by="A", type="Article . Preprint", year=1999, license="Elsevier TDM")),
        ("A\nArticle . Peer-reviewed\n",
         Instance(hosted_by="A", type="Article", refereed="Peer-reviewed")),
        ("A\n2020 . Non peer-reviewed\nData sources: B; C d ;\n",
         Instance(hosted_by="A", year=2020, refereed="Non peer-reviewed",
                  collected_from=["B", "C d"])),
        ("A\nOther ORP type\nLicense: CC0\n",
         Instance(hosted_by="A", type="Other ORP type", license="CC0")),
        ("A\n2020\nData sources: B\n", Instance(hosted_by="A", year=2020, collected_from=["B"])),
        ("A\nData sources: B\n", Instance(hosted_by="A", collected_from=["B"])),
        # A journal may be called as a type is.
        ("Research\nArticle . 2020\n", Instance(hosted_by="Research", type="Article", year=2020)),
        ("  ZENODO \n\n Report . 2019\n\nData sources:  B\n",
         Instance(hosted_by="ZENODO", type="Report", year=2019, collected_from=["B"])),
        ("Old\xa0maps\nReport\xa0. 2019\n",
         Instance(hosted_by="Old\xa0maps", type="Report", year=2019)),
    ],
)  # fmt: skip
def test_an_instance_is_read(lines: str, instance: Instance) -> None:
    assert read(lines) == ((instance,), [])
    assert read(lines.replace("\n", "\r\n")) == ((instance,), [])
    assert read(LOGO + "ZENODOarrow_drop_down\n" + ZENODO + lines + ZENODO + LOGO) == (
        (OF_ZENODO, instance, OF_ZENODO),
        [],
    )


@pytest.mark.parametrize("found", sorted(TYPES))
def test_a_known_type_is_told_alone(found: str) -> None:
    (instance,), _ = read(f"A\n{found}\nLicense: CC0\n")
    assert instance.type == found


ODD = "this line among the sources is not understood: it and what belongs to it are in no value"
SHORT = "this name is shortened, so it is in no value"
NAMELESS = "expected the name of a source above this line, found none"
ABOVE = "this may be a part of the name below it, or of the instance above it"


@pytest.mark.parametrize(
    ("lines", "instances", "said"),
    [
        ("Current Opin...\nReport . 2019\n", [{"type": "Report", "year": 2019}],
         [("Current Opin...", SHORT)]),
        ("https://doi.o…\nLicense: CC0\n", [{"license": "CC0"}], [("https://doi.o…", SHORT)]),
        ("Current Opin...arrow_drop_down\nReport . 2019\n", [{"type": "Report", "year": 2019}],
         [("Report . 2019", NAMELESS)]),
        ("A\nReport . 2019\nReport . 2018\n",
         [{"hosted_by": "A", "type": "Report", "year": 2019}, {"type": "Report", "year": 2018}],
         [("Report . 2018", NAMELESS)]),
        ("Thesis\nLicense: CC0\n", [{"type": "Thesis", "license": "CC0"}], [("Thesis", NAMELESS)]),
        ("Annals\nof Maps\nReport . 2019\n",
         [{"hosted_by": "of Maps", "type": "Report", "year": 2019}], [("Annals", ABOVE)]),
        # What may be of the instance above is of none.
        ("A\nReport . 2019\nSomething new\nData sources: B\n",
         [{"hosted_by": "A", "type": "Report", "year": 2019}], [("Something new", ODD)]),
        ("A\nData sources: B\nLicense: CC0\n", [{"hosted_by": "A", "collected_from": ["B"]}],
         [("License: CC0", ODD)]),
        ("A\nReport . soon\nLicense: CC0\n", [], [("Report . soon", ODD)]),
        ("A\nReport . 99\nLicense: CC0\nB\nReport . 2019\n",
         [{"hosted_by": "B", "type": "Report", "year": 2019}], [("Report . 99", ODD)]),
        ("A\nReport . 2019\nLicense:\n", [{"hosted_by": "A", "type": "Report", "year": 2019}],
         [("License:", ODD)]),
        ("A\nReport . 2019\nData sources: ;\n",
         [{"hosted_by": "A", "type": "Report", "year": 2019}], [("Data sources: ;", ODD)]),
        # A name, a type or a year alone is no instance, nor is a count of versions.
        ("A\nThesis\nB\n2019\nversions View all 2 versions\n", [], []),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_reported(
    lines: str, instances: list[dict[str, Any]], said: list[tuple[str, str]]
) -> None:
    found, uncertain = read(lines)
    assert found == tuple(Instance(**values) for values in instances)
    assert uncertain == said


@pytest.mark.parametrize(
    "text",
    [
        f"pmid: 7\n{ZENODO}| views | 2 |\n",
        f"{HEAD}addClaim\nOld maps\nAuthors: Doe, Jo\nOld maps\n{ZENODO}Abstract\nThey do.\n",
        f"{HEAD}{REST}{ZENODO}Keywords\nMaps\n",
        f"{HEAD}addClaim\n{ZENODO}Old maps\nAuthors: Doe, Jo\nOld maps\nAbstract\nThey do.\n",
        f"{HEAD}{REST}Keywords\nMaps\n• BIP!\n{ZENODO}",
    ],
)
def test_such_lines_elsewhere_are_no_instance(text: str) -> None:
    document = litrecord.parse_document(text)
    assert document.record.instances == ()
    assert not document.sections_of(SectionKind.INSTANCE)


def test_a_title_is_in_no_instance() -> None:
    text = f"{HEAD}{ZENODO}Report . 2019\nAuthors: Doe, Jo\nReport . 2019\nAbstract\nThey do.\n"
    record = litrecord.parse_record(text)
    assert (record.title, record.instances) == ("Report . 2019", (OF_ZENODO,))


def test_a_page_that_begins_within_an_instance_is_reported() -> None:
    document = litrecord.parse_document("ODO\nReport . 2019\nB\nReport . 2020\n" + REST)
    assert [found.hosted_by for found in document.record.instances] == ["ODO", "B"]
    (said,) = [found for found in document.diagnostics if "instance" in found.message]
    assert (said.code, said.span) == ("maybe-cut", litrecord.Span(0, 17))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_page_cut_anywhere_has_no_instance_that_it_does_not_print(path: pathlib.Path) -> None:
    text = path.read_bytes().decode("utf-8")
    whole = litrecord.parse_record(text).instances
    assert whole
    for at in range(text.index(" . 20"), text.rindex("\nData sources:") + 30):
        document = litrecord.parse_document(text[:at])
        found = document.record.instances
        assert found[:-1] == whole[: len(found[:-1])]
        is_whole = found == whole[: len(found)]
        assert is_whole or "maybe-cut" in {said.code for said in document.diagnostics}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_html_of_a_page_has_its_instances(path: pathlib.Path) -> None:
    text = path.read_bytes().decode("utf-8")
    for dress in DRESSES:
        record = litrecord.parse_record(dressed(text, dress, "live"))
        assert record.instances == litrecord.parse_record(text).instances


def test_html_of_the_portal_in_mhtml_has_them() -> None:
    html = (
        "<main><div>Powered by <b>OpenAIRE</b> graph</div><ul><li><svg><metadata>image/svg+xml"
        "</metadata></svg><a>ZENODO</a><div><span>Article</span> . 2021<span> . Peer-reviewed"
        "</span></div><div>License: <a>CC BY</a></div><div>Data sources: <a>Datacite</a></div></li>"
        "</ul><div>addClaim</div><h1>Old maps err</h1><h2>Abstract</h2><p>License: CC0</p></main>"
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    page = f"{head}Content-Type: text/html\r\n\r\n{html}\r\n--b--\r\n"
    for source in (html, page.encode()):
        record = litrecord.parse_record(source)
        assert (record.instances, record.abstract) == ((OF_ZENODO,), "License: CC0")


@given(st.lists(usual_instances, max_size=4))
def test_the_text_of_a_page_holds_the_usual_instances(instances: list[Instance]) -> None:
    for record in (
        Record(title="Old maps err", authors=["Doe, Jo"], abstract="So.", instances=instances),
        Record(identifiers=[litrecord.Identifier("pmid", "7")], instances=instances),
        Record(abstract="So.", instances=instances),
        Record(instances=instances),
    ):
        assert litrecord.parse_record(litrecord.to_text(record, exact=True)) == record


def test_what_page_text_cannot_hold_is_said() -> None:
    record = Record(instances=[Instance(year=2021)])
    with pytest.raises(litrecord.UnrepresentableError, match="instances: "):
        litrecord.to_text(record, exact=True)


def test_html_shows_the_values_as_a_page_prints_them() -> None:
    html = litrecord.to_html(OF_ZENODO)
    assert litrecord.to_html([OF_ZENODO]) == html
    document = litrecord.parse_document(html)
    assert document.record == Record(instances=[OF_ZENODO])
    assert document.sections_of(SectionKind.INSTANCE)[0].text.rstrip("\n") == ZENODO.rstrip("\n")
    assert "<h2>Instances</h2>" in OF_ZENODO._repr_html_()


def test_a_year_of_our_markup_that_is_none_is_told() -> None:
    html = litrecord.to_html(OF_ZENODO).replace(">2021<", ">soon<")
    document = litrecord.parse_document(html)
    assert document.record.instances == (attrs.evolve(OF_ZENODO, year=None),)
    assert [found.text for found in document.sections_of(SectionKind.UNKNOWN)] == ["soon\n"]


def test_fields_of_our_markup_without_an_instance_around_them_are_one() -> None:
    two = [OF_ZENODO, Instance(hosted_by="B", license="CC0")]
    html = litrecord.to_html(two).replace('data-litrecord="instance"', "")
    assert litrecord.parse_record(html).instances == tuple(two)


def test_the_first_values_are_in_the_row_and_in_the_citation() -> None:
    first = Instance(hosted_by="A", collected_from=["B"])
    record = Record(title="Old maps err", instances=[first, OF_ZENODO, Instance(year=1999)])
    row = litrecord.to_row(record)
    assert (row["year"], row["type"], row["license"]) == (2021, "Article", "CC BY")
    assert str(record) == "Old maps err. 2021."
    assert record.year == 2021


def test_a_record_without_instances_is_stored_as_before() -> None:
    assert "instances" not in litrecord.to_dict(Record(title="Old maps err"))
    assert litrecord.from_dict({"version": 1, "instances": []}) == Record()


def test_a_pickle_without_instances_is_read() -> None:
    record = Record(title="Old maps err", instances=[OF_ZENODO])
    state = record.__getstate__()
    del state["instances"]
    other = Record.__new__(Record)
    other.__setstate__(state)
    assert other == Record(title="Old maps err")
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301
