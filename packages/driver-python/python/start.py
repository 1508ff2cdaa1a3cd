"""Starts a worker of squall. It must be readable for any Python, so that an old one can say that it is too old."""
import os
import sys

if sys.version_info < (3, 8):
    VERSION = ".".join(str(part) for part in sys.version_info[:3])
    os.write(4, ('{"hello": {"tooOld": "%s"}}\n' % VERSION).encode("ascii"))
    sys.exit(0)

HERE = sys.path.pop(0)
sys.path.insert(0, HERE)
from squall_worker.worker import main  # noqa: E402

# User code sees the path it would see without us, and behind all else what stands in for a chaoslib that is not installed.
sys.path.remove(HERE)
sys.path.append(os.path.join(HERE, "site"))

if __name__ == "__main__":
    main()
