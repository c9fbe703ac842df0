"""The place that pickles of litrecord 0.1.0 name for Result."""

from litrecord._reading.many import Result

__all__ = ["Result"]
