"""What an import did, or would do, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field

from cfp.sentences import say


@dataclass
class Report:
    """Titles by what happened to them; ``repairs`` and ``refused`` are sentences with a place."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One sentence with all counts."""
        return say(
            "%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(cancelled)s cancelled,"
            " %(refused)s refused, %(repaired)s repaired",
            new=len(self.new),
            changed=len(self.changed),
            unchanged=len(self.unchanged),
            cancelled=len(self.cancelled),
            refused=len(self.refused),
            repaired=len(self.repairs),
        )
