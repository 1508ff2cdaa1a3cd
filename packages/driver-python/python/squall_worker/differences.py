"""What changed in a document of plain objects and lists, as steps that lead from the old to the new."""


def copied(value):
    """A copy of the containers; texts and numbers cannot change."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [copied(item) for item in value]
    return value


def differences(old, new, path=()):
    """Steps {op: set|remove|splice, path, ...}, to be carried out in order."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_objects(old, new, path)
    elif isinstance(old, list) and isinstance(new, (list, tuple)):
        yield from _of_lists(old, new, path)
    elif not _same(old, new):
        yield {"op": "set", "path": list(path), "value": new}


def _of_objects(old, new, path):
    for key in [key for key in old if key not in new]:
        yield {"op": "remove", "path": [*path, key]}
    for key, item in new.items():
        if key in old:
            yield from differences(old[key], item, (*path, key))
        else:
            yield {"op": "set", "path": [*path, key], "value": item}


def _of_lists(old, new, path):
    if len(old) == len(new):
        for index, item in enumerate(new):
            yield from differences(old[index], item, (*path, index))
        return
    yield from spliced(old, new, path, _same)


def spliced(old, new, path, same):
    """One step that takes items out of a list and puts others in, between what begins and what ends alike."""
    head, most = 0, min(len(old), len(new))
    while head < most and same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < most - head and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    remove, insert = len(old) - head - tail, list(new[head : len(new) - tail])
    if remove or insert:
        yield {"op": "splice", "path": list(path), "at": head, "remove": remove, "insert": insert}


def _same(left, right):
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
    return _same(old, new)
