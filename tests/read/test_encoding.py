"""Chinese text is recognised in each encoding that is met; what is no text is refused by name."""

from __future__ import annotations

import codecs
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, Place
from kg.read.encoding import decode

SIMPLIFIED = "上海人工智能实验室与OpenAI合作,发布了新的大模型“书生”。\n这是第二行,共 1,000 字。\n"
TRADITIONAL = "上海人工智慧實驗室與OpenAI合作，發布了新的大模型「書生」。\n這是第二行，共 1,000 字。\n"
HERE = Place("a.txt")


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED * 500, TRADITIONAL[:12]])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_an_encoding_is_recognised(text: str, codec: str) -> None:
    assert decode(text.encode(codec), HERE) == text


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL * 500, TRADITIONAL[:12]])
def test_big5_is_recognised(text: str) -> None:
    assert decode(text.encode("big5"), HERE) == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ""),
        (codecs.BOM_UTF16_BE + "谷歌".encode("utf-16-be"), "谷歌"),
        ("plain English".encode("utf-16-le"), "plain English"),
        ("鲲鹏".encode("gb18030"), "鲲鹏"),
        ("谷歌发布了新的模型".encode()[:-1], "谷歌发布了新的模\ufffd"),
        ("𬭎是一个字".encode("gb18030"), "𬭎是一个字"),
        (b"\xff\xfe\x00\xd8", "\ufffd"),
    ],
)
def test_odd_but_readable(data: bytes, expected: str) -> None:
    assert decode(data, HERE) == expected


def test_two_encodings_glued_together_keep_the_part_in_utf8() -> None:
    text = decode(SIMPLIFIED.encode() * 2 + SIMPLIFIED.encode("gb18030"), HERE)
    assert text.startswith(SIMPLIFIED * 2)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + Random(1).randbytes(500),
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + Random(2).randbytes(3000).replace(b"\x00", b"a"),
        Random(3).randbytes(5000),
        "谷歌\x00发布".encode(),
        b"\x01\x02\x03abc",
        "Le café a été fermé.".encode("latin-1"),
        "谷歌发布".encode("utf-32"),
        bytes(100),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as raised:
        decode(data, HERE)
    assert str(raised.value).startswith("a.txt: is no text")
    assert raised.value.hint


@given(st.one_of(st.binary(max_size=200), st.text().map(lambda text: text.encode("utf-16", "surrogatepass"))))
def test_any_bytes_give_encodable_text_or_are_refused(data: bytes) -> None:
    try:
        decode(data, HERE).encode()
    except InputError as error:
        assert error.place == HERE
