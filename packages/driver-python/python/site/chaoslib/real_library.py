"""What only chaostoolkit-lib itself can do."""
from chaoslib.exceptions import ChaosException

__all__ = ["RealLibraryNeeded", "only_in_the_real_library"]


class RealLibraryNeeded(ChaosException):
    """Says which package has what was called."""


def only_in_the_real_library(name, why):
    """A function of that name which says what to install."""

    def needs_it(*_args, **_kwargs):
        what = "%s is not part of squall's stand-in for chaostoolkit-lib: %s." % (name, why)
        raise RealLibraryNeeded(what + " The real one has it: pip install chaostoolkit-lib")

    needs_it.__name__ = needs_it.__qualname__ = name.rpartition(".")[2]
    return needs_it
