"""Tables of proposals in every dialect that spreadsheets save; errors name the line."""

from __future__ import annotations

import pytest

from cfp.interop import proposals_csv
from cfp.interop.imported import BrokenFile, Imported, ImportedPerson

HEADER = "id,title,abstract,type,duration,track,lang,level,speakers,e-mails,notes\n"
ROW = (
    '7,Snow,"It falls, often",Lecture,45,Ice,English,Advanced,Ada;Bo,ada@x.example;bo@x.example,-\n'
)


def read(text: str, encoding: str = "utf-8") -> Imported:
    return proposals_csv.read(text.encode(encoding))


def refusal(text: str) -> tuple[str, str]:
    ((where, sentence),) = read(text).refused
    return where, sentence


def test_a_row_is_a_proposal():
    imported = read(HEADER + ROW)
    (talk,) = imported.talks
    assert (talk.key, talk.title, talk.abstract) == ("7", "Snow", "It falls, often")
    assert (talk.format, talk.minutes, talk.track) == ("Lecture", 45, "Ice")
    assert (talk.language, talk.level, talk.notes) == ("en", "advanced", "-")
    assert talk.speakers == (
        ImportedPerson("ada@x.example", "Ada", "ada@x.example"),
        ImportedPerson("bo@x.example", "Bo", "bo@x.example"),
    )
    assert (talk.start, talk.room, talk.where) == (None, "", "line 2")
    assert imported.repairs == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_dialect_is_the_same_table(delimiter, encoding, newline):
    rows = [["Title", "Speakers"], ['"Größe; oder, nicht"', "Käthe"]]
    imported = read(newline.join(delimiter.join(row) for row in rows), encoding)
    assert imported.talks[0].title == "Größe; oder, nicht"
    assert imported.talks[0].speakers[0].name == "Käthe"
    told = any("Windows-1252" in sentence for sentence in imported.repairs)
    assert told == (encoding == "cp1252")


@pytest.mark.parametrize(
    "header", ["TITLE,Authors,TID", "Titel,Vortragende,Code", " talk title , Speaker Name(s) ,ID"]
)
def test_headers_are_known_by_many_names(header):
    (talk,) = read(f"{header}\nSnow,Ada,7\n").talks
    assert (talk.title, talk.key) == ("Snow", "7")
    assert [speaker.name for speaker in talk.speakers] == ["Ada"]


def test_what_spreadsheets_put_above_the_header_is_skipped():
    imported = read("\nsep=;\ntitle;id\nSnow;7\n;8\n")
    assert imported.talks[0].key == "7"
    assert imported.refused == (("line 5", "The talk has no title."),)


def test_lines_are_counted_over_cells_with_several_lines():
    text = 'title,abstract\nSnow,"one\ntwo\nthree"\n,nameless\n'
    assert refusal(text) == ("line 5", "The talk has no title.")


def test_columns_that_nobody_knows_are_told():
    assert read("title,shoe size\nSnow,43\n").repairs[0] == "Columns that were not read: shoe size"


def test_empty_rows_are_no_proposals():
    imported = read("title,id\nSnow,7\n,\n\n   ,\n")
    assert (len(imported.talks), imported.refused) == (1, ())


def test_short_rows_lack_only_what_is_at_their_end():
    assert read("title,id,notes\nSnow,7\n").talks[0].notes == ""


def test_a_row_with_too_many_cells_is_refused():
    where, sentence = refusal("title,id\nSnow, ice and hail,7\n")
    assert (where, sentence) == ("line 2", "The row has more cells than the header.")


def test_an_id_that_stands_there_already_is_refused():
    assert refusal("title,id\nSnow,7\nIce,7\n") == ("line 3", "The id 7 stands already in line 2.")


def test_as_many_addresses_as_speakers_or_the_row_is_refused():
    text = "title,speakers,e-mails\nSnow,Ada;Bo;Cy,ada@x.example;bo@x.example\n"
    assert refusal(text) == ("line 2", "There are 3 speakers but 2 e-mail addresses.")


def test_what_is_no_address_is_refused():
    text = "title,speaker,email\nSnow,Ada,ada at x\n"
    assert refusal(text) == ("line 2", "“ada” is not an e-mail address.")


@pytest.mark.parametrize(
    ("names", "emails", "expected"),
    [
        ("Ada;Bo", "", ["Ada", "Bo"]),
        ('"Ada, Bo"', "", ["Ada", "Bo"]),
        ('"Lovelace, Ada"', "ada@x.example", ["Lovelace, Ada"]),
        ('"Ada, Bo"', "ada@x.example;bo@x.example", ["Ada", "Bo"]),
        ("Ada <ada@x.example>; Bo <bo@x.example>", "", ["Ada", "Bo"]),
        ("Ada & Bo", "", ["Ada & Bo"]),
        ("", "", []),
    ],
)
def test_names_are_divided_as_their_writers_meant(names, emails, expected):
    (talk,) = read(f"title,speakers,emails\nSnow,{names},{emails}\n").talks
    assert [speaker.name for speaker in talk.speakers] == expected


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("45", 45), ("45 min", 45), ("1h", 60), ("1h 30min", 90), ("1:30", 90), ("1.5 h", 90)],
)
def test_durations_are_written_in_many_ways(duration, minutes):
    assert read(f"title,duration\nSnow,{duration}\n").talks[0].minutes == minutes


def test_a_senseless_duration_is_left_out_and_told():
    imported = read("title,duration\nSnow,as long as it takes\n")
    assert imported.talks[0].minutes is None
    assert "The duration makes no sense and was left out (line 2)" in imported.repairs


def test_without_ids_the_same_file_gives_the_same_keys():
    text = "title,speakers\nSnow,Ada\nSnow,Bo\n"
    keys = [talk.key for talk in read(text).talks]
    assert len(set(keys)) == 2
    assert keys == [talk.key for talk in read(text).talks]


@pytest.mark.parametrize("title", ["=1+1", "-Snow", "@home", "+1"])
def test_cells_that_were_defused_for_spreadsheets_are_read_as_they_were(title):
    assert read(f"title\n'{title}\n").talks[0].title == title


@pytest.mark.parametrize("title", ["'Tis snow", "=1+1"])
def test_other_cells_are_read_as_they_stand(title):
    assert read(f"title\n{title}\n").talks[0].title == title


BROKEN = {
    "empty": ("", "The file is empty.", ""),
    "no title": ("a,b\n1,2\n", "The first line names no column for the title.", "line 1"),
    "open quote": ('title,id\nSnow,7\n"Ice,8\n', "The table cannot be read", "line 3"),
    "torn quote": ('title,id\n"Ice"y,8\n', "The table cannot be read", "line 2"),
    "no table": ("title" + "," * 300 + "\nSnow", "The table has more than 200 columns.", "line 1"),
    "huge cell": ("title,id\n" + "x" * 200_000, "The table cannot be read", "line 2"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_refused_as_a_whole_with_its_line(name):
    text, sentence, where = BROKEN[name]
    with pytest.raises(BrokenFile) as broken:
        read(text)
    assert broken.value.sentence.startswith(sentence)
    assert broken.value.where == where


def test_nobodys_call_has_so_many_rows():
    with pytest.raises(BrokenFile, match="more than"):
        read("title\n" + "Snow\n" * 20_000)
