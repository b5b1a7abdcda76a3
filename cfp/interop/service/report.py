"""What an import did, or would do, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field


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
        return (
            f"{len(self.new)} new, {len(self.changed)} changed, {len(self.unchanged)} unchanged, "
            f"{len(self.cancelled)} cancelled, {len(self.refused)} refused, "
            f"{len(self.repairs)} repaired"
        )
