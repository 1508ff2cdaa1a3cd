"""The documents of a run as Python sees them: sent once, then only what changed, in either direction."""
import threading

from .differences import Snapshot, follow
from .tracked import Tracker, tracked

# Comparing a document of more containers than this after each hook would cost more than tracking it.
MOST_COMPARED = 400


class Plain:
    """A small document: plain objects, compared with how they were."""

    def __init__(self, value):
        self.value = value
        self._before = Snapshot(value)

    def changes(self):
        found = self._before.changes(self.value)
        if found:
            self._before = Snapshot(self.value)
        return found

    def follow(self, value):
        follow(self.value, value)
        self._before = Snapshot(self.value)


class Large:
    """A document that notes its own changes."""

    def __init__(self, value):
        self._tracker = Tracker()
        self.value = tracked(value, self._tracker)

    def changes(self):
        return self._tracker.changes(self.value) if self._tracker.dirty else []

    def follow(self, value):
        follow(self.value, value)
        # Squall knows these changes; only what was put in has to be tracked.
        self._tracker.changes(self.value)


def document(value):
    return Large(value) if _exceeds(value, MOST_COMPARED) else Plain(value)


def _exceeds(value, most):
    waiting, seen = [value], 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            seen, waiting = seen + 1, waiting + [i for i in item.values() if isinstance(i, (dict, list))]
        elif isinstance(item, list):
            seen += 1
            if seen + len(item) > most and any(isinstance(i, (dict, list)) for i in item):
                return True
            waiting = waiting + [i for i in item if isinstance(i, (dict, list))]
        if seen > most:
            return True
    return False


class Documents:
    """Those of one run, by name."""

    def __init__(self):
        self._known = {}
        self._lock = threading.Lock()

    def take(self, sent):
        for name, value in (sent or {}).items():
            with self._lock:
                if name in self._known and isinstance(value, (dict, list)):
                    self._known[name].follow(value)
                else:
                    self._known[name] = document(value)

    def has(self, name):
        return name in self._known

    def value(self, name, path=()):
        found = self._known[name].value
        for key in path:
            found = found[key]
        return found

    def changes(self):
        """Of every document, also of those that a hook only held on to."""
        with self._lock:
            found = {name: known.changes() for name, known in self._known.items()}
        return {name: steps for name, steps in found.items() if steps}
