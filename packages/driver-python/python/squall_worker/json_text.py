"""Values as JSON, the way the reference's journal encodes them (spec 15.3)."""
import json

class NotJson(Exception):
    """Its message says what is not JSON, and where."""


def json_text(value):
    """The text, with NaN and Infinity as Python writes them. Raises NotJson."""
    try:
        return json.dumps(value, default=_known)
    except RecursionError:
        raise NotJson("values nested too deeply") from None
    except ValueError as error:
        raise NotJson(_described(error)) from None
    except TypeError:
        raise NotJson(_flaw(value, "") or "a value that cannot be encoded") from None


def _known(value):
    # Whoever has such a value has loaded these; nobody else waits for them.
    import datetime
    import decimal
    import enum
    import uuid

    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (uuid.UUID, decimal.Decimal)):
        return str(value)
    if isinstance(value, enum.Enum) and type(value).__module__ == "chaoslib.types":
        return value.value
    raise TypeError


def _described(error):
    if "ircular" in str(error):
        return "an object that contains itself"
    return "a value that cannot be encoded (%s)" % error


def _flaw(value, at):
    """The first thing in it that is not JSON, with its place; None where all is well."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, (str, int, float, bool, type(None))):
                return "%s as a key%s" % (_named(key), _place(at))
            found = _flaw(item, "%s.%s" % (at, key))
            if found:
                return found
        return None
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            found = _flaw(item, "%s[%d]" % (at, index))
            if found:
                return found
        return None
    if isinstance(value, (str, int, float, bool, type(None))):
        return None
    try:
        _known(value)
    except TypeError:
        return "%s%s" % (_named(value), _place(at))
    return None


def _named(value):
    name = type(value).__name__
    return "%s %s" % ("an" if name[:1].lower() in "aeiou" else "a", name)


def _place(at):
    return " at '%s'" % at.lstrip(".") if at else ""
