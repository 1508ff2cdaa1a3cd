"""Objects and lists that remember that they were changed, so that nobody has to look through a large document."""
from .differences import copied, spliced


class Tracker:
    """The changed containers of one document, each with its items as they were before the first change."""

    def __init__(self):
        self.dirty = {}
        self.is_paused = False

    def note(self, container):
        if not self.is_paused and id(container) not in self.dirty:
            self.dirty[id(container)] = (container, container.raw_copy())

    def changes(self, root):
        """What changed since it was asked last. What was put in is tracked from now on."""
        dirty, self.dirty = list(self.dirty.values()), {}
        found = [(path_of(container, root), container, old) for container, old in dirty]
        steps = []
        for path, container, old in sorted((f for f in found if f[0] is not None), key=lambda f: len(f[0])):
            steps.extend(container.steps(old, path))
        self.is_paused = True
        for _path, container, _old in found:
            container.adopt_items()
        self.is_paused = False
        return steps


def path_of(container, root):
    """Where a container lies in the document; None for one that was taken out."""
    path = []
    while container is not root:
        parent = container.parent
        key = None if parent is None else parent.key_of(container)
        if key is None:
            return None
        path.append(key)
        container = parent
    return path[::-1]


def tracked(value, tracker, parent=None, key=None):
    """A tracked copy."""
    if isinstance(value, dict):
        made = TrackedDict(value)
    elif isinstance(value, (list, tuple)):
        made = TrackedList(value)
    else:
        return value
    made.tracker, made.parent, made.key = tracker, parent, key
    made.adopt_items()
    return made


class Tracked:
    tracker = None
    parent = None
    key = None

    def __copy__(self):
        return self.raw_copy()

    def __deepcopy__(self, memo):
        return copied(self)

    def __reduce__(self):
        return (type(self.raw_copy()), (copied(self),))

    def adopt_item(self, key, item):
        if isinstance(item, Tracked) and item.tracker is self.tracker:
            item.parent, item.key = self, key
            return item
        return tracked(item, self.tracker, self, key)


def _noting(name, base):
    method = getattr(base, name)

    def change(self, *args, **kwargs):
        if self.tracker is not None:
            self.tracker.note(self)
        return method(self, *args, **kwargs)

    change.__name__ = name
    return change


class TrackedDict(Tracked, dict):
    def raw_copy(self):
        return dict(self)

    def key_of(self, item):
        return item.key if dict.get(self, item.key) is item else None

    def adopt_items(self):
        for key, item in dict.items(self):
            if isinstance(item, (dict, list, tuple)):
                dict.__setitem__(self, key, self.adopt_item(key, item))

    def steps(self, old, path):
        for key in old:
            if key not in self:
                yield {"op": "remove", "path": [*path, key]}
        for key, item in self.items():
            if key not in old or old[key] is not item:
                yield {"op": "set", "path": [*path, key], "value": item}


class TrackedList(Tracked, list):
    def raw_copy(self):
        return list(self)

    def key_of(self, item):
        at = item.key if isinstance(item.key, int) else 0
        # Items move by as many places as were put in or taken out before them.
        for away in range(max(at, len(self) - at) + 1):
            for index in (at + away, at - away):
                if 0 <= index < len(self) and list.__getitem__(self, index) is item:
                    item.key = index
                    return index
        return None

    def adopt_items(self):
        for index, item in enumerate(list.__iter__(self)):
            if isinstance(item, (dict, list, tuple)):
                list.__setitem__(self, index, self.adopt_item(index, item))

    def steps(self, old, path):
        step, _head, _tail = spliced(old, self, path, lambda left, right: left is right)
        if step["remove"] or step["insert"]:
            yield step


_DICT_CHANGES = ("__setitem__", "__delitem__", "clear", "pop", "popitem", "setdefault", "update", "__ior__")
_LIST_CHANGES = (
    "__setitem__ __delitem__ __iadd__ __imul__ append clear extend insert pop remove reverse sort".split()
)

for _name in _DICT_CHANGES:
    if hasattr(dict, _name):
        setattr(TrackedDict, _name, _noting(_name, dict))
for _name in _LIST_CHANGES:
    setattr(TrackedList, _name, _noting(_name, list))
