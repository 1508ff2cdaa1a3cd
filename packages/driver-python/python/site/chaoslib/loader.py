"""Reads experiment files (spec 2)."""
import json
import os
import urllib.parse
import urllib.request

from chaoslib.exceptions import InvalidExperiment, InvalidSource

__all__ = ["load_experiment", "parse_experiment_from_file"]


def load_experiment(experiment_source, settings=None, verify_tls=True):
    """An experiment from a file or an http(s) URL. Raises InvalidSource and InvalidExperiment."""
    if os.path.exists(experiment_source):
        return parse_experiment_from_file(experiment_source)
    place = urllib.parse.urlparse(experiment_source)
    if place.scheme not in ("http", "https"):
        raise InvalidSource("'%s' is neither a file that exists nor an http(s) URL" % experiment_source)
    return _fetched(experiment_source, _headers(place.netloc, settings or {}), verify_tls)


def parse_experiment_from_file(path):
    extension = os.path.splitext(path)[1]
    if extension not in (".json", ".yaml", ".yml"):
        raise InvalidExperiment("only files with json, yaml or yml extensions are supported")
    with open(path) as file:
        text = file.read()
    return json.loads(text) if extension == ".json" else _yaml(text, path)


def _yaml(text, source):
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidSource("Failed parsing YAML experiment %s: %s" % (source, error)) from error


def _headers(host, settings):
    headers = {"Accept": "application/json, application/x-yaml"}
    token = os.environ.get("CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN", "").strip()
    auth = (settings.get("auths") or {}).get(host)
    if token:
        headers["Authorization"] = "bearer %s" % token
    elif auth:
        headers["Authorization"] = "%s %s" % (auth["type"], auth["value"])
    return headers


def _fetched(url, headers, verify_tls):
    from chaoslib.exceptions import ActivityFailed
    from chaoslib.provider.http import run_http_activity

    try:
        answer = run_http_activity({"provider": {"url": url, "headers": headers, "verify_tls": verify_tls}})
    except ActivityFailed as error:
        raise InvalidSource(str(error)) from error
    if answer["status"] != 200:
        raise InvalidSource("Failed to fetch the experiment: %s" % answer["body"])
    kind = next((value for name, value in answer["headers"].items() if name.lower() == "content-type"), "")
    return _parsed(answer["body"], kind, url)


def _parsed(body, kind, url):
    if not isinstance(body, str):
        return body
    if "application/json" in kind:
        return json.loads(body)
    if "application/x-yaml" in kind or "text/yaml" in kind:
        return _yaml(body, url)
    if "text/plain" not in kind:
        raise InvalidExperiment("only files with json, yaml or yml extensions are supported")
    try:
        return json.loads(body)
    except ValueError:
        return _yaml(body, url)
