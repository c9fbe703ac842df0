"""Which patterns backtrack: in which two repeats can share the same text in many ways.

A pattern is read as the automaton of Glushkov: a position for each of its characters, and what
may follow what. It backtracks if some text leads from a position p back to p, from p to another
position q, and from q back to q (A. Weber and H. Seidl, 1991). n times that text can then be
shared among p and q in n ways or more, and all are tried before the match fails. A repeat after
which nothing must come does not count: behind it, no match fails.

Three things are simpler than they are. Assertions hold always, but for the one of the start. A
repeat of fewer than `LONG` times is made once. What a possessive repeat takes it never gives
back: it is no p.
"""

from __future__ import annotations

import importlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from benchmarks.patterns import characters_named, one_character

PARSER = importlib.import_module("re._parser")
LONG = 50
ANY = " \t\r\n-_.a0Z\x01é漢\u2028"
ONE = {PARSER.ANY, PARSER.IN, PARSER.LITERAL, PARSER.NOT_LITERAL}
STARTS = {PARSER.AT_BEGINNING, PARSER.AT_BEGINNING_STRING}
SEARCHED = (False, True)
WAYS = {"match": (False, False), "fullmatch": (True, False)}
"""What a method asks of a pattern: to match to the end; to match anywhere."""
REPEATS = {PARSER.MAX_REPEAT, PARSER.MIN_REPEAT, PARSER.POSSESSIVE_REPEAT}


class Part(NamedTuple):
    """The positions that a part of a pattern begins and ends with, and whether it may be empty."""

    firsts: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()
    is_empty: bool = True
    is_free: bool = True
    """Whether it may be empty whatever the text is: it holds no assertion."""


class Automaton:
    """The positions of a pattern: what each takes, which may follow which, and which repeat."""

    def __init__(self, pattern: re.Pattern[Any], *, is_whole: bool, is_searched: bool) -> None:
        tree = PARSER.parse(pattern.pattern, pattern.flags)
        self.alphabet = {*characters_named(tree), *ANY}
        self.takes: list[frozenset[str]] = []
        self.loops: list[int] = []
        self.edges: Counter[tuple[int, int]] = Counter()
        self.possessive: set[int] = set()
        whole = self.read(tree, pattern.flags, not is_whole)
        if is_searched:
            start = self.add(frozenset(self.alphabet))
            self.loops[start] = start
            self.join([start], [start, *whole.firsts])
        self.after: dict[int, list[int]] = {at: [] for at in range(len(self.takes))}
        for before, behind in self.edges:
            self.after[before].append(behind)

    def add(self, takes: frozenset[str]) -> int:
        self.takes.append(takes)
        self.loops.append(-1)
        return len(self.takes) - 1

    def join(self, lasts: Iterable[int], firsts: Iterable[int]) -> None:
        self.edges.update((before, behind) for before in lasts for behind in firsts)

    def read(self, nodes: Any, flags: int, is_tail: bool) -> Part:
        """Read what stands one behind the other; is_tail: nothing must come behind."""
        whole = Part()
        for kind, value in reversed(nodes):
            part = self.read_one(kind, value, flags, is_tail and whole.is_free)
            self.join(part.lasts, whole.firsts)
            whole = Part(
                part.firsts + whole.firsts if part.is_empty else part.firsts,
                part.lasts + whole.lasts if whole.is_empty else whole.lasts,
                part.is_empty and whole.is_empty,
                part.is_free and whole.is_free,
            )
        return whole

    def read_one(self, kind: Any, value: Any, flags: int, is_tail: bool) -> Part:
        if kind in ONE:
            takes = one_character(kind, value, flags).fullmatch
            at = self.add(frozenset(filter(takes, self.alphabet)))
            return Part((at,), (at,), False, False)
        if kind in REPEATS:
            return self.read_repeat(kind, value, flags, is_tail)
        if kind is PARSER.SUBPATTERN:
            return self.read(value[-1], flags | value[1], is_tail)
        if kind is PARSER.BRANCH:
            firsts, lasts, are_empty, are_free = zip(
                *(self.read(part, flags, is_tail) for part in value[1]), strict=True
            )
            return Part(sum(firsts, ()), sum(lasts, ()), any(are_empty), any(are_free))
        return self.read_assertion(kind, value, flags)

    def read_repeat(self, kind: Any, value: Any, flags: int, is_tail: bool) -> Part:
        least, most, body = value
        start = len(self.takes)
        part = self.read(body, flags, is_tail and least <= 1)
        if most >= LONG and not is_tail:
            self.join(part.lasts, part.firsts)
            self.loops[start:] = [start] * (len(self.takes) - start)
        if kind is PARSER.POSSESSIVE_REPEAT:
            self.possessive.update(part.firsts)
        return part._replace(
            is_empty=part.is_empty or least == 0, is_free=part.is_free or least == 0
        )

    def read_assertion(self, kind: Any, value: Any, flags: int) -> Part:
        if kind is PARSER.AT:
            is_start = value in STARTS and not flags & re.MULTILINE
            return Part((), (), not is_start, False)
        direction, body = value
        ahead = self.read(body, flags, True).firsts if direction > 0 else ()
        return Part(ahead, (), True, False)

    def ambiguities(self) -> Iterator[tuple[int, int]]:
        """Yield each p and q."""
        for (p, q), ways in self.edges.items():
            if ways > 1 and self.loops[p] == self.loops[q] >= 0 and p not in self.possessive:
                yield p, q
        looping = [at for at, loop in enumerate(self.loops) if loop >= 0]
        for p in looping:
            if p not in self.possessive:
                yield from ((p, q) for q in looping if p != q and self.shares(p, q))

    def shares(self, p: int, q: int) -> bool:
        """Tell whether one text leads from p to p, from p to q and from q to q."""
        left, seen = [(p, p, q)], set()
        while left:
            for there in self.steps(left.pop(), self.loops[p], self.loops[q]):
                if there == (p, q, q):
                    return True
                if there not in seen:
                    seen.add(there)
                    left.append(there)
        return False

    def steps(self, here: tuple[int, int, int], p: int, q: int) -> Iterator[tuple[int, int, int]]:
        """Yield where one more character leads; the first stays in the loop p, the last in q."""
        firsts, seconds, thirds = (self.after[at] for at in here)
        for first, third in itertools.product(firsts, thirds):
            shared = self.takes[first] & self.takes[third]
            if shared and self.loops[first] == p and self.loops[third] == q:
                yield from ((first, at, third) for at in seconds if self.takes[at] & shared)


def backtracks(pattern: re.Pattern[Any], methods: Iterable[str]) -> bool:
    """Tell whether a pattern may take the square of the text, or more, before it fails."""
    return any(
        True
        for is_whole, is_searched in {WAYS.get(method, SEARCHED) for method in methods}
        for _ in Automaton(pattern, is_whole=is_whole, is_searched=is_searched).ambiguities()
    )
