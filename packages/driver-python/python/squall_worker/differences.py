"""What changed in a document of plain objects and lists, as steps that lead from the old to the new."""


class Snapshot:
    """A document as it was, and which of its containers is which of the living ones."""

    def __init__(self, value):
        # The living containers are kept, so that no other one can get the identity of one that went.
        self._pairs = {}
        self._old = self._copied(value)

    def changes(self, value):
        """Steps {op: set|remove|splice, path, ...}, to be carried out in order."""
        return list(self._differences(self._old, value, ()))

    def _copied(self, value):
        if isinstance(value, dict):
            copy = {key: self._copied(item) for key, item in value.items()}
        elif isinstance(value, list):
            copy = [self._copied(item) for item in value]
        else:
            return value
        self._pairs[id(value)] = (value, copy)
        return copy

    def _is_same(self, old, new):
        """A container that is still the one it was, whatever is in it now; a text or number that did not change."""
        if isinstance(old, (dict, list)):
            pair = self._pairs.get(id(new))
            return pair is not None and pair[1] is old
        return same(old, new)

    def _differences(self, old, new, path):
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self._of_objects(old, new, path)
        elif isinstance(old, list) and isinstance(new, (list, tuple)):
            yield from self._of_lists(old, new, path)
        elif not same(old, new):
            yield {"op": "set", "path": list(path), "value": new}

    def _of_objects(self, old, new, path):
        for key in [key for key in old if key not in new]:
            yield {"op": "remove", "path": [*path, key]}
        for key, item in new.items():
            if key in old:
                yield from self._differences(old[key], item, (*path, key))
            else:
                yield {"op": "set", "path": [*path, key], "value": item}

    def _of_lists(self, old, new, path):
        if len(old) == len(new):
            for index, item in enumerate(new):
                yield from self._differences(old[index], item, (*path, index))
            return
        step, head, tail = spliced(old, new, path, self._is_same)
        yield step
        for index in range(head):
            yield from self._differences(old[index], new[index], (*path, index))
        for index in range(1, tail + 1):
            yield from self._differences(old[-index], new[-index], (*path, len(new) - index))


def spliced(old, new, path, is_same):
    """The step that takes items out of a list and puts others in, and how many stay before and behind."""
    head, most = 0, min(len(old), len(new))
    while head < most and is_same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < most - head and is_same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    remove, insert = len(old) - head - tail, list(new[head : len(new) - tail])
    return {"op": "splice", "path": list(path), "at": head, "remove": remove, "insert": insert}, head, tail


def same(left, right):
    # In Python 1 == True == 1.0, in JSON they differ.
    return type(left) is type(right) and left == right


def follow(old, new):
    """Makes one container equal to another in place, so that who holds it sees the change."""
    if isinstance(old, dict):
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, item in new.items():
            if key not in old or not _followed(old[key], item):
                old[key] = item
        return
    for index, item in enumerate(new[: len(old)]):
        if not _followed(old[index], item):
            old[index] = item
    old[len(new) :] = new[len(old) :]


def _followed(old, new):
    if isinstance(old, dict) and isinstance(new, dict) or isinstance(old, list) and isinstance(new, list):
        follow(old, new)
        return True
    return same(old, new)


def copied(value):
    """A plain copy of a value."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [copied(item) for item in value]
    return value
