"""Vendor payloads of an experiment, by name."""

__all__ = ["get_extension", "has_extension", "merge_extension", "remove_extension", "set_extension"]


def get_extension(experiment, name):
    for extension in experiment.get("extensions") or ():
        if extension.get("name") == name:
            return extension
    return None


def has_extension(experiment, name):
    return get_extension(experiment, name) is not None


def set_extension(experiment, extension):
    remove_extension(experiment, extension["name"])
    experiment.setdefault("extensions", []).append(extension)


def remove_extension(experiment, name):
    extensions = experiment.get("extensions") or []
    for extension in [known for known in extensions if known.get("name") == name]:
        extensions.remove(extension)


def merge_extension(experiment, extension):
    known = get_extension(experiment, extension["name"])
    if known is None:
        set_extension(experiment, extension)
    else:
        known.update(extension)
