"""What controls import of the experiment module."""
from chaoslib import experiment_hash

__all__ = ["experiment_hash"]
