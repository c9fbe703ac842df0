"""Programs that read what litrecord writes, each a large package: the session "clients"."""
