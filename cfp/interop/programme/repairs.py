"""What was wrong with a file and how it was put right, said once a kind with its places."""

from __future__ import annotations

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
            f"{sentence} ({_listed(places)})" if places else sentence
            for sentence, places in self._places.items()
        )


def _listed(places: list[str]) -> str:
    shown = "; ".join(places[:_SHOWN])
    more = len(places) - _SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown
