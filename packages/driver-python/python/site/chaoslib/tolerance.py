"""Whether a value is what was expected (spec 7)."""
import decimal
import json
import re

from chaoslib import substitute
from chaoslib.exceptions import ActivityFailed, InvalidActivity

__all__ = ["ensure_hypothesis_tolerance_is_valid", "within_tolerance"]


def ensure_hypothesis_tolerance_is_valid(tolerance):
    """Raises InvalidActivity for the first thing that is wrong."""
    if not isinstance(tolerance, (bool, int, list, str, dict)):
        raise InvalidActivity("a tolerance is a boolean, integer, text, list or object, not %r" % (tolerance,))
    if isinstance(tolerance, dict):
        kind = tolerance.get("type")
        if kind not in _CHECKS:
            raise InvalidActivity("hypothesis probe tolerance type '%s' is unsupported" % kind)
        _CHECKS[kind](tolerance)


def _check_probe(tolerance):
    from chaoslib.activity import ensure_activity_is_valid

    ensure_activity_is_valid(tolerance)


def _check_regex(tolerance):
    if "pattern" not in tolerance:
        raise InvalidActivity("hypothesis regex probe tolerance must have a `pattern` key")
    try:
        re.compile(tolerance["pattern"])
    except (TypeError, re.error) as error:
        raise InvalidActivity("hypothesis probe tolerance pattern %s: %s" % (tolerance["pattern"], error)) from error


def _check_jsonpath(tolerance):
    path = tolerance.get("path")
    if not isinstance(path, str) or not path.strip():
        raise InvalidActivity("hypothesis jsonpath probe tolerance must have a `path` key")
    try:
        _json_path(path.strip())
    except ValueError as error:
        raise InvalidActivity("hypothesis probe tolerance JSON path %s is invalid" % path) from error


def _check_range(tolerance):
    bounds = tolerance.get("range")
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(isinstance(bound, (int, float)) for bound in bounds):
        raise InvalidActivity("hypothesis range must be a sequence of two numbers")


_CHECKS = {"probe": _check_probe, "regex": _check_regex, "jsonpath": _check_jsonpath, "range": _check_range}


def within_tolerance(tolerance, value, configuration=None, secrets=None):
    if isinstance(tolerance, str):
        tolerance = substitute(tolerance, configuration, secrets)
    if isinstance(tolerance, (bool, str)):
        return value == tolerance
    seen = value["status"] if isinstance(value, dict) and "status" in value else value
    if isinstance(tolerance, int):
        return seen == tolerance
    if isinstance(tolerance, list):
        is_range = seen is value and len(tolerance) == 2
        return tolerance[0] <= value <= tolerance[1] if is_range else seen in tolerance
    if not isinstance(tolerance, dict):
        return False
    if tolerance.get("type") == "probe":
        return _asked(tolerance, value, configuration, secrets)
    if tolerance.get("target"):
        value = value.get(tolerance["target"], value)
    judge = {"regex": _found, "jsonpath": _selected, "range": _inside}.get(tolerance.get("type"))
    return judge(tolerance, value, configuration, secrets) if judge else None


def _asked(tolerance, value, configuration, secrets):
    from chaoslib.activity import run_activity

    provider = tolerance["provider"]
    arguments = dict(provider.get("arguments") or {}, value=value)
    try:
        return bool(run_activity(dict(tolerance, provider=dict(provider, arguments=arguments)), configuration, secrets))
    except ActivityFailed:
        return False


def _found(tolerance, value, configuration, secrets):
    return re.search(substitute(tolerance["pattern"], configuration, secrets), value) is not None


def _selected(tolerance, value, configuration, secrets):
    value = value.decode("utf-8") if isinstance(value, bytes) else value
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            # It is looked into as the text it is.
            pass
    path = _json_path(substitute(tolerance["path"], configuration, secrets))
    values = [match.current_value for match in path.match(value)]
    if "expect" in tolerance:
        expected = substitute(tolerance["expect"], configuration, secrets)
        return values == (expected if isinstance(expected, list) else [expected])
    count = tolerance.get("count")
    return len(values) == count if count is not None else len(values) > 0


def _json_path(path):
    try:
        from jsonpath2.path import Path
    except ImportError as error:
        raise InvalidActivity("a jsonpath tolerance in Python code needs jsonpath2: pip install jsonpath2") from error
    return Path.parse_str(path)


def _inside(tolerance, value, _configuration, _secrets):
    try:
        value = decimal.Decimal(value)
    except decimal.InvalidOperation:
        return False
    low, high = tolerance["range"]
    return decimal.Decimal(low) <= value <= decimal.Decimal(high)
