"""Tracks whose sessions follow each other: once for searching, once for proving."""

from __future__ import annotations

from ortools.sat.python.cp_model import IntVar

from cfp.schedule.csplib.model import BlockModel, Whole, sum_of


def tracks_run_without_a_break(blocks: BlockModel) -> None:
    """More than one beginning, and the track is torn."""
    if not blocks.instance.price("cons") or (blocks.around and blocks.around.rooms_only):
        return
    for track in blocks.tracks:
        torn = blocks.new_bool()
        starts: list[Whole] = []
        before: Whole = 0
        for session in blocks.sessions:
            now = blocks.here[track, session]
            if isinstance(now, int) and isinstance(before, int):
                starts.append(int(now > before))
            elif session:
                start = blocks.new_bool()
                blocks.model.add(start >= now - before)
                starts.append(start)
            else:
                starts.append(now)
            before = now
        blocks.model.add(sum_of(starts) <= 1 + len(starts) * torn)
        blocks.charge("cons", 1, torn)


def tracks_are_rather_not_torn(blocks: BlockModel) -> None:
    """Cells of a track that is torn and of one that is not, told apart: a tight bound."""
    if not blocks.instance.price("cons"):
        return
    model, most = blocks.model, len(blocks.instance.rooms)
    for track in blocks.tracks:
        torn = blocks.new_bool()
        begins: list[IntVar] = [blocks.new_bool() for _ in blocks.sessions]
        ends: list[IntVar] = [blocks.new_bool() for _ in blocks.sessions]
        model.add(sum_of([*begins, torn]) == 1)
        model.add(sum_of([*ends, torn]) == 1)
        in_one_run: list[Whole] = []
        for session in blocks.sessions:
            here, held = blocks.here[track, session], blocks.held[track, session]
            runs, now = blocks.new_bool(), model.new_int_var(0, most, "")
            model.add(runs == sum_of(begins[: session + 1]) - sum_of(ends[:session]))
            model.add(now <= most * runs)
            model.add(now <= held)
            model.add(held - now <= most * torn)
            model.add(runs <= here)
            model.add(here - runs <= torn)
            in_one_run.append(now)
        needed = blocks.least_cells(track)
        model.add(sum_of(in_one_run) >= needed - needed * torn)
        blocks.charge("cons", 1, torn)
