"""pokin: a plain-text performance tree becomes a checked, linked website."""

__version__ = "0.1.0"
