"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5 are told apart; what is no text is refused."""

from __future__ import annotations

import re

from kg.errors import InputError, Place

_SAMPLE = 32 * 1024
_CONTROLS = bytes(c for c in (*range(32), 127) if c not in b"\t\n\f\r\x1b")
_MOST_CONTROLS = 0.02
_LEAST_USUAL = 0.15
_FEW = 200
_LEAST_USUAL_UTF16 = 0.4

_ASCII = re.compile(r"[\x00-\x7f]+")
_PRINTABLE = re.compile(r"[\t\n\r -~]")
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd]")
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")

# The characters that make up half of any Chinese text, simplified and traditional. Bytes decoded by the wrong
# codec give hardly any of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社"
    "义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并"
    "提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放"
    "決西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再"
    "這為個國時來們動發過說產種後學經進著裡體當使點從業還應開關與樣間數線義無變條問結題將組見計論運農強戰則據處隊給門規熱領東導壓"
    "爭濟階術極聯認權證實現機電車長頭資邊統圖級達設員總術報華團網際億萬優創號頻視購術軟雲"
    "，。、；：？！“”「」《》（）"
)


def decode(data: bytes, place: Place) -> str:
    """Return `data` as text without its BOM, byte sequences that are no characters as U+FFFD.

    Raises InputError, with `place`, for what is no text or is in another encoding.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_other(data, place)
    if b"\0" in data and "\0" in text:
        text = _decode_utf16(data, place)
    sample = text[:_SAMPLE].encode("utf-8", "replace")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample):
        raise _no_text(place)
    return text


def _decode_other(data: bytes, place: Place) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:_SAMPLE]:
        return _decode_utf16(data, place)
    text = data.decode("utf-8-sig", "replace")
    if _is_mostly_utf8(text):
        return text
    codec = max(("gb18030", "big5hkscs"), key=lambda codec: _usual(data[:_SAMPLE].decode(codec, "replace")))
    text = data.decode(codec, "replace")
    if _usual(text[:_SAMPLE]) >= _LEAST_USUAL or (len(data) <= _FEW and _is_gb2312(data)):
        return text
    return _decode_utf16(data, place)


def _decode_utf16(data: bytes, place: Place) -> str:
    """Return the text of UTF-16 without a BOM, of the byte order that gives the more usual characters."""
    samples = {codec: data[:_SAMPLE].decode(codec, "replace") for codec in ("utf-16-le", "utf-16-be")}
    share = {codec: _usual(text, with_ascii=True) for codec, text in samples.items()}
    best = max(samples, key=lambda codec: share[codec])
    text = data.decode(best, "replace")
    if share[best] < _LEAST_USUAL_UTF16 or "\0" in text:
        raise _no_text(place)
    return text


def _is_mostly_utf8(text: str) -> bool:
    """Say whether the characters decoded outnumber the broken ones: a file cut off, or glued together."""
    return 0 < len(_WIDE.findall(text)) >= text.count("\ufffd")


def _usual(text: str, *, with_ascii: bool = False) -> float:
    """Return the share of usual characters among those beyond ASCII, or among all; strange ones count off."""
    looked_at = text if with_ascii else _ASCII.sub("", text)
    usual = sum(character in _COMMON for character in looked_at) + len(_PRINTABLE.findall(looked_at))
    return (usual - 2 * len(_STRANGE.findall(looked_at))) / max(1, len(looked_at))


def _is_gb2312(data: bytes) -> bool:
    try:
        data.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _no_text(place: Place) -> InputError:
    return InputError(
        "is no text: neither UTF-8, UTF-16, GB18030 nor Big5",
        place=place,
        hint="save it as UTF-8 text, or leave it out",
    )
