"""Containers of pages: files of browsers, responses of HTTP clients."""
