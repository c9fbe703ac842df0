"""Encoding detection: what bytes are read as, what declares it, and what is said of damage."""

import codecs
import encodings
import gzip
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord._reading.declaration import declared_codec
from litrecord._reading.iso2022jp import decode_iso_2022_jp
from litrecord._reading.labels import charset_of, codec_of
from litrecord._reading.wrapped.page_bytes import ResponseBody

RUSSIAN = "Старые карты ошибаются."


def read(data: bytes) -> tuple[str | None, list[str]]:
    """Return the abstract of a page, and the messages on its encoding."""
    document = litrecord.parse_document(data)
    said = [found for found in document.diagnostics if found.code == "guessed-encoding"]
    return document.record.abstract, [found.message for found in said]


# --- Damaged UTF-8.


@pytest.mark.parametrize("head", ["", "<meta charset=utf-8>", "<meta charset=iso-8859-1>"])
def test_damaged_utf_8_stays_utf_8_with_a_count(head: str) -> None:
    damaged = f"{head}<p>Où sont “les cartes” ?</p><p>".encode() + b"\x96 \xa0</p>"
    abstract, (message,) = read(damaged)
    assert abstract == "Où sont “les cartes” ?\n\ufffd \ufffd"
    why = ", as the page declares" if "utf-8" in head else ""
    assert message == (
        f"these bytes were read as UTF-8{why}; 2 sequences of bytes are not valid and became "
        f"U+FFFD, the first at byte {len(damaged) - 7} (0x96)"
    )


def test_damage_in_a_text_and_a_lone_lead_byte_are_counted() -> None:
    text = "Früher, später, „Küste“: naïve \ufffd "
    abstract, (message,) = read(text.encode() + b"\xe2\x80 und \xc3.\n")
    assert abstract == f"{text}\ufffd und \ufffd."
    assert "; 2 sequences" in message


@pytest.mark.parametrize("head", ["", "<meta charset=utf-8>"])
def test_one_stray_byte_beside_one_valid_sequence_is_damage(head: str) -> None:
    assert read(f"{head}<p>Café ".encode() + b"\xa9</p>")[0] == "Café \ufffd"


def test_bytes_of_which_few_sequences_are_utf_8_are_no_utf_8() -> None:
    assert read("Café déjà Ã©".encode("cp1252"))[0] == "Café déjà Ã©"
    assert read(b"<meta charset=utf-8><p>caf\xe9 d\xe9j\xe0</p>")[0] == "café déjà"
    data = RUSSIAN.encode("cp1251")
    assert read(b"<meta charset=windows-1251><p>" + data)[0] == RUSSIAN


def test_damage_of_a_declared_encoding_is_counted() -> None:
    text = "古い地図は誤る"
    page = b"<meta charset=shift_jis><p>" + text.encode("cp932") + b"</p><p>\x81</p>"
    abstract, (message,) = read(page)
    assert abstract is not None
    assert abstract.startswith(text)
    assert "cp932, as the page declares; 1 sequence of bytes is not valid" in message
    greek = "Παλιοί χάρτες"
    page = b"<meta charset=iso-8859-7><p>" + greek.encode("iso-8859-7") + b" \xff</p>"
    abstract, (message,) = read(page)
    assert abstract == f"{greek} \ufffd"
    assert "; 1 sequence of bytes is not valid and became U+FFFD, the first at byte" in message


def test_a_declared_encoding_of_several_bytes_that_fits_comes_before_damaged_utf_8() -> None:
    korean = "가나다 쨔짜짱 옛"
    page = b"<meta charset=euc-kr><p>" + korean.encode("cp949")
    assert read(page)[0] == korean


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (codecs.BOM_UTF8 + b"a\xff\n", "utf-8-sig; 1 sequence"),
        (codecs.BOM_UTF16_LE + "ab\n".encode("utf-16-le") + b"a", "utf-16; 1 sequence"),
        ("<p>abcdef</p>".encode("utf-16-be") + b"\0", "utf-16-be; 1 sequence"),
    ],
)
def test_damage_behind_a_mark_and_of_utf_16_is_counted(data: bytes, shown: str) -> None:
    ((message,)) = read(data)[1]
    assert shown in message


def test_binary_data_with_a_header_and_damaged_utf_8_with_nul_are_refused() -> None:
    for data in (ResponseBody(b"\x89\0PNG\r\n\0\0", "windows-1251"), b"\0\xff" + "é".encode() * 9):
        with pytest.raises(litrecord.SourceError, match="found binary data"):
            litrecord.parse_record(data)
    declared = b"<meta charset=utf-8><p>" + b"\xe9 \0</p>"
    with pytest.raises(litrecord.SourceError, match="found binary data"):
        litrecord.parse_record(declared)
    assert read(b"<meta charset=koi8-r><p>\0" + RUSSIAN.encode("koi8-r"))[0] is not None


# --- ISO-2022-JP.

JAPANESE = "日本の古い地図"


