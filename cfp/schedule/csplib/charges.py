"""What each of CSPLib's penalties adds to a model of blocks: one function a penalty."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from ortools.sat.python.cp_model import IntVar

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.model import BlockModel, Whole, sum_of
from cfp.schedule.csplib.runs import tracks_are_rather_not_torn, tracks_run_without_a_break

MANY = 40_000  # more variables than this for one penalty, and a weaker bound has to do


def charge_for_everything(blocks: BlockModel, *, tight: bool = False) -> BlockModel:
    """The same model, with what its plans cost; ``tight`` is better to prove, worse to search."""
    for charge in (
        tracks_where_they_suit,
        talks_when_they_suit,
        talks_where_they_suit,
        tracks_stay_in_their_room,
        tracks_are_not_parallel_to_themselves,
        tracks_are_rather_not_torn if tight else tracks_run_without_a_break,
        similar_tracks_and_chairs_apart,
        chairs_in_one_room_at_a_time,
        people_miss_nothing,
        chairs_miss_nothing,
        ordered_talks_in_their_session,
    ):
        charge(blocks)
    return blocks


def tracks_where_they_suit(blocks: BlockModel) -> None:
    told = blocks.instance
    for (track, session, room), cell in blocks.cell.items():
        blocks.charge("ts", told.track_session[track][session], cell)
        blocks.charge("tr", told.track_room[track][room], cell)
        blocks.charge("sr", told.session_room[session][room], cell)


def talks_when_they_suit(blocks: BlockModel) -> None:
    told = blocks.instance
    for track, session in blocks.free:
        for number in blocks.of_track[track]:
            talk, count = told.talks[blocks.bundles[number][0]], blocks.count[number, session]
            if told.weights["tz"]:
                zone = conflicts.zone_penalty(told, talk, told.sessions[session])
                blocks.charge("tz", zone * talk.slots, count)
            blocks.charge("ss", talk.by_session[session] * talk.slots, count)


def talks_where_they_suit(blocks: BlockModel) -> None:
    """Exact where few talks mind their rooms; where many do, at least the best room's price."""
    told = blocks.instance
    choosy = {
        number
        for number, bundle in enumerate(blocks.bundles)
        if told.weights["srm"] and any(told.talks[bundle[0]].by_room)
    }
    asked = [(n, s) for t, s in blocks.free for n in blocks.of_track[t] if n in choosy]
    exact = len(asked) * len(blocks.rooms) <= MANY
    for number, session in asked:
        talk, count = told.talks[blocks.bundles[number][0]], blocks.count[number, session]
        if not exact:
            blocks.charge("srm", min(talk.by_room) * talk.slots, count)
            continue
        most, fit = len(blocks.bundles[number]), told.sessions[session].slots // talk.slots
        in_room = {room: blocks.model.new_int_var(0, most, "") for room in blocks.rooms}
        blocks.model.add(sum_of(list(in_room.values())) == count)
        for room, inside in in_room.items():
            blocks.model.add(inside <= fit * blocks.cell[talk.track, session, room])
            blocks.charge("srm", talk.by_room[room] * talk.slots, inside)


def tracks_stay_in_their_room(blocks: BlockModel) -> None:
    if not blocks.instance.price("rooms"):
        return
    model, most = blocks.model, len(blocks.instance.rooms)
    for track in blocks.tracks:
        stay = blocks.rooms_that_stay(track)
        used: dict[int, Whole] = {
            room: 1 if room in stay else model.new_int_var(0, size, "")
            for room, size in blocks.size.items()
        }
        for session in blocks.sessions:
            if (track, session, blocks.rooms[0]) in blocks.cell:
                for room in set(blocks.rooms) - stay:
                    model.add(blocks.cell[track, session, room] <= used[room])
                model.add(blocks.held[track, session] <= sum_of(list(used.values())))
        more = model.new_int_var(0, most, "")
        model.add(more >= sum_of(list(used.values())) - 1)
        blocks.charge("rooms", 1, more)


def tracks_are_not_parallel_to_themselves(blocks: BlockModel) -> None:
    if not blocks.instance.price("par"):
        return
    for block in blocks.free:
        if isinstance(blocks.held[block], IntVar):
            more = blocks.model.new_int_var(0, len(blocks.instance.rooms), "")
            blocks.model.add(more == blocks.held[block] - blocks.here[block])
            blocks.charge("par", 1, more)


@lru_cache(maxsize=8)
def minding_tracks(instance: Instance) -> list[tuple[int, int, int]]:
    """Pairs of tracks that should not meet, the earlier first, and what each meeting costs."""
    found = []
    for one, other in combinations(range(len(instance.tracks)), 2):
        price = instance.price("sim", instance.similar[one][other])
        price += instance.price("chair", conflicts.shares_a_chair(instance, one, other))
        if price:
            found.append((one, other, price))
    return found


