"""Text that crosses a border: clean characters, language codes, slugs, HTML as Markdown."""

from __future__ import annotations

import re
import unicodedata

# Controls that are no space, halves of surrogate pairs, and what XML 1.0 does not know.
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGES = {
    **dict.fromkeys(("english", "englisch", "anglais", "inglese", "eng"), "en"),
    **dict.fromkeys(("german", "deutsch", "allemand", "tedesco", "ger", "deu"), "de"),
    **dict.fromkeys(("french", "français", "französisch"), "fr"),
    **dict.fromkeys(("italian", "italiano", "italienisch"), "it"),
    **dict.fromkeys(("spanish", "español", "spanisch"), "es"),
}
_LEVELS = {
    **dict.fromkeys(("beginner", "introductory", "novice", "basic", "easy"), "beginner"),
    **dict.fromkeys(("einsteiger", "anfänger", "débutant", "principiante"), "beginner"),
    **dict.fromkeys(("intermediate", "medium", "fortgeschritten", "intermédiaire"), "intermediate"),
    **dict.fromkeys(("advanced", "expert", "hard", "experte", "profi", "avancé"), "advanced"),
}


def clean(text: str) -> str:
    """The text in NFC with plain newlines, without control characters; what any format holds."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNCLEAN.sub("", plain)).strip()


def one_line(text: str) -> str:
    """Clean text with every run of white space as one space: a title, a name."""
    return " ".join(clean(text.replace("\u2028", " ").replace("\u2029", " ")).split())


def language_code(text: str) -> str:
    """``"Deutsch"``, ``"de-formal"`` and ``"DE"`` are ``"de"``; what is no language is nothing."""
    word = one_line(text).lower()
    code = _LANGUAGES.get(word) or re.split(r"[-_]", word)[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def level_name(text: str) -> str:
    """The level in our three words, or nothing."""
    return _LEVELS.get(one_line(text).lower(), "")


def slug(text: str) -> str:
    """Lower-case ASCII words with hyphens: ``"Größe & Maß"`` is ``"grosse-mass"``."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    ascii_only = folded.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def web_address(text: str) -> str:
    """An absolute http(s) address, or nothing; ``www.example.org/x`` lacked only the scheme."""
    url = "".join(clean(text).split())
    if re.match(r"https?://[^/?#]", url, re.IGNORECASE):
        return url
    return f"http://{url}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", url) else ""