@pytest.mark.parametrize(
    "head", ["<meta charset=iso-2022-jp>", "<meta charset=csISO2022JP>", "<body>", ""]
)
def test_iso_2022_jp_is_read_declared_or_not(head: str) -> None:
    abstract, messages = read(head.encode() + JAPANESE.encode("iso2022_jp") + b"\n")
    assert abstract == JAPANESE
    why = ", as the page declares" if "meta" in head else ""
    assert messages == [f"these bytes were read as iso2022_jp{why}"]


def test_iso_2022_jp_counts_only_where_its_escapes_are_and_nothing_else_is_declared() -> None:
    escapes = JAPANESE.encode("iso2022_jp")
    assert read(b"<meta charset=utf-8><p>" + escapes)[1] == []
    assert read(b"a \x1b[1m b\n")[1] == []
    assert read(b"\x1b$B!\x1b(B undeclared and damaged\n")[1] == []
    assert read("<meta charset=iso-2022-jp><p>Café".encode()) == ("Café", [])
    assert read(b"<meta charset=iso-2022-jp><p>Old maps.") == ("Old maps.", [])


def test_damaged_iso_2022_jp_is_counted() -> None:
    head = b"<meta charset=iso-2022-jp><p>"
    escapes = JAPANESE.encode("iso2022_jp")
    for stray, many in ((b"\x1b$B!\x1b(B", "1 sequence"), (b"\xe9\xe8", "2 sequences")):
        abstract, (message,) = read(head + escapes + stray)
        assert abstract is not None
        assert abstract.startswith(JAPANESE)
        assert f"declares; {many} of bytes" in message
        assert message.endswith("became U+FFFD")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$B-!\x1b(B", "①"),
        (b"\x1b$B!A\x1b(J\\~a\x1b(B\\~", "～¥‾a\\~"),
        (b"\x1b$@0!\n\x1b(I1 2\x1b(B", "亜\nｱ ｲ"),
        (b"\x1b$B!\xff!\x1b(Ia\x1b(B\x0e\x1b", "\ufffd" * 5 + "\ufffd"),
        (b"\x1b$B~~\x1b(B", "\ufffd"),
        (b"a\x80", "a\ufffd"),
    ],
)
def test_iso_2022_jp_is_decoded_as_the_encoding_standard_says(data: bytes, text: str) -> None:
    assert decode_iso_2022_jp(data) == text


# Windows reads the last six signs as others.
WRITTEN = st.characters(codec="cp932", exclude_categories=["Cc"], exclude_characters="¢£¬‖−〜")


@given(st.text(WRITTEN))
def test_what_python_writes_in_iso_2022_jp_is_read(text: str) -> None:
    written = text.encode("iso2022_jp", "ignore")
    assert decode_iso_2022_jp(written) == written.decode("iso2022_jp")


# --- What declares.


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        ("<meta charset=koi8-r>", "koi8-r"),
        (f"<p>{'a' * 5000}</p><META\nname=a CharSet = 'KOI8-R' />", "koi8-r"),
        ("<meta charset=koi8-r charset=big5>", "koi8-r"),
        ("<meta charset=nonsense><meta charset=utf-7><meta charset=koi8-r>", "koi8-r"),
        ("<meta http-equiv=content-type content='text/html; charset=koi8-r; a=b'>", "koi8-r"),
        ("<meta content='charset charset = \"koi8-r\"' http-equiv=Content-Type>", "koi8-r"),
        ("<meta http-equiv=content-type content=\"a;charset='koi8-r'\">", "koi8-r"),
        ("<meta http-equiv=content-type content=text/html><meta charset=koi8-r>", "koi8-r"),
        ("<meta name=description content='charset=big5'><meta charset=koi8-r>", "koi8-r"),
        ("<meta charset=utf-16><p>", "utf-8"),
        ("<meta charset=x-user-defined>", "cp1252"),
        ("<meta charset=iso-2022-kr>", ""),
        ("<meta charset=ко>", ""),
        ("<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"),
        ("<!-- > <meta charset=big5> --!><meta charset=koi8-r>", "koi8-r"),
        ("<!--><meta charset=koi8-r>-->", "koi8-r"),
        ("<!---><meta charset=koi8-r>-->", "koi8-r"),
        ("<!-- <meta charset=koi8-r>", ""),
        ("<!doctype html><?a b?></ ><meta/charset=koi8-r>", "koi8-r"),
        ("<!a <meta charset=koi8-r", ""),
        ("<p title='<meta charset=big5>' don't =x a=b>c</p d><meta charset=koi8-r>", "koi8-r"),
        ("<p title='><meta charset=koi8-r>", ""),
        ("<p a<meta charset=koi8-r>", ""),
        ("<script>'<meta charset=big5>'</script ><meta charset=koi8-r>", "koi8-r"),
        ("<title><meta charset=big5></titles></title><meta charset=koi8-r>", "koi8-r"),
        ("<style><meta charset=koi8-r>", ""),
        ("<script", ""),
        ("<metadata charset=big5><meta charset>a < b<3", ""),
        ("<meta charset=koi8-r", ""),
        (" <?xml version='1.0' encoding='koi8-r'?><p>", "koi8-r"),
        ("<?xml version='1.0' encoding='big5'?><meta charset=koi8-r>", "koi8-r"),
        ("<?xml version='1.0' encoding='utf-16'?>", "utf-8"),
        ("a <?xml version='1.0' encoding='koi8-r'?>", ""),
    ],
)
def test_what_a_page_declares_is_found_as_browsers_find_it(page: str, codec: str) -> None:
    assert declared_codec(page.encode()) == codec