def similar_tracks_and_chairs_apart(blocks: BlockModel) -> None:
    model, most = blocks.model, len(blocks.instance.rooms) ** 2
    for one, other, price in minding_tracks(blocks.instance):
        if (one not in blocks.tracks and other not in blocks.tracks) or not (
            blocks.of_track[one] and blocks.of_track[other]
        ):
            continue
        for session in blocks.sessions:
            first, second = blocks.held[one, session], blocks.held[other, session]
            if isinstance(first, int):
                blocks.charge_price(price * first, second)
                continue
            if isinstance(second, int):
                blocks.charge_price(price * second, first)
                continue
            pairs = model.new_int_var(0, most, "")
            here = blocks.here[one, session], blocks.here[other, session]
            model.add(pairs >= here[0] + here[1] - 1)
            # exact unless both have several rooms; then a bound from below
            model.add(pairs >= first + second - 1).only_enforce_if(here)
            blocks.charge_price(price, pairs)


def chairs_in_one_room_at_a_time(blocks: BlockModel) -> None:
    told, most = blocks.instance, len(blocks.instance.rooms) ** 2
    for track, session in blocks.free if told.price("chair") else ():
        rooms = blocks.held[track, session]
        if told.chairs[track] and isinstance(rooms, IntVar):
            pairs = blocks.model.new_int_var(0, most, "")
            for more in (1, 2):  # n rooms make n(n-1)/2 pairs: its tangents
                blocks.model.add(pairs >= more * rooms - more * (more + 1) // 2)
            blocks.charge("chair", 1, pairs)


def minded(blocks: BlockModel, pres: str, att: str) -> list[tuple[str, conflicts.Conflicts]]:
    """What presenters and attendees mind, as far as these penalties count it."""
    told = blocks.instance
    found = [(pres, conflicts.presenters_in_conflict(told))]
    found.append((att, conflicts.attendees_in_conflict(told)))
    return [(key, pairs) for key, pairs in found if told.price(key)]


def people_miss_nothing(blocks: BlockModel) -> None:
    """Two talks of one person in one session; those of one track may share a room."""
    told, active = blocks.instance, set(blocks.tracks)
    for key, found in minded(blocks, "pres", "att"):
        for pair in sorted(found.talks):
            one, other = (told.talks[talk].track for talk in pair)
            if one == other or not active & {one, other}:
                continue
            meet = None
            a, b = (blocks.number_of[talk] for talk in pair)
            for session in blocks.sessions:
                first, second = blocks.count[a, session], blocks.count[b, session]
                if isinstance(first, int) or isinstance(second, int):
                    known, open_ = (first, second) if isinstance(first, int) else (second, first)
                    if known:
                        blocks.charge(key, 1, open_)
                    continue
                meet = blocks.new_bool() if meet is None else meet
                blocks.model.add(meet >= first + second - 1)
            if meet is not None:
                blocks.charge(key, 1, meet)


def chairs_miss_nothing(blocks: BlockModel) -> None:
    """A talk of somebody who chairs another track meets as many as that track has there."""
    told, active = blocks.instance, set(blocks.tracks)
    for key, found in minded(blocks, "pres", "att"):
        for talk, track in sorted(found.chaired):
            if active & {told.talks[talk].track, track} and blocks.of_track[track]:
                _a_chair_misses_nothing(blocks, key, talk, track)


def _a_chair_misses_nothing(blocks: BlockModel, key: str, talk: int, track: int) -> None:
    most = sum(len(blocks.bundles[number]) for number in blocks.of_track[track])
    missed = None
    for session in blocks.sessions:
        there = blocks.count[blocks.number_of[talk], session]
        here, talks = blocks.here[track, session], blocks.talks[track, session]
        if isinstance(there, int) and (not there or isinstance(talks, int)):
            continue
        if isinstance(talks, int):
            if talks:
                blocks.charge(key, talks, there)
            continue
        missed = blocks.model.new_int_var(0, most, "") if missed is None else missed
        blocks.model.add(missed >= there + here - 1)
        enough = blocks.model.add(missed >= talks)
        if isinstance(there, IntVar):
            enough.only_enforce_if(there)
    if missed is not None:
        blocks.charge(key, 1, missed)


def ordered_talks_in_their_session(blocks: BlockModel) -> None:
    if not blocks.instance.price("order") or (blocks.around and blocks.around.rooms_only):
        return
    numbers = [number for track in blocks.tracks for number in blocks.of_track[track]]
    for number in numbers:
        talk = blocks.instance.talks[blocks.bundles[number][0]]
        if not talk.order:
            continue
        misplaced = blocks.new_bool()
        before: Whole = sum_of([])
        for session in blocks.sessions:
            until = before + blocks.talks[talk.track, session]
            there = blocks.count[number, session]
            if not isinstance(there, int) or there:
                needed = [misplaced.Not()] + ([there] if isinstance(there, IntVar) else [])
                blocks.model.add(before <= talk.order - 1).only_enforce_if(needed)
                blocks.model.add(until >= talk.order).only_enforce_if(needed)
            before = until
        blocks.charge("order", 1, misplaced)
