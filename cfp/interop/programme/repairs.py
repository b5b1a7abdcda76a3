"""What was wrong with a file and how it was put right, said once a kind with its places."""

from __future__ import annotations

from cfp.interop.imported import at_place
from cfp.sentences import say

_SHOWN = 5


class Repairs:
    """Collects repairs and refusals while a file is read."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self.refused: list[tuple[str, str]] = []

    def tell(self, sentence: str, where: str = "") -> None:
        """Something was repaired at ``where``; the same sentence twice is said once."""
        places = self._places.setdefault(sentence, [])
        if where and (not places or places[-1] != where):
            places.append(where)

    def refuse(self, sentence: str, where: str) -> None:
        """What stands at ``where`` is left out."""
        self.refused.append((where, sentence))

    def sentences(self) -> tuple[str, ...]:
        """Each repair with the first of its places, and how many more there are."""
        return tuple(
            at_place(sentence, _listed(places) if places else "")
            for sentence, places in self._places.items()
        )


def _listed(places: list[str]) -> str:
    shown, more = places[:_SHOWN], len(places) - _SHOWN
    if more > 0:
        shown = [*shown, say("and %(n)s more", n=more)]
    template = "; ".join(f"%(p{n})s" for n in range(len(shown)))  # the same in every language
    return say(template, **{f"p{n}": place for n, place in enumerate(shown)})
