"""The command ``litrecord``."""
