"""Logos from strangers: what is sent is never what is shown."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageCms

from cfp.sponsors.pictures import MOST_BYTES, Unusable, take_in
from cfp.sponsors.pictures.raster import MOST_PIXELS

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"'
SHAPE = '<path d="M0 0h40v20z" fill="#123456"/>'


def svg(inside=SHAPE, head=HEAD):
    return f"{head}>{inside}</svg>".encode()


def drawn(sent):
    return take_in(sent).data.decode()


def bytes_of(picture, kind="PNG", **options):
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def opened(sent):
    return Image.open(BytesIO(take_in(sent).data))


# Drawings


def test_a_plain_drawing_keeps_its_shapes_and_says_how_large_it_is():
    taken = take_in(svg())
    assert (taken.media_type, taken.width, taken.height) == ("image/svg+xml", 1000, 500)
    assert 'd="M0 0h40v20z"' in taken.data.decode()
    assert 'fill="#123456"' in taken.data.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
        "<foreignObject><iframe src='https://evil.example'/></foreignObject>",
        "<image href='https://evil.example/x.png'/>",
        "<image href='file:///etc/passwd'/>",
        "<a href='javascript:alert(1)'><rect width='9' height='9'/></a>",
        "<use href='https://evil.example/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,x#a' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<rect onload='alert(1)' width='9' height='9'/>",
        "<rect fill='url(https://evil.example/x)' width='9' height='9'/>",
        "<rect style='fill:url(//evil.example/x)' width='9' height='9'/>",
        "<rect style='background:url(//evil.example)' width='9' height='9'/>",
        "<style>@import 'https://evil.example/x.css'; rect { fill: url('//evil.example') }</style>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "<filter id='f'><feImage href='https://evil.example'/></filter>",
        "<text>evil.example</text>",
        "<?xml-stylesheet href='https://evil.example'?>",
        "<!-- evil.example <script> -->",
        "<metadata>evil.example</metadata>",
        "<rect id='&quot;&gt;&lt;script&gt;' width='9' height='9'/>",
        "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
        "<rect fill='image-set(&quot;//evil.example&quot; 1x)' width='9' height='9'/>",
    ],
)
def test_nothing_that_loads_or_runs_is_left(hostile):
    made = drawn(svg(hostile + SHAPE))
    for word in (
        "evil",
        "script",
        "alert",
        "onload",
        "javascript",
        "file:",
        "data:",
        "<a",
        "href=",
    ):
        assert word not in made.replace("http://www.w3.org/2000/svg", "")
    assert 'd="M0 0h40v20z"' in made


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg [<!ENTITY x "evil">]>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(doctype, encoding):
    sent = f"{doctype}{HEAD}><desc>&x;</desc>{SHAPE}</svg>".encode(encoding)
    with pytest.raises(Unusable):
        take_in(sent)


def test_a_doctype_as_drawing_programs_write_it_is_fine():
    public = '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'
    assert "DOCTYPE" not in drawn(f"<!DOCTYPE svg PUBLIC {public}>".encode() + svg())


def test_colours_of_a_style_sheet_move_to_what_they_colour():
    sheet = "<style>.st0, #b{fill:#E63312;stroke:none} path{opacity:.5}</style>"
    made = drawn(svg(f'{sheet}<path class="st0" d="M0 0h1"/><rect id="b" width="1" height="1"/>'))
    assert made.count('fill="#E63312"') == 2
    assert made.count('opacity=".5"') == 1
    assert "style" not in made


def test_a_gradient_within_the_drawing_stays():
    gradient = '<linearGradient id="g"><stop offset="0" style="stop-color:red"/></linearGradient>'
    made = drawn(svg(f'<defs>{gradient}</defs><rect width="9" height="9" fill="url(#g)"/>'))
    assert 'fill="url(#g)"' in made
    assert 'stop-color="red"' in made


def test_a_drawing_that_multiplies_itself_is_refused():
    levels = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
    )
    with pytest.raises(Unusable, match="too complicated"):
        take_in(svg(f'<path id="l0" d="M0 0h1"/>{levels}<use href="#l8"/>'))


@pytest.mark.parametrize("inside", ["<g>" * 200 + "</g>" * 200, "<rect/>" * 6000])
def test_a_drawing_too_deep_or_too_large_is_refused(inside):
    with pytest.raises(Unusable, match="too complicated"):
        take_in(svg(inside))


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg"'), "how large"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"'), "how large"),
        (svg("<text>Only words</text>"), "Nothing is drawn"),
        (b"<html><body>hello</body></html>", "no picture"),
        (b"<svg", "cannot be read"),
        (b"<svg xmlns='http://example.org/other' viewBox='0 0 1 1'/>", "no picture"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(sent, why):
    with pytest.raises(Unusable, match=why):
        take_in(sent)


def test_the_size_may_come_from_width_and_height():
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="300px" height="100"'
    taken = take_in(svg(head=head))
    assert (taken.width, taken.height) == (1000, 333)
    assert etree.fromstring(taken.data).get("viewBox") == "0 0 300 100"


# Pixels


def test_pixels_are_written_anew_without_what_was_told_about_them():
    exif = Image.Exif()
    exif[0x010E] = "evil words"
    sent = bytes_of(Image.new("RGB", (500, 200), "red"), "JPEG", exif=exif, comment=b"evil words")
    taken = take_in(sent + b"<script>evil words</script>")
    assert taken.media_type == "image/png"
    assert b"evil" not in taken.data
    assert opened(sent).getpixel((10, 10))[0] > 240


def test_a_picture_that_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    sent = bytes_of(Image.new("RGB", (500, 200)), "JPEG", exif=exif)
    assert opened(sent).size == (200, 500)


def test_colours_for_print_become_colours_for_screens():
    cmyk = Image.new("CMYK", (500, 200), (0, 255, 255, 0))  # pure red
    for kind in ("JPEG", "TIFF"):
        red, green, blue, alpha = opened(bytes_of(cmyk, kind)).getpixel((10, 10))
        assert (red > 200, green < 60, blue < 60, alpha) == (True, True, True, 255)


def test_a_profile_is_used_and_a_broken_one_is_survived():
    picture = Image.new("RGB", (500, 200), (200, 30, 30))
    good = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (good, b"nonsense"):
        pixel = opened(bytes_of(picture, icc_profile=profile)).getpixel((10, 10))
        assert pixel == (200, 30, 30, 255)
        assert "icc_profile" not in opened(bytes_of(picture, icc_profile=profile)).info


def test_transparency_stays_and_a_palette_is_unfolded():
    clear = Image.new("RGBA", (500, 200), (0, 0, 0, 0))
    assert opened(bytes_of(clear)).getpixel((1, 1))[3] == 0
    palette = Image.new("RGB", (500, 200), "blue").convert("P")
    assert opened(bytes_of(palette, "GIF")).getpixel((1, 1)) == (0, 0, 255, 255)


def test_a_large_logo_is_made_smaller_and_keeps_its_shape():
    assert opened(bytes_of(Image.new("RGB", (3200, 800)))).size == (1600, 400)


@pytest.mark.parametrize("size", [(399, 399), (40, 20)])
def test_a_logo_too_small_to_print_is_refused_with_its_size(size):
    with pytest.raises(Unusable, match=f"{size[0]} by {size[1]} pixels"):
        take_in(bytes_of(Image.new("RGB", size)))


def test_a_bomb_is_refused_before_it_is_unpacked():
    """A PNG that says of itself that it is huge, and has no pixels at all."""

    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    side = int(MOST_PIXELS**0.5) + 1
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    with pytest.raises(Unusable, match="16 million"):
        take_in(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")))
    huge = chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0))
    with pytest.raises(Unusable):
        take_in(b"\x89PNG\r\n\x1a\n" + huge + chunk(b"IDAT", zlib.compress(b"")))


@pytest.mark.parametrize(
    "sent",
    [b"", b"MZ\x90", b"%PDF-1.7", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\xff\xd8\xff"],
)
def test_what_only_begins_like_a_picture_is_refused(sent):
    with pytest.raises(Unusable, match="no picture"):
        take_in(sent)


def test_a_file_that_is_too_large_is_not_even_read():
    with pytest.raises(Unusable, match="5 MB"):
        take_in(b"<" * (MOST_BYTES + 1))


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from([b"", b"<svg ", b"\x89PNG\r\n\x1a\n", b"GIF89a"]))
def test_whatever_is_sent_is_a_picture_or_unusable(tail, head):
    try:
        assert take_in(head + tail).data
    except Unusable as no:
        assert no.sentence  # noqa: PT017  (both ways are fine)
