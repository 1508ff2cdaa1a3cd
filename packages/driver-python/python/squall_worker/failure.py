"""What can come of a request besides a value."""
import traceback


class Failure(Exception):
    """Goes back to squall as it is: a kind and what squall needs to make a sentence of it."""

    def __init__(self, kind, **fields):
        super().__init__(kind)
        self.fields = dict(fields, kind=kind)


class Aborted(BaseException):
    """Raised in a call that has to end."""


def failed(error):
    """A function's own exception, in the words and lines of the reference (spec 6.1)."""
    message = one_line(error)
    frames = error.__traceback__.tb_next if error.__traceback__ else None
    trace = traceback.format_exception(type(error), error, frames)
    trace.append("\nDuring handling of the above exception, another exception occurred:\n\n")
    trace.append("chaoslib.exceptions.ActivityFailed: %s\n" % message)
    return Failure("failed", message=message, trace=trace)


def exited(error):
    """SystemExit and KeyboardInterrupt, which end the run."""
    code = getattr(error, "code", None)
    return Failure("exit", name=type(error).__name__, code=code if isinstance(code, int) else None)


def unloaded(error):
    """A module whose own code failed while it was imported."""
    trace = traceback.format_exception(type(error), error, error.__traceback__)
    return Failure("import", message=one_line(error), trace=trace)


def one_line(error):
    lines = traceback.format_exception_only(type(error), error)
    # A syntax error begins with the place; every other one with its message, which notes may follow.
    return (lines[-1] if isinstance(error, SyntaxError) else lines[0]).strip()
