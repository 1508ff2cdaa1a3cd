"""Activities that send a request (spec 6.3)."""
import json
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request

from chaoslib import substitute
from chaoslib.exceptions import ActivityFailed, InvalidActivity

__all__ = ["opener_of", "run_http_activity", "validate_http_activity"]


def run_http_activity(activity, configuration=None, secrets=None):
    """Status, headers and body of the answer. Whatever the status, it has not failed."""
    provider = activity["provider"]
    url, headers, timeout = (
        substitute(provider.get(key), configuration, secrets) for key in ("url", "headers", "timeout")
    )
    arguments = provider.get("arguments")
    if configuration or secrets:
        arguments = substitute(arguments, configuration, secrets)
    request = _request(url, provider.get("method", "GET").upper(), dict(headers or {}), arguments)
    try:
        with opener_of(provider).open(request, timeout=_seconds(timeout)) as answer:
            return _told(answer)
    except urllib.error.HTTPError as answer:
        with answer:
            return _told(answer)
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.timeout):
            raise ActivityFailed("activity took too long to complete") from error
        raise ActivityFailed("failed to connect to %s: %s" % (url, error.reason)) from error
    except socket.timeout as error:
        raise ActivityFailed("activity took too long to complete") from error
    except OSError as error:
        raise ActivityFailed("failed to connect to %s: %s" % (url, error)) from error


def _request(url, method, headers, arguments):
    data = None
    if arguments and method == "GET":
        url += ("&" if "?" in url else "?") + urllib.parse.urlencode(arguments, doseq=True)
    elif arguments is not None and method != "GET":
        if headers.get("Content-Type") == "application/json":
            data = json.dumps(arguments).encode("utf-8")
        elif isinstance(arguments, str):
            data = arguments.encode("utf-8")
        else:
            data = urllib.parse.urlencode(arguments, doseq=True).encode("ascii")
    return urllib.request.Request(url, data=data, headers=headers, method=method)


def opener_of(provider):
    context = ssl.create_default_context()
    verify = provider.get("verify_tls", True)
    if isinstance(verify, str):
        context.load_verify_locations(verify)
    elif not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))


def _seconds(timeout):
    """Of a limit to connect and one to read, the longer one: there is one for both here."""
    return max(timeout) if isinstance(timeout, (list, tuple)) else timeout


def _told(answer):
    headers = {name: ", ".join(answer.headers.get_all(name)) for name in answer.headers.keys()}
    kind = answer.headers.get("Content-Type")
    body = answer.read().decode(answer.headers.get_content_charset() or "utf-8", "replace")
    return {"status": answer.status, "headers": headers, "body": json.loads(body) if kind == "application/json" else body}


def validate_http_activity(activity):
    provider = activity["provider"]
    if not provider.get("url"):
        raise InvalidActivity("a HTTP activity must have a URL")
    if provider.get("headers") is not None and not isinstance(provider["headers"], dict):
        raise InvalidActivity("a HTTP activities expect headers to be a mapping of header names and values")
