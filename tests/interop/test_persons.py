"""Speakers are told apart although files repeat ids, leave them out, or share one among many."""

from __future__ import annotations

from cfp.interop.imported import ImportedPerson
from cfp.interop.programme.persons import Persons
from cfp.interop.programme.raw import RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs


def keys(*talks: list[RawPerson]) -> tuple[list[list[str]], tuple[str, ...]]:
    repairs = Repairs()
    raws = tuple(RawTalk(where=f"line {n}", persons=tuple(p)) for n, p in enumerate(talks, 1))
    persons = Persons(raws, repairs)
    return [[person.key for person in persons.of(raw)] for raw in raws], repairs.sentences()


def test_the_same_id_and_name_is_the_same_person():
    assert keys([RawPerson("Ada", "1")], [RawPerson(" Ada ", "1")]) == ([["1"], ["1"]], ())


def test_one_id_with_two_names_is_two_people():
    found, sentences = keys([RawPerson("Ada", "1")], [RawPerson("Bo", "1")])
    assert found == [["1"], ["1/Bo"]]
    assert sentences == ("Person 1 stands for several names, each read as a person (line 2)",)


def test_one_name_with_two_ids_is_two_people_and_told():
    found, sentences = keys([RawPerson("Ada", "1")], [RawPerson("Ada", "2")])
    assert found == [["1"], ["2"]]
    assert sentences == ("Ada has several ids (1, 2) and was read as several people",)


def test_a_name_without_id_is_the_only_one_who_has_it():
    found, sentences = keys([RawPerson("Ada", "1")], [RawPerson("Ada")])
    assert found == [["1"], ["1"]]
    assert sentences == ("A speaker without an id was told by the name (line 2)",)


def test_where_nobody_has_an_id_the_name_is_the_key():
    assert keys([RawPerson("Ada")], [RawPerson("ADA"), RawPerson("Bo")]) == (
        [["ada"], ["ada", "bo"]],
        (),
    )


def test_an_address_is_the_key_where_there_is_no_id():
    repairs = Repairs()
    raw = RawTalk(
        where="line 1",
        persons=(RawPerson("Ada", "", "ada@x.example"), RawPerson("Ada L.", "", "ada@x.example")),
    )
    assert Persons((raw,), repairs).of(raw) == (
        ImportedPerson("ada@x.example", "Ada", "ada@x.example"),
    )
    assert repairs.sentences()[0].startswith("ada@x.example has several names; Ada was kept")


def test_nobody_speaks_twice_in_one_talk_and_nobody_is_nameless():
    found, sentences = keys([RawPerson("Ada", "1"), RawPerson("Ada", "1"), RawPerson(" ", "2")])
    assert found == [["1"]]
    assert sentences == (
        "A speaker was named twice; once is enough (line 1)",
        "A speaker without a name was left out (line 1)",
    )
