"""The installed extensions."""
import collections
import importlib.metadata

__all__ = ["ExtensionInfo", "list_extensions"]

ExtensionInfo = collections.namedtuple("ExtensionInfo", ["name", "version", "summary", "license", "author", "url"])


def list_extensions():
    """Distributions whose name begins as those of extensions do."""
    found = {}
    for distribution in importlib.metadata.distributions():
        facts = distribution.metadata
        name = (facts["Name"] or "").lower()
        if name.startswith("chaostoolkit-") and name != "chaostoolkit-lib":
            rest = [facts["Summary"], facts["License"], facts["Author"], facts["Home-page"]]
            found.setdefault(name, ExtensionInfo(name, distribution.version, *rest))
    return [found[name] for name in sorted(found)]
