"""What the installed extensions of Chaos Toolkit offer (spec 23.1)."""
import importlib.metadata as metadata
import importlib.util

from .failure import Failure
from .functions import load_module, run

PREFIX = "chaostoolkit-"
NONE_OF_THEM = ("chaostoolkit-lib",)


def discover(request, _task):
    """What an extension says of itself. None where no such package is installed."""
    name = _module_of(request["package"])
    if name is None:
        return None
    function = getattr(load_module(name), "discover", None)
    if function is None:
        raise Failure("no-discover", module=name)
    return run(function, {"discover_system": request["system"]})


def _module_of(package):
    """The module of a distribution, or a module itself."""
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return package if _is_module(package) else None
    named = (distribution.read_text("top_level.txt") or "").split()
    files = [str(file).split("/")[0] for file in distribution.files or () if str(file).endswith("__init__.py")]
    candidates = [name for name in [*named, *files] if _is_module(name)]
    return candidates[0] if candidates else None


def _is_module(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def list_extensions(_request, _task):
    """Installed distributions whose name begins as those of extensions do."""
    found = {}
    for distribution in metadata.distributions():
        facts = distribution.metadata
        name = facts["Name"]
        if name and name.lower().startswith(PREFIX) and name.lower() not in NONE_OF_THEM:
            found.setdefault(
                name,
                {
                    "name": name,
                    "version": distribution.version or "",
                    "license": facts["License"] or "",
                    "description": facts["Summary"] or "",
                },
            )
    return [found[name] for name in sorted(found)]
