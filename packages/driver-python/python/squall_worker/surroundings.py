"""Working directory and environment: what user code changes here holds for the whole run, and the other way round."""
import os


class Surroundings:
    def __init__(self):
        self._remember()

    def take(self, changes):
        """Follows what changed on squall's side."""
        if not changes:
            return
        for name, value in changes.get("env", {}).items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if "cwd" in changes:
            try:
                os.chdir(changes["cwd"])
            except OSError:
                # It has been removed since: whoever needs it will say so.
                pass
        self._remember()

    def changes(self):
        """What user code changed since it was asked last; None for nothing."""
        env, cwd = _environment(), _directory()
        if cwd == self._cwd and env == self._env:
            return None
        known = self._env
        self._env, self._cwd, moved = dict(env), cwd, cwd != self._cwd
        changed = {name: value for name, value in self._env.items() if known.get(name) != value}
        changed.update({name: None for name in known if name not in self._env})
        found = {_text(name): value if value is None else _text(value) for name, value in changed.items()}
        return {"env": found, **({"cwd": cwd} if moved and cwd is not None else {})}

    def _remember(self):
        self._env, self._cwd = dict(_environment()), _directory()


def _environment():
    # The encoded form, which is compared at no cost; a Python that has none is asked for the text.
    return getattr(os.environ, "_data", None) or dict(os.environ)


def _text(value):
    return os.fsdecode(value)


def _directory():
    try:
        return os.getcwd()
    except OSError:
        return None
