"""What a browser makes of litrecord's HTML: `pytest browser`, run by `nox -s browser`."""
