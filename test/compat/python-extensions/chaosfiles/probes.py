import datetime
import os
from decimal import Decimal
from typing import List

from chaosfiles import path_of
from chaoslib.types import Configuration, Secrets

__all__ = ["file_exists", "facts_of", "read_words"]


def file_exists(name: str, configuration: Configuration = None, secrets: Secrets = None) -> bool:
    """Whether a file is there."""
    return os.path.exists(path_of(name, configuration))


def read_words(name: str, configuration: Configuration = None, secrets: Secrets = None) -> List[str]:
    with open(path_of(name, configuration)) as file:
        return file.read().split()


def facts_of(name: str, configuration: Configuration = None, secrets: Secrets = None):
    facts = os.stat(path_of(name, configuration))
    return {
        "size": facts.st_size,
        "changed": datetime.datetime.fromtimestamp(int(facts.st_mtime), datetime.timezone.utc),
        "kilobytes": Decimal(facts.st_size) / 1000,
        "bounds": (0, 4096),
    }
