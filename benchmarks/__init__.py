"""How fast and how exact litrecord is, beside its peers and in one run: python -m benchmarks."""
