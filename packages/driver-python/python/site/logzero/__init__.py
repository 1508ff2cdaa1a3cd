"""Stands in for logzero where that is not installed: many extensions log through it. It goes into squall's log."""
import logging
from logging import CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARN, WARNING

__all__ = [
    "CRITICAL",
    "DEBUG",
    "ERROR",
    "INFO",
    "LogFormatter",
    "NOTSET",
    "WARN",
    "WARNING",
    "formatter",
    "json",
    "logfile",
    "logger",
    "loglevel",
    "reset_default_logger",
    "setup_default_logger",
    "setup_logger",
    "syslog",
]

LogFormatter = logging.Formatter
_NAME = "logzero_default"


def setup_logger(name=None, logfile=None, level=DEBUG, formatter=None, **_options):
    """A logger of that name. How it looks and whether it goes to stderr is squall's business."""
    made = logging.getLogger(name or _NAME)
    made.setLevel(level)
    made.propagate = False
    made.handlers[:] = logging.getLogger("chaostoolkit").handlers
    if logfile:
        _add_file(made, logfile, formatter)
    return made


def setup_default_logger(logfile=None, level=DEBUG, formatter=None, **_options):
    return setup_logger(None, logfile, level, formatter)


def reset_default_logger():
    return setup_logger()


def loglevel(level=DEBUG, **_options):
    logger.setLevel(level)


def logfile(filename, formatter=None, mode="a", encoding=None, loglevel=None, **_options):
    """Writes into a file as well."""
    _add_file(logger, filename, formatter, mode, encoding, loglevel)


def _add_file(to, filename, formatter=None, mode="a", encoding=None, level=None):
    handler = logging.FileHandler(filename, mode, encoding)
    handler.setLevel(level or NOTSET)
    usual = "[%(levelname)1.1s %(asctime)s %(module)s:%(lineno)d] %(message)s"
    handler.setFormatter(formatter or logging.Formatter(usual))
    to.addHandler(handler)


def formatter(formatter, **_options):
    """The form of what goes into files; that of the log is squall's."""
    for handler in logger.handlers:
        if isinstance(handler, logging.FileHandler):
            handler.setFormatter(formatter)


def json(*_args, **_options):
    """`squall --log-format json` says whether the log is JSON."""


def syslog(*_args, **_options):
    """The log is squall's."""


logger = setup_logger()
