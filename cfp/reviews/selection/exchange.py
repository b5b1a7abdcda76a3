"""Which proposals are in one best choice and out of another: what is left for the lot.

Two best choices of the same size differ by cycles of changes in the network of the table, none of
which gains or loses. So a cell is loose if one more in it, or one fewer, can be made up for by the
best chain of other changes (Ahuja, Magnanti, Orlin, Network Flows, 1993, section 3.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from cfp.reviews.selection.quotas import Key
from cfp.reviews.selection.table import Cell, Table

Node = tuple[str, Key | None]
SOURCE: Node = ("source", None)
SINK: Node = ("sink", None)


def loose_cells(table: Table, lots: int) -> tuple[set[Cell], set[Cell]]:
    """Cells that might as well have one more, and those that might as well have one fewer.

    The lowest `lots` bits of the values are the lot and do not count.
    """
    arcs = dict(_arcs(table, lots))
    best = _longest_paths(arcs)
    more, fewer = set[Cell](), set[Cell]()
    for cell in table.cells:
        there, back = (
            (("format", cell[0]), ("track", cell[1])),
            (("track", cell[1]), ("format", cell[0])),
        )
        if there in arcs and back in best and arcs[there] + best[back] == 0:
            more.add(cell)
        if back in arcs and there in best and arcs[back] + best[there] == 0:
            fewer.add(cell)
    return more, fewer


def _arcs(table: Table, lots: int) -> Iterator[tuple[tuple[Node, Node], int]]:
    """Every single change and what it gains: one more along an arc, or one fewer against it."""
    for (format_, track), values in table.cells.items():
        taken = table.taken[format_, track]
        if taken < len(values):
            yield (("format", format_), ("track", track)), values[taken] >> lots
        if taken > 0:
            yield (("track", track), ("format", format_)), -(values[taken - 1] >> lots)
    for format_, room in table.formats.items():
        taken = table.by_format[format_]
        if taken < room.most:
            yield (SOURCE, ("format", format_)), room.next_gain(taken) >> lots
        if taken > 0:
            yield (("format", format_), SOURCE), -(room.next_gain(taken - 1) >> lots)
    for track, room in table.tracks.items():
        taken = table.by_track[track]
        if taken < room.most:
            yield (("track", track), SINK), room.next_gain(taken) >> lots
        if taken > 0:
            yield (SINK, ("track", track)), -(room.next_gain(taken - 1) >> lots)


def _longest_paths(arcs: dict[tuple[Node, Node], int]) -> dict[tuple[Node, Node], int]:
    """Between all nodes (Floyd and Warshall). A best choice leaves no cycle that gains."""
    best = dict(arcs)
    nodes = sorted({node for arc in arcs for node in arc}, key=str)
    for middle in nodes:
        into = [node for node in nodes if (node, middle) in best]
        out_of = [node for node in nodes if (middle, node) in best]
        for start, end in product(into, out_of):
            length = best[start, middle] + best[middle, end]
            if (start, end) not in best or length > best[start, end]:
                best[start, end] = length
    return best
