"""Grade numpy exercises on training deep networks: safely, fairly, and with an explanation."""

__version__ = "0.1.0"