def test_a_late_meta_is_used() -> None:
    page = f"<title>a</title><p>{'Old maps. ' * 400}</p><meta charset=windows-1251><p>{RUSSIAN}"
    abstract = read(page.encode("cp1251"))[0]
    assert abstract is not None
    assert abstract.endswith(RUSSIAN)


HOSTILE = [
    "<meta ", "<meta>", "<!--", "<!-->", "<meta charset='", "<script>", "<title></title>",
    "<p a=\"b'", "<meta charset=a>", "</", "<!", "<a b ", "charset", "<?xml ", "= ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_search_for_a_declaration_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        data = piece.encode() * (size // len(piece))
        start = time.process_time()
        declared_codec(data)
        return time.process_time() - start

    assert min(seconds(400_000) for _ in range(2)) < 0.05 + 20 * min(
        seconds(100_000) for _ in range(3)
    )


@given(st.text(st.sampled_from("<>!-?/ma='\"\n x"), max_size=40))
def test_any_markup_before_a_declaration_costs_no_error(text: str) -> None:
    assert declared_codec(b"<meta " + text.encode()) == ""


@pytest.mark.parametrize("label", ["", "a" * 41, "l\u0131", "utf-7", "replacement", "\udc80"])
def test_what_is_no_label_has_no_codec(label: str) -> None:
    assert codec_of(label) == ""


def test_words_of_a_page_are_no_entries_of_pythons_table_of_codecs() -> None:
    cache: dict[str, object] = vars(encodings)["_cache"]
    read(b"<meta charset=koi8-r>\xe9")
    before = len(cache)
    for number in range(50):
        read(b"<meta charset=zz-%d>\xe9" % number)
        read(ResponseBody(b"\xe9", f"zz-{number}"))
    assert len(cache) == before


# --- The HTTP header.


def test_the_header_comes_before_the_page() -> None:
    for head in ("", "<meta charset=koi8-r>", "<meta charset=utf-8>"):
        data = head.encode() + b"<p>" + RUSSIAN.encode("cp1251") + b"</p>"
        assert read(ResponseBody(data, "windows-1251")) == (
            RUSSIAN,
            ["these bytes were read as windows-1251, as the HTTP header declares"],
        )
    data = b"<meta charset=koi8-r><p>" + RUSSIAN.encode("koi8-r")
    assert read(ResponseBody(data, "KOI8"))[1] == [
        "these bytes were read as koi8-r, as the HTTP header and the page declare"
    ]


def test_a_header_that_says_nothing_or_what_is_not_so_is_passed_over() -> None:
    data = b"<meta charset=koi8-r><p>" + RUSSIAN.encode("koi8-r")
    for charset in ("", "nonsense", "utf-7", "utf-8", "utf-16"):
        assert read(ResponseBody(data, charset))[0] == RUSSIAN
    assert read(ResponseBody(RUSSIAN.encode(), "iso-8859-1")) == (RUSSIAN, [])
    assert read(ResponseBody(codecs.BOM_UTF8 + RUSSIAN.encode(), "big5"))[0] == RUSSIAN


def test_the_header_tells_what_the_bytes_alone_do_not() -> None:
    assert read(ResponseBody(f"{RUSSIAN}\n".encode("utf-16-le"), "UTF-16"))[0] == RUSSIAN
    escapes = JAPANESE.encode("iso2022_jp")
    assert read(ResponseBody(escapes, "iso-2022-jp"))[0] == JAPANESE
    compressed = gzip.compress(RUSSIAN.encode("koi8-r"))
    assert read(ResponseBody(compressed, "koi8-r"))[0] == RUSSIAN
    body = pickle.loads(pickle.dumps(ResponseBody(compressed, "koi8-r")))  # noqa: S301
    assert (body, body.charset) == (compressed, "koi8-r")
    assert litrecord.parse_abstract(ResponseBody(b"\xe9", "koi8-r"), encoding="cp1252") == "é"


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/html; charset=windows-1251", "windows-1251"),
        ('text/html;a=b; CHARSET = "koi8-r" ; b', "koi8-r"),
        ("text/plain;charset='big5'", "big5"),
        ("text/html; charset=big5, text/html", "big5"),
        ("text/html; charset=", ""),
        ("text/html; xcharset=a", ""),
        ("charset=a", ""),
        ("", ""),
    ],
)
def test_the_charset_of_a_header_is_found(value: str, charset: str) -> None:
    assert charset_of(value) == charset
