"""Former module of Result, which pickles of litrecord 0.1.0 name."""

from litrecord._reading.many import Result

__all__ = ["Result"]
