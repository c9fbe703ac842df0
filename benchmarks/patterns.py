"""How the time of each pattern of litrecord grows on hostile text that is made of the pattern.

The text of a repeat is what a match has before it, then what it repeats, over and over, and then
a character that nothing takes. Of a class of characters each is repeated that the pattern names.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import litrecord
from benchmarks.timing import best_times, exponent
from litrecord._vocabularies import schemes

_PARSER = importlib.import_module("re._parser")
_COMPILER = importlib.import_module("re._compiler")
_LONG = 50
"""A repeat of fewer times is none: it bounds the time itself."""
_OTHERS = " \n\t-a0Zé\u2028"
_NOTHING = "\x01"
_REPEATS = (_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT, _PARSER.POSSESSIVE_REPEAT)
_ONE = (_PARSER.LITERAL, _PARSER.NOT_LITERAL, _PARSER.IN, _PARSER.ANY)
METHODS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "split"})
_CALL = re.compile(rf"(\w+)(?:\[[a-z]+\]|\([\w.]*\))?\.({'|'.join(METHODS)})\(")
_MAKES = re.compile(r"re\.Pattern\[")
_FEWEST, _MOST = 250, 32_000
_SLOW = 0.05
"""Seconds: what grows in proportion to the text takes a hundredth of it."""
_STEEPEST = 1.5
"""The highest exponent: 1 is time in proportion to size, 2 to its square."""

_READ = """Each of the {patterns} patterns of litrecord is run on hostile texts that are made from
it, {texts} in all. A text has three parts: what a match has before a repeat, then up to {most:,}
characters that are repeated, then a character that nothing matches. The exponent of the time must
be below 1.5, if the time can be measured at all."""

Pattern = re.Pattern[Any]


class Use(NamedTuple):
    """A pattern, the names that hold it, and the methods that are called on them."""

    pattern: Pattern
    names: tuple[str, ...]
    methods: set[str]
    """All where none is seen to be called."""


def uses() -> list[Use]:
    """Return every pattern of litrecord: of a module, in a table, or made when first needed."""
    names: dict[Pattern, set[str]] = {}
    called: dict[str, set[str]] = {}
    for found in pkgutil.walk_packages(litrecord.__path__, "litrecord."):
        module = importlib.import_module(found.name)
        for name, method in _CALL.findall(inspect.getsource(module)):
            called.setdefault(name, set()).add(method)
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for held, pattern in _patterns(name, _made(value)):
                    names.setdefault(pattern, set()).add(held)
    return [
        Use(pattern, (*sorted(held),), set().union(*(called.get(name, METHODS) for name in held)))
        for pattern, held in names.items()
    ]


def _made(value: Any) -> object:
    """Return the patterns that a cached function makes; anything else is returned unchanged."""
    if not hasattr(value, "cache_info") or not _MAKES.match(
        value.__annotations__.get("return", "")
    ):
        return value
    if value is schemes.compiled:
        return [value(source) for pair in schemes.HOSTS.items() for source in pair]
    return value()


def _patterns(name: str, value: object) -> Iterator[tuple[str, Pattern]]:
    """Yield the patterns that a value is or holds, each with its name or that of its field."""
    # The tables of rules hold themselves.
    left, seen = [(name, value)], set()
    while left:
        name, value = left.pop()
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, dict | list | tuple | set | frozenset) and id(value) not in seen:
            seen.add(id(value))
            parts = value.values() if isinstance(value, dict) else value
            names = getattr(value, "_fields", itertools.repeat(name))
            left += zip(names, parts, strict=False)


class Hostile(NamedTuple):
    """What is repeated, and what stands before it."""

    before: str
    unit: str

    def text(self, size: int) -> str:
        """Return a text of about so many characters."""
        return self.before + self.unit * (size // len(self.unit)) + _NOTHING


def hostile_texts(pattern: Pattern) -> list[Hostile]:
    """Return the hostile texts of a pattern.

    >>> hostile_texts(re.compile("<[ab]*>"))[:2]
    [Hostile(before='', unit='<a'), Hostile(before='', unit='<b')]
    """
    tree = _PARSER.parse(pattern.pattern, pattern.flags)
    named = sorted({*characters_named(tree), *_OTHERS})
    found = set()
    for before, body in _repeats(tree, "", pattern.flags):
        for way, wanted in itertools.product(_ways(body), named):
            unit = _sample(way, wanted, pattern.flags)
            if unit:
                found |= {Hostile(before, unit), Hostile("", before + unit)}
    return sorted(found)


def characters_named(nodes: Any) -> Iterator[str]:
    """Yield the characters that a pattern names."""
    if isinstance(nodes, tuple) and nodes[0] in (_PARSER.LITERAL, _PARSER.NOT_LITERAL):
        yield chr(nodes[1])
    elif isinstance(nodes, tuple) and nodes[0] is _PARSER.RANGE:
        yield from map(chr, nodes[1])
    elif isinstance(nodes, list | tuple | _PARSER.SubPattern):
        for node in nodes:
            yield from characters_named(node)


def _repeats(nodes: Any, before: str, flags: int) -> Iterator[tuple[str, Any]]:
    """Yield the body of each long repeat, and the shortest text that leads to it."""
    for node in nodes:
        kind, value = node
        if kind in _REPEATS:
            if value[1] >= _LONG:
                yield before, value[2]
            yield from _repeats(value[2], before, flags)
        for part in _parts(kind, value):
            yield from _repeats(part, before, flags)
        before += _sample([node], "", flags)


def _parts(kind: Any, value: Any) -> list[Any]:
    """Return the parts of a group, a choice or an assertion."""
    if kind is _PARSER.BRANCH:
        return list(value[1])
    return [value[-1]] if kind in (_PARSER.SUBPATTERN, _PARSER.ASSERT) else []


def _ways(body: Any) -> list[Any]:
    """Return what a repeat repeats: each of its choices."""
    while len(body) == 1 and body[0][0] is _PARSER.SUBPATTERN:
        body = body[0][1][-1]
    is_choice = len(body) == 1 and body[0][0] is _PARSER.BRANCH
    return list(body[0][1][1]) if is_choice else [body]


def _sample(nodes: Any, wanted: str, flags: int) -> str:
    """Return a short text that nodes match, with the wanted character wherever it can be."""
    text = ""
    for kind, value in nodes:
        if kind in _ONE:
            text += _taken(kind, value, wanted, flags)
        elif kind in _REPEATS:
            text += _sample(value[2], wanted, flags) * value[0]
        elif kind in (_PARSER.BRANCH, _PARSER.SUBPATTERN):
            text += _sample(_parts(kind, value)[0], wanted, flags)
    return text


def _taken(kind: Any, value: Any, wanted: str, flags: int) -> str:
    """Return a character that a class takes."""
    tried = (wanted, *characters_named([(kind, value)]), *_OTHERS)
    takes = one_character(kind, value, flags).fullmatch
    taken: str = next(character for character in tried if takes(character))
    return taken


def one_character(kind: Any, value: Any, flags: int) -> Pattern:
    """Return the pattern of one class of a parsed pattern."""
    state = _PARSER.State()
    state.flags = flags
    pattern: Pattern = _COMPILER.compile(_PARSER.SubPattern(state, [(kind, value)]), flags)
    return pattern


def report() -> str:
    """Return what was tried, and what makes the time of a pattern grow faster than its text."""
    tried = sum(len(hostile_texts(use.pattern)) for use in uses())
    found = "\n".join(f"- {failure}" for failure in failures()) or "No pattern takes longer."
    return f"{_READ.format(patterns=len(uses()), texts=tried, most=_MOST)}\n\n{found}"


def failures() -> list[str]:
    """Return what makes the time of a pattern grow faster than its text, a line for each."""
    found = []
    for use in uses():
        steep = next((text for text in hostile_texts(use.pattern) if _is_steep(use, text)), None)
        if steep is not None:
            found.append(f"not linear: {use.names[0]} on {steep.before + 3 * steep.unit!r}")
    return found


def _is_steep(use: Use, hostile: Hostile) -> bool:
    is_bytes = isinstance(use.pattern.pattern, bytes)
    return any(_grows(run, hostile, is_bytes) for run in _runs(use))


def _runs(use: Use) -> list[Callable[[Any], object]]:
    """Return the calls that litrecord makes of a pattern: those that look for all are one."""
    pattern = use.pattern
    anchored = [pattern.match, pattern.fullmatch]
    found: list[Callable[[Any], object]] = [
        method for method in anchored if method.__name__ in use.methods
    ]
    return found if use.methods <= {"match", "fullmatch"} else [*found, pattern.findall]


def _grows(run: Callable[[Any], object], hostile: Hostile, is_bytes: bool) -> bool:
    """Tell whether the time grows faster than the text, once it takes long at all."""
    size = _FEWEST
    while size <= _MOST:
        tasks = {
            length: partial(run, text.encode("latin-1", "replace") if is_bytes else text)
            for length in (size // 4, size)
            for text in [hostile.text(length)]
        }
        started = time.perf_counter()
        tasks[size]()
        if time.perf_counter() - started > _SLOW:
            best = best_times(tasks, 5, 1)
            return best[size] > _SLOW and exponent(best.keys(), best.values()) > _STEEPEST
        size *= 2
    return False
