"""Fuzzing: what litrecord promises of any input, and atheris looking for one that breaks it."""
