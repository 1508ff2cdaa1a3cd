from typing import List

from chaoslib.types import Configuration, Secrets

__all__ = ["has_words"]


def has_words(
    value: List[str] = None, at_least: int = 1, configuration: Configuration = None, secrets: Secrets = None
) -> bool:
    """Whether a probe found enough words."""
    return len(value or []) >= at_least
