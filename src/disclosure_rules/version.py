"""The version of this library."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
